package io.resolute.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One object of the configuration while it is read. Each call names a key, its range and default;
 * {@link #end} refuses what no call asked for. The keys that were asked for are their
 * documentation.
 */
final class Section {
  // Far more than the keys that there are.
  private static final int LONGEST_NAME = 60;
  private static final int LONGEST_PATH = 200;

  private final String path;
  private final JsonNode node;
  private final List<ConfigKey> described;
  private final Set<String> known = new TreeSet<>();

  private Section(String path, JsonNode node, List<ConfigKey> described) {
    this.path = path;
    this.node = node;
    this.described = described;
  }

  static Section root(JsonNode node, List<ConfigKey> described) throws ConfigException {
    if (!node.isObject()) {
      throw new ConfigException("the configuration is not a JSON object");
    }
    return new Section("", node, described);
  }

  /** Opens an object that may be absent, which means all its defaults. */
  Section section(String name) throws ConfigException {
    known.add(name);
    JsonNode child = node.path(name);
    if (child.isMissingNode()) {
      return new Section(path(name), JsonNodeFactory.instance.objectNode(), described);
    }
    if (!child.isObject()) {
      throw ConfigException.at(path(name), "expected an object {…}");
    }
    return new Section(path(name), child, described);
  }

  boolean has(String name) {
    return node.has(name);
  }

  String path(String name) {
    return path(path, name);
  }

  /**
   * Returns the path of a key, in one short line whatever it is called and however deep it is: of a
   * long name the beginning, of a long path the end.
   *
   * @param parent the path of the section that it is in; empty for the outermost
   */
  static String path(String parent, String name) {
    String printable = name.replaceAll("\\p{Cntrl}", "?");
    if (printable.codePointCount(0, printable.length()) > LONGEST_NAME) {
      printable = printable.substring(0, printable.offsetByCodePoints(0, LONGEST_NAME)) + "…";
    }
    String path = parent.isEmpty() ? printable : parent + "." + printable;
    return path.length() > LONGEST_PATH ? "…" + path.substring(path.length() - LONGEST_PATH) : path;
  }

  String text(String name, String type, String range, String defaultValue) throws ConfigException {
    String text = optionalText(name, type, range, quoted(defaultValue));
    return text == null ? defaultValue : text;
  }

  @Nullable String optionalText(String name, String type, String range, String defaultValue)
      throws ConfigException {
    JsonNode value = describe(name, type, range, defaultValue);
    if (value.isMissingNode()) {
      return null;
    }
    if (!value.isTextual() || value.textValue().isBlank()) {
      throw ConfigException.at(path(name), "expected " + type + " in quotes");
    }
    return value.textValue();
  }

  List<String> texts(String name, String type, List<String> defaultValue) throws ConfigException {
    List<String> quoted = defaultValue.stream().map(Section::quoted).toList();
    int least = defaultValue.isEmpty() ? 0 : 1;
    JsonNode value = describe(name, "list of " + type, least + " or more", quoted.toString());
    if (value.isMissingNode()) {
      return defaultValue;
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode entry : value) {
      if (!entry.isTextual() || entry.textValue().isBlank()) {
        throw ConfigException.at(path(name), "expected a list of " + type + ", each in quotes");
      }
      texts.add(entry.textValue());
    }
    if (!value.isArray() || texts.size() < least) {
      throw ConfigException.at(
          path(name), "expected a list of " + type + " with " + least + " or more entries");
    }
    return List.copyOf(texts);
  }

  boolean flag(String name, boolean defaultValue) throws ConfigException {
    JsonNode value = describe(name, "flag", "true or false", Boolean.toString(defaultValue));
    if (!value.isMissingNode() && !value.isBoolean()) {
      throw ConfigException.at(path(name), "expected true or false, without quotes");
    }
    return value.asBoolean(defaultValue);
  }

  int count(String name, int min, int max, int defaultValue, String defaultText)
      throws ConfigException {
    JsonNode value = describe(name, "number", min + " to " + max, defaultText);
    if (value.isMissingNode()) {
      return defaultValue;
    }
    if (!value.isIntegralNumber()) {
      throw ConfigException.at(path(name), "expected a whole number");
    }
    if (!value.canConvertToInt() || value.intValue() < min || value.intValue() > max) {
      throw ConfigException.at(path(name), "expected a number from " + min + " to " + max);
    }
    return value.intValue();
  }

  int count(String name, int min, int max, int defaultValue) throws ConfigException {
    return count(name, min, max, defaultValue, Integer.toString(defaultValue));
  }

  int size(String name, String min, String max, String defaultValue) throws ConfigException {
    String text = optionalText(name, "size", min + " to " + max, quoted(defaultValue));
    long bytes =
        Quantity.size(text == null ? defaultValue : text)
            .orElseThrow(() -> ConfigException.at(path(name), "expected a size such as \"64KiB\""));
    if (bytes < Quantity.size(min).orElseThrow() || bytes > Quantity.size(max).orElseThrow()) {
      throw ConfigException.at(path(name), "expected a size from " + min + " to " + max);
    }
    return Math.toIntExact(bytes);
  }

  Duration duration(String name, String min, String max, String defaultValue)
      throws ConfigException {
    String text = optionalText(name, "duration", min + " to " + max, quoted(defaultValue));
    Duration duration =
        Quantity.duration(text == null ? defaultValue : text)
            .orElseThrow(
                () -> ConfigException.at(path(name), "expected a duration such as \"20s\""));
    if (duration.compareTo(Quantity.duration(min).orElseThrow()) < 0
        || duration.compareTo(Quantity.duration(max).orElseThrow()) > 0) {
      throw ConfigException.at(path(name), "expected a duration from " + min + " to " + max);
    }
    return duration;
  }

  /** Refuses the keys that were not asked for. */
  void end() throws ConfigException {
    for (var field : node.properties()) {
      if (!known.contains(field.getKey())) {
        String keys = String.join(", ", known);
        throw ConfigException.at(
            path(field.getKey()),
            "no such key; " + (path.isEmpty() ? "a configuration" : path) + " has " + keys);
      }
    }
  }

  private JsonNode describe(String name, String type, String range, String defaultValue) {
    known.add(name);
    described.add(new ConfigKey(path(name), type, range, defaultValue));
    return node.path(name);
  }

  private static String quoted(String text) {
    return '"' + text + '"';
  }
}
