package io.resolute.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.decoder.Decoder;
import java.util.List;
import org.junit.jupiter.api.Test;

class QrCodeTest {
  private static final String LINK =
      "https://chat.example:5656/#%s.o.%s.%s"
          .formatted("R".repeat(32), "K".repeat(32), "S".repeat(42) + "A");

  @Test
  void whatIsDrawnIsReadBack() throws Exception {
    List<String> lines = QrCode.of(LINK).lines();
    String first = lines.get(0).replaceAll("\u001B\\[[0-9;]*m", "");
    int width = first.length();
    int size = width - 2 * QrCode.QUIET;
    BitMatrix modules = new BitMatrix(size);
    for (int y = 0; y < size; y++) {
      int line = (y + QrCode.QUIET) / 2;
      String drawn = lines.get(line).replaceAll("\u001B\\[[0-9;]*m", "");
      boolean upper = (y + QrCode.QUIET) % 2 == 0;
      for (int x = 0; x < size; x++) {
        char block = drawn.charAt(x + QrCode.QUIET);
        if (block == '\u2588' || block == (upper ? '\u2580' : '\u2584')) {
          modules.set(x, y);
        }
      }
    }
    assertThat(new Decoder().decode(modules).getText()).isEqualTo(LINK);
  }

  @Test
  void itFitsATerminalOf80Columns() {
    assertThat(QrCode.of(LINK).lines())
        .allSatisfy(line -> assertThat(line.codePoints().count()).isLessThan(80 + 14));
  }
}
