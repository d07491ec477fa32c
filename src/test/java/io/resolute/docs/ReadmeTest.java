package io.resolute.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.resolute.docs.Markdown.Block;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Holds the code in {@code README.md} against code that is compiled. */
class ReadmeTest {
  private static final Markdown DOCUMENT = Markdown.read("README.md");

  @Test
  void embeddingIsWhatTheCompiledExampleShows() throws IOException {
    assertThat(lines(Files.readString(source(EmbeddingExample.class))))
        .containsSequence(lines(snippet("Embedding")));
  }

  @Test
  void readingTakesThreeMinutes() throws IOException {
    int words = Files.readString(Path.of("README.md")).split("\\s+").length;
    assertThat(words).as("words, of which one reads 200 to 250 a minute").isLessThan(700);
  }

  private static String snippet(String section) {
    List<Block> blocks = DOCUMENT.section(section).blocks("java");
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
