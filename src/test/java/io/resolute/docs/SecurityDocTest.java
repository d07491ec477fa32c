package io.resolute.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Holds the tests that {@code SECURITY.md} and {@code docs/security-tests.md} name to those there
 * are.
 */
class SecurityDocTest {
  private static final Pattern NAMED =
      Pattern.compile("`((?:[a-z][a-z0-9]*\\.)*\\w+(?:Test|IT))(?:\\.(\\w+))?`");
  private static final Pattern METHOD = Pattern.compile("`([a-z]\\w{20,})`");
  private static final Pattern FILE = Pattern.compile("`(src/test/[^`]+)`");

  /**
   * The sources of all tests, by the name of the class, and by that with its package below the
   * project's own; by the latter alone where two packages have a class of one name.
   */
  private static Map<String, String> tests() throws IOException {
    Map<String, String> tests = new TreeMap<>();
    Set<String> ambiguous = new TreeSet<>();
    try (Stream<Path> files = Files.walk(Path.of("src", "test"))) {
      for (Path file : files.filter(path -> path.toString().matches(".*\\.(java|kt)")).toList()) {
        String source = Files.readString(file);
        String name = file.getFileName().toString().replaceFirst("\\.\\w+$", "");
        String qualified =
            file.toString()
                .replaceFirst("\\.\\w+$", "")
                .replace(File.separatorChar, '.')
                .replaceFirst(".*\\.io\\.resolute\\.", "");
        if (tests.put(name, source) != null && !qualified.equals(name)) {
          ambiguous.add(name);
        }
        tests.put(qualified, source);
      }
    }
    tests.keySet().removeAll(ambiguous);
    return tests;
  }

  @Test
  void aNameThatTwoPackagesHaveIsNamedWithThePackage() throws IOException {
    assertThat(tests())
        .containsKeys("gateway.ConnectionTest", "client.ConnectionTest", "LimitsIT")
        .doesNotContainKey("ConnectionTest");
  }

  @Test
  void everyTestThatIsNamedIsThere() throws IOException {
    Map<String, String> tests = tests();
    int named = 0;
    for (String document : new String[] {"SECURITY.md", "docs/security-tests.md"}) {
      String text = Files.readString(Path.of(document));
      Matcher matcher = NAMED.matcher(text);
      while (matcher.find()) {
        named++;
        assertThat(tests).as(document).containsKey(matcher.group(1));
        if (matcher.group(2) != null) {
          assertThat(tests.getOrDefault(matcher.group(1), ""))
              .as("%s: %s", document, matcher.group(1))
              .contains("void " + matcher.group(2) + "(");
        }
      }
      Matcher method = METHOD.matcher(text);
      while (method.find()) {
        String declaration = "void " + method.group(1) + "(";
        assertThat(tests.values())
            .as("%s: %s", document, method.group(1))
            .anyMatch(source -> source.contains(declaration));
      }
      Matcher file = FILE.matcher(text);
      while (file.find()) {
        assertThat(Path.of(file.group(1))).exists();
      }
    }
    assertThat(named).isGreaterThan(40);
  }
}
