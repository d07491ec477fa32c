package io.resolute.memory;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * HMAC-SHA256 (RFC 2104) under a key that is in {@link SecretMemory} and is read nowhere else: pads
 * and states, from which MACs could be made as well, lie beside it and are wiped after each use.
 * Safe for use by several threads.
 */
public final class SecretMac implements AutoCloseable {
  /** Length of the key, and of a MAC, in bytes. */
  public static final int BYTES = Sha256.DIGEST;

  private static final int KEY = 0;
  private static final int STATE = KEY + BYTES;
  private static final int INNER_DIGEST = STATE + Sha256.DIGEST;
  private static final int BLOCK = INNER_DIGEST + Sha256.DIGEST;
  private static final int SCHEDULE = BLOCK + Sha256.BLOCK;

  /** Bytes of memory that it works in. */
  static final int SIZE = SCHEDULE + Sha256.SCHEDULE;

  private static final byte INNER = 0x36;
  private static final byte OUTER = 0x5c;
  private static final int LENGTH = Sha256.BLOCK - Long.BYTES;

  private final SecretMemory memory;

  private SecretMac(SecretMemory memory) {
    this.memory = memory;
  }

  /** Makes a MAC under a key that is drawn where it stays. */
  public static SecretMac draw() {
    SecretMac mac = new SecretMac(SecretMemory.allocate(SIZE));
    mac.memory.use(SecretMac::drawKey);
    return mac;
  }

  /**
   * Makes a MAC under a given key.
   *
   * @param key {@link #BYTES} bytes, which are overwritten
   */
  public static SecretMac under(byte[] key) {
    if (key.length != BYTES) {
      throw new IllegalArgumentException("the key has " + BYTES + " bytes");
    }
    return under(key, SecretMemory.allocate(SIZE));
  }

  static SecretMac under(byte[] key, SecretMemory memory) {
    SecretMac mac = new SecretMac(memory);
    mac.memory.use(bytes -> put(key, 0, bytes, KEY, BYTES));
    Arrays.fill(key, (byte) 0);
    return mac;
  }

  private static void drawKey(ByteBuffer bytes) {
    if (!Entropy.fill(bytes, BYTES)) {
      byte[] key = new byte[BYTES];
      new SecureRandom().nextBytes(key);
      put(key, 0, bytes, KEY, BYTES);
      Arrays.fill(key, (byte) 0);
    }
  }

  /** Returns how well the key is kept. */
  public Protection protection() {
    return memory.protection();
  }

  /**
   * Returns the MAC of {@code message}, for the caller to wipe.
   *
   * @throws IllegalStateException if this is closed
   */
  public byte[] of(byte[] message) {
    byte[] mac = new byte[BYTES];
    memory.use(bytes -> compute(bytes, message, mac));
    return mac;
  }

  private static void compute(ByteBuffer bytes, byte[] message, byte[] mac) {
    Sha256 digest = new Sha256(bytes, STATE, BLOCK, SCHEDULE);
    try {
      startWithPad(digest, bytes, INNER);
      take(digest, bytes, message);
      move(bytes, STATE, INNER_DIGEST);
      startWithPad(digest, bytes, OUTER);
      zero(bytes, BLOCK, Sha256.BLOCK);
      move(bytes, INNER_DIGEST, BLOCK);
      finish(digest, bytes, Sha256.DIGEST, Sha256.DIGEST);
      for (int i = 0; i < BYTES; i++) {
        mac[i] = bytes.get(STATE + i);
      }
    } finally {
      zero(bytes, STATE, SIZE - STATE);
    }
  }

  private static void startWithPad(Sha256 digest, ByteBuffer bytes, byte pad) {
    digest.start();
    for (int i = 0; i < Sha256.BLOCK; i++) {
      byte key = i < BYTES ? bytes.get(KEY + i) : 0;
      bytes.put(BLOCK + i, (byte) (key ^ pad));
    }
    digest.compress();
  }

  private static void take(Sha256 digest, ByteBuffer bytes, byte[] message) {
    int taken = 0;
    while (message.length - taken >= Sha256.BLOCK) {
      put(message, taken, bytes, BLOCK, Sha256.BLOCK);
      digest.compress();
      taken += Sha256.BLOCK;
    }
    int rest = message.length - taken;
    zero(bytes, BLOCK, Sha256.BLOCK);
    put(message, taken, bytes, BLOCK, rest);
    finish(digest, bytes, rest, message.length);
  }

  /**
   * Pads (FIPS 180-4 §5.1.1) after one block of the key.
   *
   * @param rest how many bytes of the last block are taken, the others being zeros
   * @param length bytes of the message
   */
  private static void finish(Sha256 digest, ByteBuffer bytes, int rest, int length) {
    bytes.put(BLOCK + rest, (byte) 0x80);
    if (rest >= LENGTH) {
      digest.compress();
      zero(bytes, BLOCK, Sha256.BLOCK);
    }
    bytes.putLong(BLOCK + LENGTH, (long) (Sha256.BLOCK + length) * Byte.SIZE);
    digest.compress();
  }

  private static void move(ByteBuffer bytes, int from, int to) {
    for (int i = 0; i < Sha256.DIGEST; i++) {
      bytes.put(to + i, bytes.get(from + i));
    }
  }

  private static void put(byte[] from, int offset, ByteBuffer to, int at, int length) {
    for (int i = 0; i < length; i++) {
      to.put(at + i, from[offset + i]);
    }
  }

  private static void zero(ByteBuffer bytes, int at, int length) {
    for (int i = 0; i < length; i++) {
      bytes.put(at + i, (byte) 0);
    }
  }

  /** Wipes the key. */
  @Override
  public void close() {
    memory.close();
  }
}
