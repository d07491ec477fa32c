package io.resolute.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.resolute.bench.Content.DamagedException;
import org.junit.jupiter.api.Test;

class ContentTest {
  private static final Content CONTENT = new Content(0xABCDEF, 1, 2, 3, 0x0123456789ABCDEFL);
  private static final int SIZE = 120;

  private static byte[] text() {
    byte[] text = new byte[SIZE];
    CONTENT.write(text);
    return text;
  }

  @Test
  void whatIsWrittenIsRead() throws DamagedException {
    assertThat(Content.read(text(), 0, SIZE)).isEqualTo(CONTENT);
  }

  @Test
  void theLargestNumbersAreRead() throws DamagedException {
    byte[] text = new byte[Content.SHORTEST];
    Content content =
        new Content(0xFFFFFF, Content.ALL - 1, Content.ALL, Integer.MAX_VALUE, Long.MIN_VALUE);
    content.write(text);
    assertThat(Content.read(text, 0, text.length)).isEqualTo(content);
  }

  @Test
  void theLongestIsRead() throws DamagedException {
    byte[] text = new byte[Content.LONGEST];
    CONTENT.write(text);
    assertThat(Content.read(text, 0, text.length)).isEqualTo(CONTENT);
  }

  @Test
  void whatStandsAroundItIsNotRead() throws DamagedException {
    byte[] frame = new byte[SIZE + 20];
    System.arraycopy(text(), 0, frame, 10, SIZE);
    assertThat(Content.read(frame, 10, SIZE)).isEqualTo(CONTENT);
  }

  @Test
  void aByteOfTheTextThatIsAnotherIsNoticed() {
    for (int i = Content.SHORTEST; i < SIZE; i++) {
      byte[] text = text();
      text[i] ^= 1;
      assertThatThrownBy(() -> Content.read(text, 0, SIZE))
          .as("byte %d", i)
          .isInstanceOf(DamagedException.class);
    }
  }

  @Test
  void anotherDigitOfTheHeadIsNoticedByTheText() {
    for (int i = 0; i < Content.SHORTEST - 2; i++) {
      byte[] text = text();
      text[i] = (byte) (text[i] == '7' ? '8' : '7');
      assertThatThrownBy(() -> Content.read(text, 0, SIZE))
          .as("byte %d", i)
          .isInstanceOf(DamagedException.class);
    }
  }

  @Test
  void whatIsNoDigitInTheHeadIsNoticed() {
    for (int i = 0; i < Content.SHORTEST - 2; i++) {
      byte[] text = text();
      text[i] = 'x';
      assertThatThrownBy(() -> Content.read(text, 0, SIZE))
          .as("byte %d", i)
          .hasMessageContaining("head");
    }
  }

  @Test
  void whatIsShorterThanAHeadIsNoticed() {
    assertThatThrownBy(() -> Content.read(text(), 0, Content.SHORTEST - 3))
        .hasMessage("cut off after 37 bytes");
  }

  @Test
  void whatIsLongerThanAnyIsNoticed() {
    byte[] text = new byte[Content.LONGEST + Content.SHORTEST];
    System.arraycopy(text(), 0, text, 0, SIZE);
    assertThatThrownBy(() -> Content.read(text, 0, text.length))
        .isInstanceOf(DamagedException.class);
  }

  @Test
  void messagesDifferInTheirText() {
    byte[] other = new byte[SIZE];
    new Content(CONTENT.room(), 1, 2, 4, CONTENT.nanos()).write(other);
    assertThat(new String(other, Content.SHORTEST, 40, US_ASCII))
        .isNotEqualTo(new String(text(), Content.SHORTEST, 40, US_ASCII));
  }
}
