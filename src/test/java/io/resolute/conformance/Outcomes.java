package io.resolute.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How the cases of the fuzzing client came out, or should.
 *
 * @param cases by their numbers
 */
record Outcomes(NavigableMap<String, Outcome> cases) {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Comparator<String> BY_NUMBERS =
      (left, right) -> Arrays.compare(numbers(left), numbers(right));

  Outcomes {
    NavigableMap<String, Outcome> sorted = new TreeMap<>(BY_NUMBERS);
    sorted.putAll(cases);
    cases = Collections.unmodifiableNavigableMap(sorted);
  }

  /**
   * One case.
   *
   * @param behavior what was made of the frames
   * @param close how the connection ended
   */
  record Outcome(String behavior, String close) {
    // Informational: the standard leaves it open. Not strict: it is found out later than it can be.
    private static final Set<String> GOOD = Set.of("OK", "NON-STRICT", "INFORMATIONAL");
    private static final Set<String> GOOD_CLOSE = Set.of("OK", "INFORMATIONAL");

    boolean isGood() {
      return GOOD.contains(behavior) && GOOD_CLOSE.contains(close);
    }

    @Override
    public String toString() {
      return behavior + ", close " + close;
    }
  }

  /** Reads the outcomes that are committed: an object of pairs. */
  static Outcomes expected() throws IOException {
    try (InputStream json = Outcomes.class.getResourceAsStream("/autobahn/expected.json")) {
      return of(JSON.readTree(json), pair -> outcome(pair.path(0), pair.path(1)));
    }
  }

  /** Reads what the fuzzing client has written about its only server. */
  static Outcomes reported(Path index) throws IOException {
    JsonNode servers = JSON.readTree(Files.readString(index));
    if (servers.size() != 1) {
      throw new IOException("expected a report about one server, not about " + servers.size());
    }
    return of(
        servers.elements().next(),
        result -> outcome(result.path("behavior"), result.path("behaviorClose")));
  }

  private interface Reading {
    Outcome read(JsonNode node) throws IOException;
  }

  private static Outcomes of(JsonNode byCase, Reading reading) throws IOException {
    NavigableMap<String, Outcome> cases = new TreeMap<>();
    for (Map.Entry<String, JsonNode> entry : byCase.properties()) {
      cases.put(entry.getKey(), reading.read(entry.getValue()));
    }
    return new Outcomes(cases);
  }

  private static Outcome outcome(JsonNode behavior, JsonNode close) throws IOException {
    if (!behavior.isTextual() || !close.isTextual()) {
      throw new IOException("a case without an outcome");
    }
    return new Outcome(behavior.textValue(), close.textValue());
  }

  /** Returns the expected ones of these cases alone. */
  Outcomes only(List<String> numbers) {
    NavigableMap<String, Outcome> some = new TreeMap<>(cases);
    some.keySet().retainAll(numbers);
    return new Outcomes(some);
  }

  /** Returns them with these instead of those of the same cases. */
  Outcomes with(Outcomes later) {
    NavigableMap<String, Outcome> both = new TreeMap<>(cases);
    both.putAll(later.cases);
    return new Outcomes(both);
  }

  /** Returns the numbers of the expected cases that came out differently, or are missing. */
  List<String> casesUnlike(Outcomes expected) {
    return expected.cases.keySet().stream()
        .filter(number -> !expected.cases.get(number).equals(cases.get(number)))
        .toList();
  }

  /** Returns a line for each case that is not as expected, missing, or not expected at all. */
  List<String> differencesFrom(Outcomes expected) {
    Set<String> all = new TreeSet<>(BY_NUMBERS);
    all.addAll(cases.keySet());
    all.addAll(expected.cases.keySet());
    List<String> differences = new ArrayList<>();
    for (String number : all) {
      String was = String.valueOf(cases.get(number));
      String should = String.valueOf(expected.cases.get(number));
      if (!was.equals(should)) {
        differences.add(number + ": " + was + "; expected: " + should);
      }
    }
    return differences;
  }

  /** Returns them in the form of the committed ones. */
  String toJson() {
    List<String> lines = new ArrayList<>();
    cases.forEach(
        (number, outcome) ->
            lines.add(
                "  \"%s\": [\"%s\", \"%s\"]"
                    .formatted(number, outcome.behavior(), outcome.close())));
    return "{\n" + String.join(",\n", lines) + "\n}\n";
  }

  private static int[] numbers(String number) {
    return Arrays.stream(number.split("\\.", -1)).mapToInt(Integer::parseInt).toArray();
  }
}
