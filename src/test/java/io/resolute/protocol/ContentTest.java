package io.resolute.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

class ContentTest {
  private static final RoomId ROOM = new RoomId("R".repeat(32));

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
    assertThat(in("A")).isNotEqualTo(Content.of("B")).doesNotHaveSameHashCodeAs(Content.of("B"));
  }

  @Test
  void halfASurrogatePairBecomesAQuestionMark() {
    assertThat(Content.of("a\ud800").text()).isEqualTo("a?");
    assertThat(Content.of("\udc00a\ud83d\udc4b").text()).isEqualTo("?a\ud83d\udc4b");
  }

  private static String passedOn(String content, String spaces) {
    byte[] frame =
        ("{\"cmd\":\"send-message\","
                + spaces
                + "\"data\":{\"room_id\":\""
                + ROOM.value()
                + "\",\"content\":\""
                + content
                + "\"}}")
            .getBytes(StandardCharsets.UTF_8);
    ClientPacketDecoder decoder =
        new ClientPacketDecoder(
            new PacketLimits(64, 64, 1024), new RandomTokens(new SecureRandom()));
    ClientFrame.Request request = (ClientFrame.Request) decoder.decode(frame);
    Content said = ((ClientPacket.SendMessage) request.packet()).content();
    Speaker speaker = new Speaker(ROOM, new UserId("U".repeat(32)), "\u00fc\"");
    return new String(
        PacketJson.encode(new ServerPacket.Message(speaker, said), null), StandardCharsets.UTF_8);
  }

  private static String frame(String content) {
    return "{\"cmd\":\"send-message\",\"data\":{\"room_id\":\""
        + ROOM.value()
        + "\",\"user_id\":\""
        + "U".repeat(32)
        + "\",\"username\":\"\u00fc\\\"\",\"content\":\""
        + content
        + "\"}}";
  }

  @Test
  void withoutEscapesIsPassedOnAsItCame() {
    for (String spaces : new String[] {"", " "}) {
      assertThat(passedOn("aGVsbG8=", spaces)).isEqualTo(frame("aGVsbG8="));
      assertThat(passedOn("gr\u00fc\u00dfe", spaces)).isEqualTo(frame("gr\u00fc\u00dfe"));
    }
  }

  @Test
  void withEscapesIsSpelledAnew() {
    assertThat(passedOn("\\u0041\\/\\n", "")).isEqualTo(frame("A/\\n"));
  }

  @Test
  void isNotPrinted() {
    assertThat(Content.of("secret")).hasToString("Content[hidden]");
  }
}
