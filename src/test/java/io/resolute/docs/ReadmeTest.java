package io.resolute.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.resolute.docs.Markdown.Block;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Holds the code in {@code README.md} against code that is compiled or run. */
class ReadmeTest {
  private static final Markdown DOCUMENT = Markdown.read("README.md");

  @Test
  void embeddingIsWhatTheCompiledExampleShows() throws IOException {
    Block shown = Markdown.read("docs/operating.md").section("Embedding").blocks("java").get(0);
    assertThat(lines(Files.readString(source(EmbeddingExample.class))))
        .containsSequence(lines(shown.text()));
  }

  @Test
  void javaIsWhatTheCompiledExampleShows() throws IOException {
    assertThat(lines(Files.readString(source(ClientExample.class))))
        .containsSequence(lines(blocksOfJava().get(1).text()));
  }

  @Test
  void importsOfJavaAreAllThatItNeeds() throws IOException {
    List<String> shown = lines(blocksOfJava().get(0).text());
    assertThat(lines(Files.readString(source(ClientExample.class))))
        .filteredOn(line -> line.startsWith("import "))
        .isNotEmpty()
        .allMatch(
            line ->
                shown.contains(line)
                    || shown.contains(line.substring(0, line.lastIndexOf('.')) + ".*;"));
  }

  private static List<Block> blocksOfJava() throws IOException {
    return DOCUMENT.section("Use it from Java").blocks("java");
  }

  @Test
  void pictureIsSmall() throws IOException {
    byte[] picture = Files.readAllBytes(Path.of("docs/page.png"));
    assertThat(Files.readString(Path.of("README.md"))).contains("(docs/page.png)");
    assertThat(picture).startsWith(0x89, 'P', 'N', 'G').hasSizeLessThan(100_000);
  }

  @Test
  void kotlinIsTheProgramThatIsRun() throws IOException {
    assertThat(snippet("Use it from Kotlin", "kotlin"))
        .isEqualTo(Files.readString(Path.of("src/test/kotlin/io/resolute/kotlin/Echo.kt")));
  }

  @Test
  void javaScriptIsTheProgramThatIsRun() throws IOException {
    assertThat(snippet("Use it from JavaScript", "js"))
        .isEqualTo(Files.readString(Path.of("src/test/js/examples/echo.mjs")));
  }

  @Test
  void dependenciesOfTheClientHaveTheVersionsOfTheBuild() throws IOException {
    String build = Files.readString(Path.of("pom.xml"));
    String shown = DOCUMENT.section("Use it from Java").blocks("xml").get(0).text();
    assertThat(versionsIn(shown))
        .containsExactly(
            first("<version>([^<]+)</version>", build),
            first("<jackson.version>([^<]+)<", build),
            first("<bouncycastle.version>([^<]+)<", build));
  }

  @Test
  void dependenciesAndThePluginOfKotlinHaveTheVersionsOfTheBuild() throws IOException {
    String build = Files.readString(Path.of("pom.xml"));
    Markdown section = Markdown.read("docs/event-bus.md").section("From Kotlin");
    assertThat(versionsIn(section.blocks("xml").get(0).text()))
        .containsExactly(
            first("<kotlin.version>([^<]+)<", build),
            first("<vertx.version>([^<]+)<", build),
            first("<vertx.version>([^<]+)<", build),
            first("<slf4j.version>([^<]+)<", build),
            first("<jspecify.version>([^<]+)<", build));
    assertThat(versionsIn(section.blocks("xml").get(1).text()))
        .containsExactly(first("<kotlin.version>([^<]+)<", build));
  }

  private static List<String> versionsIn(String xml) {
    return Pattern.compile("<version>([^<]+)</version>")
        .matcher(xml)
        .results()
        .map(match -> match.group(1))
        .toList();
  }

  private static String first(String pattern, String text) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    assertThat(matcher.find()).as(pattern).isTrue();
    return matcher.group(1);
  }

  @Test
  void commandsAreThere() throws IOException {
    List<String> named =
        Pattern.compile("scripts/[a-z-]+")
            .matcher(Files.readString(Path.of("README.md")))
            .results()
            .map(MatchResult::group)
            .toList();
    assertThat(named).contains("scripts/run", "scripts/test", "scripts/chat");
    assertThat(named).allSatisfy(script -> assertThat(Path.of(script)).isExecutable());
  }

  @Test
  void readingTakesThreeMinutes() throws IOException {
    int words = Files.readString(Path.of("README.md")).split("\\s+").length;
    assertThat(words).as("words, of which one reads 200 to 250 a minute").isLessThan(750);
  }

  private static String snippet(String section, String language) {
    List<Block> blocks = DOCUMENT.section(section).blocks(language);
    assertThat(blocks).as("code in " + section).hasSize(1);
    return blocks.get(0).text();
  }

  private static Path source(Class<?> example) {
    return Path.of("src/test/java", example.getName().replace('.', '/') + ".java");
  }

  private static List<String> lines(String text) {
    return text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
  }
}
