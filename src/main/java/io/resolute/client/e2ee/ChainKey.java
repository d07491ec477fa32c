package io.resolute.client.e2ee;

/**
 * The moving part of a chain: {@code MK_i = HMAC(CK_i, 0x01)}, {@code CK_{i+1} = HMAC(CK_i, 0x02)}.
 * What it was before a step cannot be found out from what it is after.
 */
final class ChainKey {
  static final int BYTES = Kdf.KEY_BYTES;

  /** How many messages a chain has keys for. */
  static final int LENGTH = 1024;

  private static final byte[] MESSAGE_KEY = {0x01};
  private static final byte[] NEXT = {0x02};

  private final byte[] key;

  /** Owns {@code key}, of 32 bytes, from here on. */
  ChainKey(byte[] key) {
    this.key = key;
  }

  /** Erases {@code CK_i}, and returns {@code MK_i}, which the caller wipes. */
  byte[] step() {
    byte[] messageKey = Kdf.hmac(key, MESSAGE_KEY);
    byte[] next = Kdf.hmac(key, NEXT);
    System.arraycopy(next, 0, key, 0, BYTES);
    Bytes.wipe(next);
    return messageKey;
  }

  /** Returns {@code CK_i}, which the caller wipes. */
  byte[] copy() {
    return key.clone();
  }

  void wipe() {
    Bytes.wipe(key);
  }

  @Override
  public String toString() {
    return "ChainKey[REDACTED]";
  }
}
