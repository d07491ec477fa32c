package io.resolute.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Utf8Test {
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

  @ParameterizedTest
  @ValueSource(strings = {"\ud800", "\udfff", "\ude00\ud83d", "\ud83da", "\ud83d\ud83d"})
  void halfASurrogatePairCannotBeEncoded(String text) {
    assertThat(Utf8.length(text)).isEqualTo(Utf8.NOT_ENCODABLE);
    assertThat(Utf8.length("a" + text + "b")).isEqualTo(Utf8.NOT_ENCODABLE);
  }
}
