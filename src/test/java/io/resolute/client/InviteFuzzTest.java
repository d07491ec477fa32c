package io.resolute.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Links as people paste them, and as somebody who wants to do harm writes them. */
class InviteFuzzTest {
  private static final int LONGEST_MESSAGE = 200;

  @FuzzTest
  void aTextIsAnInviteThatIsWrittenTheSameOrIsNamed(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    Invite invite;
    try {
      invite = Invite.parse(text);
    } catch (InvalidInviteException typed) {
      assertThat(String.valueOf(typed.getMessage()).length()).isLessThan(LONGEST_MESSAGE);
      return;
    }
    assertThat(Invite.parse(invite.toLink())).isEqualTo(invite);
    assertThat(text.substring(0, text.indexOf('#')))
        .as("nothing but the server")
        .matches("(?i:https)://" + Pattern.quote(invite.host()) + "(:\\d*)?/?");
    assertThat(secretPart(invite.toLink())).as("one spelling").isEqualTo(secretPart(text));
    assertThat(invite.server().getHost()).isEqualTo(invite.host());
    assertThat(invite.server().getPort()).isEqualTo(invite.port()).isBetween(1, 65535);
    assertThat(invite.server().getRawFragment()).as("what the server is told").isNull();
  }

  private static String secretPart(String link) {
    return link.substring(link.indexOf('#'));
  }
}
