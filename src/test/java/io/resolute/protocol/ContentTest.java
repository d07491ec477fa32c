package io.resolute.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ContentTest {
  private static Content in(String json) {
    byte[] frame = ("\"" + json + "\"").getBytes(StandardCharsets.UTF_8);
    return Content.in(frame, 1, frame.length - 1);
  }

  @Test
  void saysTheTextThatJsonSpells() {
    assertThat(in("a\\u0041\\n\u00fc\ud83d\udc4b").text()).isEqualTo("aA\n\u00fc\ud83d\udc4b");
    assertThat(Content.of("\"\\\n\u0000\u00fc").text()).isEqualTo("\"\\\n\u0000\u00fc");
  }

  @Test
  void isTheSameHoweverItIsSpelled() {
    assertThat(in("\\u0041")).isEqualTo(Content.of("A")).hasSameHashCodeAs(Content.of("A"));
    assertThat(in("A")).isNotEqualTo(Content.of("B"));
  }

  @Test
  void isPassedOnAsItCame() {
    Speaker speaker =
        new Speaker(new RoomId("R".repeat(32)), new UserId("U".repeat(32)), "\u00fc\"");
    byte[] frame = PacketJson.encode(new ServerPacket.Message(speaker, in("\\u0041\\/")), null);
    assertThat(new String(frame, StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"cmd\":\"send-message\",\"data\":{\"room_id\":\""
                + "R".repeat(32)
                + "\",\"user_id\":\""
                + "U".repeat(32)
                + "\",\"username\":\"\u00fc\\\"\",\"content\":\"\\u0041\\/\"}}");
  }

  @Test
  void isNotPrinted() {
    assertThat(Content.of("secret").toString()).doesNotContain("secret");
  }
}
