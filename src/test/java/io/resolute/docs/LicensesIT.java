package io.resolute.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the jars say of the licences of what is in them. */
class LicensesIT {
  private static final Path FAT_JAR = Path.of("target", "resolute-fat.jar");
  private static final Path CLIENT_JAR = Path.of("target", "resolute-1.0.0-SNAPSHOT-client.jar");

  @Test
  void bothJarsHaveTheLicenceOfTheProject() throws IOException {
    String ours = Files.readString(Path.of("LICENSE"));
    assertThat(read(FAT_JAR, "META-INF/LICENSE")).isEqualTo(ours);
    assertThat(read(CLIENT_JAR, "META-INF/LICENSE")).isEqualTo(ours);
  }

  @Test
  void theFatJarHasTheNoticesOfTheLibrariesThatBringThem() throws IOException {
    assertThat(read(FAT_JAR, "META-INF/LICENSE.txt")).contains("QOS.ch", "Apache License");
    assertThat(read(FAT_JAR, "META-INF/LICENSE.md")).contains("Bouncy Castle");
    assertThat(read(FAT_JAR, "META-INF/NOTICE")).contains("Jackson");
    assertThat(read(FAT_JAR, "web/licenses.txt")).contains("mlkem", "@noble/ed25519");
  }

  @Test
  void theFatJarHasTheLicencesOfTheLibrariesThatBringNone() throws IOException {
    assertThat(read(FAT_JAR, "META-INF/licenses/jline-BSD-3-Clause.txt"))
        .contains("Redistributions in binary form must reproduce", "JLine");
    assertThat(read(FAT_JAR, "META-INF/licenses/logback-EPL-2.0.md"))
        .startsWith("Eclipse Public License - v 2.0");
    assertThat(read(FAT_JAR, "META-INF/licenses/README.md"))
        .contains(version("jline"), version("logback"));
  }

  private static String version(String library) throws IOException {
    String build = Files.readString(Path.of("pom.xml"));
    return Pattern.compile("<" + library + "\\.version>([^<]+)<")
        .matcher(build)
        .results()
        .findFirst()
        .orElseThrow()
        .group(1);
  }

  private static String read(Path jar, String name) throws IOException {
    try (JarFile file = new JarFile(jar.toFile());
        InputStream in = file.getInputStream(file.getEntry(name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
