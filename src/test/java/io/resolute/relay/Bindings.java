package io.resolute.relay;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which id or key each name in angle quotes stands for, as it was first seen. No two names stand
 * for the same one.
 */
final class Bindings {
  private static final Pattern NAME = Pattern.compile("«[^»]+»");
  private static final String TOKEN = "([A-Za-z0-9]{32})";

  private final Map<String, String> values = new HashMap<>();

  /** Returns whether a text is the one that was expected, and learns what new names stand for. */
  boolean matches(String expected, String actual) {
    List<String> fresh = new ArrayList<>();
    StringBuilder pattern = new StringBuilder();
    Matcher name = NAME.matcher(expected);
    int end = 0;
    while (name.find()) {
      pattern.append(Pattern.quote(expected.substring(end, name.start())));
      pattern.append(pattern(name.group(), fresh));
      end = name.end();
    }
    pattern.append(Pattern.quote(expected.substring(end)));
    Matcher found = Pattern.compile(pattern.toString()).matcher(actual);
    if (!found.matches()) {
      return false;
    }
    for (int i = 0; i < fresh.size(); i++) {
      if (values.containsValue(found.group(i + 1))) {
        return false;
      }
      values.put(fresh.get(i), found.group(i + 1));
    }
    return true;
  }

  private String pattern(String name, List<String> fresh) {
    if (values.containsKey(name)) {
      return Pattern.quote(values.get(name));
    }
    if (fresh.contains(name)) {
      return "\\" + (fresh.indexOf(name) + 1);
    }
    fresh.add(name);
    return TOKEN;
  }

  /** Returns a text with what its names stand for. */
  String fill(String text) {
    return NAME.matcher(text)
        .replaceAll(
            found -> {
              String value = values.get(found.group());
              if (value == null) {
                throw new IllegalStateException("nothing is known of " + found.group());
              }
              return value;
            });
  }
}
