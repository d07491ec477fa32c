package io.resolute.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PlainTextTest {
  /** The same, a byte at a time. */
  private static int slowly(byte[] frame, int from) {
    for (int i = from; i < frame.length; i++) {
      int b = frame[i] & 0xff;
      if (b == '"' || b == '\\' || b < ' ') {
        return i;
      }
    }
    return frame.length;
  }

  @Test
  void everyByteEndsATextOrDoesNotWhereverItStands() {
    for (int at = 0; at < 36; at++) {
      for (int b = 0; b < 256; b++) {
        byte[] frame = new byte[36];
        Arrays.fill(frame, (byte) 'x');
        frame[at] = (byte) b;
        for (int from = 0; from <= frame.length; from++) {
          assertThat(PlainText.end(frame, from))
              .as("%d at %d", b, at)
              .isEqualTo(slowly(frame, from));
        }
      }
    }
  }

  @Test
  void theFirstOfSeveralEndsIt() {
    Random random = new Random(3);
    String bytes = "xyz~\u007f \u001f\"\\!#[]\u0000\u0080\u00a2\u00dc\u00ff";
    for (int i = 0; i < 50_000; i++) {
      byte[] frame = new byte[random.nextInt(60)];
      for (int at = 0; at < frame.length; at++) {
        // Rarely anything but the first five, or no text would be longer than a few bytes.
        int most = random.nextInt(8) == 0 ? bytes.length() : 5;
        frame[at] = (byte) bytes.charAt(random.nextInt(most));
      }
      int from = random.nextInt(frame.length + 1);
      assertThat(PlainText.end(frame, from))
          .as(new String(frame, StandardCharsets.ISO_8859_1))
          .isEqualTo(slowly(frame, from));
    }
  }
}
