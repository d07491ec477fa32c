package io.resolute.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Utf8Test {
  private static final RoomId ROOM = new RoomId("R".repeat(32));
  private static final UserId ANN = new UserId("A".repeat(32));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\u007f",
        "\u0080",
        "\u07ff",
        "\u0800",
        "\ud7ff",
        "\ue000",
        "\uffff",
        "\ud800\udc00",
        "\udbff\udfff",
        "a\u00e9\u20ac\ud83d\ude00z"
      })
  void aTextIsAsLongAsWhatItIsEncodedTo(String text) {
    assertThat(Utf8.length(text)).isEqualTo(text.getBytes(StandardCharsets.UTF_8).length);
  }

  @Test
  void inJsonATextIsAsLongAsItIsWritten() {
    StringBuilder text = new StringBuilder("\u007f\u0080\u2028\ud83d\ude00");
    for (char c = 0; c < 0x80; c++) {
      text.append(c);
      byte[] written = PacketJson.encode(new ServerPacket.RoomCreated(ROOM, ANN, "" + c, ""), null);
      byte[] empty = PacketJson.encode(new ServerPacket.RoomCreated(ROOM, ANN, "", ""), null);
      assertThat(Utf8.lengthInJson("" + c))
          .as("%x", (int) c)
          .isEqualTo(written.length - empty.length);
    }
    Content whole = Content.of(text.toString());
    assertThat(Utf8.lengthInJson(text)).isEqualTo(whole.length());
  }

  @ParameterizedTest
  @ValueSource(strings = {"\ud800", "\udfff", "\ude00\ud83d", "\ud83da", "\ud83d\ud83d"})
  void halfASurrogatePairCannotBeEncoded(String text) {
    assertThat(Utf8.length(text)).isEqualTo(Utf8.NOT_ENCODABLE);
    assertThat(Utf8.length("a" + text + "b")).isEqualTo(Utf8.NOT_ENCODABLE);
  }
}
