package io.resolute.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The ids and keys of a document's examples, and the real ones that stand for them while a
 * conversation runs. Each has the form of the real: 32 characters from {@code A–Z a–z 0–9}.
 */
final class Placeholders {
  private static final int TOKEN_LENGTH = 32;
  private static final Pattern TOKEN = Pattern.compile("\\b[A-Za-z0-9]{32}\\b");
  // An id alone, or behind the dot of an address.
  private static final Pattern TOKEN_AT_END = Pattern.compile("(.*\\.)?[A-Za-z0-9]{32}");

  private final Map<String, String> real = new TreeMap<>();

  /** Returns {@code example} with the real ids and keys, as far as they are known. */
  String fill(String example) {
    return TOKEN
        .matcher(example)
        .replaceAll(match -> real.getOrDefault(match.group(), match.group()));
  }

  /**
   * Compares what the server sent with its example: the same fields, and the same values but for
   * ids and keys, which must be the real ones of their placeholders, or are from here on.
   */
  void match(JsonNode example, JsonNode sent, String where) {
    if (example.isObject() && sent.isObject()) {
      assertThat(names(sent)).as("fields of " + where).isEqualTo(names(example));
      example
          .properties()
          .forEach(field -> match(field.getValue(), sent.get(field.getKey()), at(where, field)));
    } else if (example.isArray() && sent.isArray()) {
      assertThat(sent.size()).as("length of " + where).isEqualTo(example.size());
      for (int i = 0; i < example.size(); i++) {
        match(example.get(i), sent.get(i), where + "/" + i);
      }
    } else if (example.isTextual() && TOKEN_AT_END.matcher(example.textValue()).matches()) {
      matchText(example.textValue(), sent.asText(), where);
    } else {
      assertThat(sent).as(where).isEqualTo(example);
    }
  }

  private void matchText(String example, String sent, String where) {
    int start = example.length() - TOKEN_LENGTH;
    assertThat(sent).as(where).matches(TOKEN_AT_END).hasSameSizeAs(example);
    assertThat(sent).as(where).startsWith(example.substring(0, start));
    matchToken(example.substring(start), sent.substring(start), where);
  }

  private void matchToken(String placeholder, String sent, String where) {
    String known = real.get(placeholder);
    if (known == null) {
      assertThat(real).as("another placeholder for what is " + where).doesNotContainValue(sent);
      real.put(placeholder, sent);
    } else {
      assertThat(sent).as(where).isEqualTo(known);
    }
  }

  private static String at(String where, Map.Entry<String, JsonNode> field) {
    return where + "/" + field.getKey();
  }

  private static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names.stream().sorted().toList();
  }
}
