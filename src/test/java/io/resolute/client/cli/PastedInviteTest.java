package io.resolute.client.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.resolute.client.InvalidInviteException;
import io.resolute.client.InvalidInviteException.Problem;
import io.resolute.client.Invite;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PastedInviteTest {
  private static final String LINK =
      "https://chat.example:5656/#%s.o.%s.%s"
          .formatted("R0om".repeat(8), "K3yS".repeat(8), "sEcr".repeat(10) + "seE");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "LINK",
        "  LINK\n",
        "'LINK'",
        "\"LINK\"",
        "\u201CLINK\u201D",
        "<LINK>",
        "LINK.",
        "(LINK)",
        "FIRST\nLAST",
        "  FIRST\r\n  LAST  ",
        "'FIRST\n  LAST' --pin 00",
        "scripts/chat join 'LINK' --pin 00 --as NAME",
        "* this lets one person in: scripts/chat join 'LINK' --pin 00 --as NAME",
        "join LINK --as bob",
        "here it is: LINK see you there",
        "Hey, come here:\nFIRST\nLAST\nSee you :)",
        "> FIRST\n> LAST",
        "> > FIRST\r\n> > LAST\r\n> bye",
        "BARE",
        "come to BARE, please",
        "\u200BFIRST\u00ADLAST\uFEFF",
        "ESCAPED"
      })
  void whatIsAroundAnInviteAndBreaksItIsNoPartOfIt(String template) {
    String text =
        template
            .replace("LINK", LINK)
            .replace("FIRST", LINK.substring(0, 40))
            .replace("LAST", LINK.substring(40))
            .replace("BARE", LINK.substring("https://".length()))
            .replace("ESCAPED", LINK.replace("#", "%23"));
    assertThat(PastedInvite.read(text)).isEqualTo(Invite.parse(LINK));
  }

  @Test
  void anInviteWithoutWhatStandsBehindTheHashSaysSo() {
    assertThatThrownBy(() -> PastedInvite.read("https://chat.example:5656/"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("no #");
  }

  @Test
  void anInviteWhoseLettersHaveLostTheirCaseSaysSo() {
    String start = LINK.substring(0, LINK.length() - 1);
    for (String link :
        new String[] {
          LINK.toLowerCase(Locale.ROOT),
          LINK.toUpperCase(Locale.ROOT),
          (start + "A").toLowerCase(Locale.ROOT),
          (start + "A").toUpperCase(Locale.ROOT),
          start.toLowerCase(Locale.ROOT) + "8"
        }) {
      assertThatThrownBy(() -> PastedInvite.read(link))
          .isInstanceOf(UsageException.class)
          .hasMessageContaining("capital and small letters")
          .hasMessageNotContaining("chat.example");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "hello", "http://chat.example/#secret", "https://chat.example/#x"})
  void whatIsNoInviteIsNone(String text) {
    assertThatThrownBy(() -> PastedInvite.read(text)).isInstanceOf(InvalidInviteException.class);
  }

  @Test
  void aSecretThatIsTooShortIsNamed() {
    InvalidInviteException failure =
        catchThrowableOfType(
            InvalidInviteException.class,
            () -> PastedInvite.read(LINK.substring(0, LINK.length() - 1)));
    assertThat(failure.problem()).isEqualTo(Problem.ROOM_SECRET);
  }
}
