package io.resolute.client.cli;

import com.google.zxing.WriterException;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.ByteMatrix;
import com.google.zxing.qrcode.encoder.Encoder;
import java.util.ArrayList;
import java.util.List;
import org.jline.terminal.Size;

/** A QR code made of half blocks, two modules one above the other in each character. */
final class QrCode {
  /** Modules of white around the code, which its standard asks for. */
  static final int QUIET = 4;

  // Black on white whatever the terminal's own colours are: few cameras read the negative.
  private static final String BLACK_ON_WHITE = "\u001B[30;107m";
  private static final String OWN_COLOURS = "\u001B[0m";

  private final ByteMatrix code;

  private QrCode(ByteMatrix code) {
    this.code = code;
  }

  /** Returns the code for {@code text}. */
  static QrCode of(String text) {
    return new QrCode(encode(text));
  }

  /** Returns how many columns of a terminal it takes. */
  int columns() {
    return code.getWidth() + 2 * QUIET;
  }

  /** Returns how many rows of a terminal it takes. */
  int rows() {
    return (code.getHeight() + 2 * QUIET + 1) / 2;
  }

  /** Returns whether all of it can be seen, with some rows of text and a prompt below it. */
  boolean fits(Size terminal, int below) {
    return columns() <= terminal.getColumns() && rows() + below + 1 <= terminal.getRows();
  }

  /** Returns the code as text, with a line break between each two lines. */
  String drawn() {
    return String.join("\n", lines());
  }

  /** Returns the lines of the code. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (int y = -QUIET; y < code.getHeight() + QUIET; y += 2) {
      StringBuilder line = new StringBuilder(BLACK_ON_WHITE);
      for (int x = -QUIET; x < code.getWidth() + QUIET; x++) {
        line.append(block(isBlack(x, y), isBlack(x, y + 1)));
      }
      lines.add(line.append(OWN_COLOURS).toString());
    }
    return lines;
  }

  private static ByteMatrix encode(String text) {
    try {
      return Encoder.encode(text, ErrorCorrectionLevel.L).getMatrix();
    } catch (WriterException tooLong) {
      throw new IllegalArgumentException("a text of that length has no QR code", tooLong);
    }
  }

  private boolean isBlack(int x, int y) {
    boolean inside = x >= 0 && y >= 0 && x < code.getWidth() && y < code.getHeight();
    return inside && code.get(x, y) == 1;
  }

  private static char block(boolean upper, boolean lower) {
    if (upper) {
      return lower ? '\u2588' : '\u2580';
    }
    return lower ? '\u2584' : ' ';
  }
}
