package io.resolute.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.resolute.bus.Addresses;
import io.resolute.bus.ConnectionId;
import io.resolute.docs.Markdown.Block;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Holds {@code docs/event-bus.md} against the code: its addresses, and the Kotlin and JavaScript
 * that it shows.
 */
class EventBusDocTest {
  private static final Path KOTLIN = Path.of("src/test/kotlin/io/resolute/kotlin");
  private static final Path JAVASCRIPT = Path.of("src/test/js/examples");
  private static final Markdown DOCUMENT = Markdown.read("docs/event-bus.md");

  @Test
  void everyExampleInKotlinIsTheCompiledSourceButForItsImports() throws IOException {
    List<Block> examples = DOCUMENT.blocks("kotlin");
    assertThat(examples)
        .map(Block::info)
        .containsExactly(
            "kotlin BusClient.kt", "kotlin LocalConnection.kt", "kotlin GreeterVerticle.kt");
    for (Block example : examples) {
      String file = example.info().substring("kotlin ".length());
      assertThat(withoutImports(Files.readString(KOTLIN.resolve(file))))
          .as(file)
          .isEqualTo(example.text());
    }
  }

  @Test
  void everyExampleInJavaScriptIsTheSourceThatIsRun() throws IOException {
    List<Block> examples = DOCUMENT.blocks("js");
    assertThat(examples).map(Block::info).containsExactly("js busClient.mjs", "js sealedBus.mjs");
    for (Block example : examples) {
      String file = example.info().substring("js ".length());
      assertThat(Files.readString(JAVASCRIPT.resolve(file))).as(file).isEqualTo(example.text());
    }
  }

  private static String withoutImports(String source) {
    int lastImport = source.lastIndexOf("\nimport ");
    return source.substring(source.indexOf("\n\n", lastImport) + 2);
  }

  @Test
  void theClientIsShortEnoughForADocument() throws IOException {
    assertThat(Files.readAllLines(KOTLIN.resolve("BusClient.kt"))).hasSizeLessThanOrEqualTo(120);
  }

  @Test
  void theTableListsTheAddressesThatOthersMayUse() {
    assertThat(DOCUMENT.section("Addresses").table())
        .map(row -> row.get(0))
        .containsExactly(
            Addresses.packets(),
            Addresses.ofConnection(new ConnectionId("A".repeat(32))).replaceAll("A{32}", "ID"));
  }
}
