package io.resolute.client.e2ee;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What docs/e2ee.md lists is what there is. */
class DocumentTest {
  @Test
  void everyLabelRejectionAndSignIsInTheDocument() throws Exception {
    String document = Files.readString(Path.of("docs/e2ee.md"));
    for (Label label : Label.values()) {
      String text = new String(label.bytes(), StandardCharsets.US_ASCII);
      assertThat(document).containsAnyOf("`" + text + "`", "\"" + text + "\"");
    }
    for (Rejection rejection : Rejection.values()) {
      if (rejection != Rejection.WIPED) {
        assertThat(document).contains("`" + rejection + "`");
      }
    }
    assertThat(document).contains("\n" + SafetyNumber.TABLE + "\n");
    assertThat(SafetyNumber.TABLE.codePoints().distinct().count()).isEqualTo(64);
  }

  @Test
  void theBoundsAreThoseInTheDocument() throws Exception {
    String text = Files.readString(Path.of("docs/e2ee.md"));
    assertThat(text.replace(",", "").replaceAll("\\s+", " "))
        .contains(Bundle.BYTES + " bytes")
        .contains("A chain has " + ChainKey.LENGTH + " messages")
        .contains("at most " + ReceiverChain.MAX_GAP + " messages are missing")
        .contains("are kept " + ReceiverChain.MAX_SKIPPED + " for a chain")
        .contains("more than " + SealedRoom.MAX_IDENTITIES + " identities")
        .contains("at most " + (SealedMessage.MAX_BODY_BYTES + 3) + " bytes");
  }
}
