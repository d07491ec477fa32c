package io.resolute.client.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TerminalConsoleTest {
  private static final String LINK =
      "https://chat.example:5656/#%s.o.%s.%s"
          .formatted("R".repeat(32), "K".repeat(32), "S".repeat(42) + "A");
  private static final QrCode CODE = QrCode.of(LINK);
  private static final String EXPLANATION = "* this lets one person in";

  private final PipedOutputStream typing = new PipedOutputStream();
  private final ByteArrayOutputStream seen = new ByteArrayOutputStream();
  private Terminal terminal;
  private TerminalConsole console;

  @BeforeEach
  void open() throws Exception {
    terminal =
        TerminalBuilder.builder()
            .system(false)
            .streams(new PipedInputStream(typing, 1024 * 1024), seen)
            .type("xterm-256color")
            .encoding(StandardCharsets.UTF_8)
            .graphemeCluster(false)
            .build();
    terminal.setSize(Size.of(80, 24));
    console = new TerminalConsole(terminal, seen);
  }

  @AfterEach
  void close() {
    console.close();
  }

  @Test
  void aCodeThatFitsIsDrawnAboveTheLinkThatStaysInSight() {
    // The link takes two lines of 80 columns, below it are the explanation and the prompt.
    terminal.setSize(Size.of(80, CODE.rows() + 4));
    console.printInvite(LINK, List.of(EXPLANATION));
    await()
        .untilAsserted(
            () -> assertThat(lines()).hasSize(CODE.rows() + 2).endsWith(LINK, EXPLANATION));
  }

  @Test
  void aCodeThatWouldPushItsTextOutOfSightIsLeftForTheCommand() {
    terminal.setSize(Size.of(80, CODE.rows() + 3));
    console.printInvite(LINK, List.of(EXPLANATION));
    seen(LINK, EXPLANATION, "* /qr shows its QR code");
    console.drawInvite();
    await().untilAsserted(() -> assertThat(lines()).hasSize(3 + CODE.rows()));
  }

  @Test
  void aWindowThatIsTooSmallForTheCodeIsSaidToBe() {
    terminal.setSize(Size.of(CODE.columns() - 1, 100));
    console.printInvite(LINK, List.of(EXPLANATION));
    console.drawInvite();
    String needed = "the code takes %d columns".formatted(CODE.columns());
    await()
        .untilAsserted(
            () ->
                assertThat(text().replaceAll("\\s+", " "))
                    .contains("* the window is too small", needed)
                    .doesNotContain("\u2588"));
  }

  @Test
  void withoutAnInviteThereIsNoCode() {
    console.drawInvite();
    seen("! there is no invite yet that it could show");
  }

  @Test
  void noticesAreBrokenBetweenWords() throws Exception {
    try (Terminal narrow = terminal) {
      narrow.setSize(Size.of(30, 24));
      new TerminalConsole(narrow, seen).print("* somebody whose name is long came in");
      seen("* somebody whose name is long", "  came in");
    }
  }

  @Test
  void aLineIsAsItWasTyped() throws Exception {
    type("don't \\panic! \u00EB \uD83D\uDC36\r");
    assertThat(console.readLine("me: ")).isEqualTo("don't \\panic! \u00EB \uD83D\uDC36");
  }

  @Test
  void aPastedTextIsOneLineUntilItIsEntered() throws Exception {
    type("\u001B[200~one\rtwo\u001B[20\u001B[201~!\r");
    assertThat(console.readLine("me: ")).isEqualTo("one\ntwo\u001B[20!");
  }

  @Test
  void tabCompletesACommand() throws Exception {
    type("/saf\t\r");
    assertThat(Input.parse(String.valueOf(console.readLine("me: "))))
        .isEqualTo(new Input.Order(Input.Command.SAFETY));
  }

  @Test
  void aLineOfTheGreatestLengthIsTakenAndTheNextOneToo() throws Exception {
    String longest = "x".repeat(LineEditor.MAX_CHARS);
    type(longest + "\rnext\r");
    assertThat(console.readLine("me: ")).isEqualTo(longest);
    assertThat(console.readLine("me: ")).isEqualTo("next");
  }

  @Test
  void aLineThatIsTooLongForAMessageIsNotTaken() throws Exception {
    type("x".repeat(LineEditor.MAX_CHARS * 20) + "\rnext\r");
    assertThat(console.readLine("me: ")).isEqualTo("next");
    await()
        .untilAsserted(() -> assertThat(text()).contains("longer than a message can be, and is"));
  }

  @Test
  void aPastedTextThatIsTooLongForAMessageIsNotTaken() throws Exception {
    type("\u001B[200~" + "x".repeat(LineEditor.MAX_CHARS * 20) + "\u001B[201~\rnext\r");
    assertThat(console.readLine("me: ")).isEqualTo("next");
  }

  @Test
  void aLineThatWasTooLongCanBeShortened() throws Exception {
    type("\u001B[200~" + "x".repeat(LineEditor.MAX_CHARS * 2) + "\u001B[201~\u0015short\r");
    assertThat(console.readLine("me: ")).isEqualTo("short");
  }

  private void type(String text) throws Exception {
    typing.write(text.getBytes(StandardCharsets.UTF_8));
    typing.flush();
  }

  private void seen(String... lines) {
    await().untilAsserted(() -> assertThat(lines()).containsExactly(lines));
  }

  private String text() {
    terminal.flush();
    return seen.toString(StandardCharsets.UTF_8);
  }

  private List<String> lines() {
    return text().lines().toList();
  }
}
