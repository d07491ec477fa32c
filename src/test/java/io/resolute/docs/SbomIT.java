package io.resolute.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The software bills of materials in the fat jar. */
class SbomIT {
  private static final Path FAT_JAR = Path.of("target", "resolute-fat.jar");
  private static final Pattern LICENSED = Pattern.compile("(?m)^(\\S+) (\\d\\S+)\n=+$");

  /** What the names of classes begin with, and what they come from. */
  private static final Map<String, String> LIBRARIES =
      Map.ofEntries(
          Map.entry("io.netty.", "io.netty:netty-common"),
          Map.entry("io.vertx.core.", "io.vertx:vertx-core"),
          Map.entry("io.vertx.", "io.vertx:vertx-web"),
          Map.entry("com.fasterxml.jackson.core.", "com.fasterxml.jackson.core:jackson-core"),
          Map.entry(
              "com.fasterxml.jackson.databind.", "com.fasterxml.jackson.core:jackson-databind"),
          Map.entry(
              "com.fasterxml.jackson.annotation.",
              "com.fasterxml.jackson.core:jackson-annotations"),
          Map.entry("org.bouncycastle.", "org.bouncycastle:bcprov-jdk18on"),
          Map.entry("org.slf4j.", "org.slf4j:slf4j-api"),
          Map.entry("ch.qos.logback.classic.", "ch.qos.logback:logback-classic"),
          Map.entry("ch.qos.logback.core.", "ch.qos.logback:logback-core"),
          Map.entry("picocli.", "info.picocli:picocli"),
          Map.entry("org.jline.", "org.jline:jline"),
          Map.entry("com.google.zxing.", "com.google.zxing:core"),
          Map.entry("org.jspecify.", "org.jspecify:jspecify"),
          Map.entry("com.sun.jna.", "net.java.dev.jna:jna"));

  private static List<JsonNode> components(String bill) throws IOException {
    try (JarFile jar = new JarFile(FAT_JAR.toFile());
        InputStream in = jar.getInputStream(jar.getEntry("META-INF/sbom/" + bill))) {
      List<JsonNode> components = new ArrayList<>();
      JsonNode root = new ObjectMapper().readTree(in);
      assertThat(root.get("bomFormat").asText()).isEqualTo("CycloneDX");
      root.get("components").forEach(components::add);
      return components;
    }
  }

  @Test
  void everyLibraryOfTheServerIsNamedWithItsVersionDigestAndLicence() throws IOException {
    assertThat(components("resolute.cdx.json"))
        .allSatisfy(
            component -> {
              assertThat(component.get("purl").asText()).startsWith("pkg:maven/");
              assertThat(component.get("version").asText()).isNotBlank();
              assertThat(component.get("hashes")).isNotEmpty();
              assertThat(component.get("licenses")).isNotEmpty();
            });
  }

  /** The folders of the classes in the jar tell whether a library is missing from the bill. */
  @Test
  void nothingIsInTheJarThatIsNotInTheBill() throws IOException {
    Set<String> billed = new TreeSet<>();
    for (JsonNode component : components("resolute.cdx.json")) {
      billed.add(component.get("group").asText() + ":" + component.get("name").asText());
    }
    Set<String> unknown = new TreeSet<>();
    try (JarFile jar = new JarFile(FAT_JAR.toFile())) {
      jar.stream()
          .map(JarEntry::getName)
          .filter(name -> name.endsWith(".class") && !name.startsWith("META-INF"))
          .map(name -> name.replace('/', '.'))
          .filter(name -> !name.startsWith("io.resolute."))
          .filter(name -> LIBRARIES.keySet().stream().noneMatch(name::startsWith))
          .forEach(unknown::add);
    }
    assertThat(unknown).isEmpty();
    assertThat(billed).containsAll(LIBRARIES.values());
  }

  @Test
  void thePageIsMadeOfWhatItsLicencesName() throws IOException {
    Set<String> licensed = new TreeSet<>();
    try (JarFile jar = new JarFile(FAT_JAR.toFile());
        InputStream in = jar.getInputStream(jar.getEntry("web/licenses.txt"))) {
      Matcher matcher = LICENSED.matcher(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      while (matcher.find()) {
        licensed.add(matcher.group(1) + " " + matcher.group(2));
      }
    }
    Set<String> billed = new TreeSet<>();
    for (JsonNode component : components("page.cdx.json")) {
      billed.add(component.get("name").asText() + " " + component.get("version").asText());
      assertThat(component.get("hashes").get(0).get("content").asText()).hasSize(128);
    }
    assertThat(billed).isNotEmpty().isEqualTo(licensed);
  }
}
