package io.resolute.client.e2ee;

import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/** What members send each other: base64 of {@code 0x01 ‖ kind ‖ audience ‖ body}. */
final class Envelope {
  /** What is in an envelope. */
  enum Kind {
    /** The key of a chain: a {@link Handout}. */
    HANDOUT(1),
    /** A {@link SealedMessage}. */
    MESSAGE(2);

    private final byte code;

    Kind(int code) {
      this.code = (byte) code;
    }

    private static Optional<Kind> of(byte code) {
      for (Kind kind : values()) {
        if (kind.code == code) {
          return Optional.of(kind);
        }
      }
      return Optional.empty();
    }
  }

  private static final byte VERSION = 1;
  private static final int HEADER_BYTES = 3;
  private static final int MAX_BYTES = HEADER_BYTES + SealedMessage.MAX_BODY_BYTES;

  private final Kind kind;
  private final Audience audience;
  private final byte[] body;

  Envelope(Kind kind, Audience audience, byte[] body) {
    this.kind = kind;
    this.audience = audience;
    this.body = body;
  }

  /**
   * Reads any text.
   *
   * @throws RejectedException with {@link Rejection#MALFORMED} or {@link Rejection#UNSUPPORTED}
   */
  static Envelope parse(String content) throws RejectedException {
    byte[] bytes =
        StrictBase64.decode(content, MAX_BYTES)
            .filter(decoded -> decoded.length > HEADER_BYTES)
            .orElseThrow(() -> new RejectedException(Rejection.MALFORMED));
    Optional<Kind> kind = Kind.of(bytes[1]);
    Optional<Audience> audience = Audience.of(bytes[2]);
    if (bytes[0] != VERSION || kind.isEmpty() || audience.isEmpty()) {
      throw new RejectedException(Rejection.UNSUPPORTED);
    }
    return new Envelope(
        kind.get(), audience.get(), Arrays.copyOfRange(bytes, HEADER_BYTES, bytes.length));
  }

  Kind kind() {
    return kind;
  }

  Audience audience() {
    return audience;
  }

  byte[] body() {
    return body;
  }

  /** Returns the bytes in front of the body, which what is in it is bound to. */
  static byte[] header(Kind kind, Audience audience) {
    return new byte[] {VERSION, kind.code, audience.code()};
  }

  String encode() {
    return Base64.getEncoder().encodeToString(Bytes.concat(header(kind, audience), body));
  }
}
