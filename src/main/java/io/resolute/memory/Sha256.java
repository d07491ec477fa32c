package io.resolute.memory;

import java.nio.ByteBuffer;

/**
 * The compression function of SHA-256 (FIPS 180-4 §6.2.2), all of whose state lies in a buffer that
 * the caller brings: libraries keep theirs in the Java heap, where it stays.
 */
final class Sha256 {
  /** Length of a block in bytes. */
  static final int BLOCK = 64;

  /** Length of a digest, and of the state, in bytes. */
  static final int DIGEST = 32;

  /** Length in bytes of what is at work beside the block and the state. */
  static final int SCHEDULE = 256;

  private static final int ROUNDS = 64;
  private static final int WORDS = 16;

  private static final int[] START = {
    0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19
  };

  private static final int[] CONSTANTS = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2
  };

  private final ByteBuffer memory;
  private final int state;
  private final int block;
  private final int schedule;

  /**
   * Makes a digest that works in {@code memory}, whose bytes are big-endian.
   *
   * @param state where {@link #DIGEST} bytes of state are, and the digest in the end
   * @param block where the {@link #BLOCK} bytes are that are compressed next
   * @param schedule where {@link #SCHEDULE} bytes may be overwritten
   */
  Sha256(ByteBuffer memory, int state, int block, int schedule) {
    this.memory = memory;
    this.state = state;
    this.block = block;
    this.schedule = schedule;
  }

  /** Begins a digest. */
  void start() {
    for (int i = 0; i < START.length; i++) {
      memory.putInt(state + i * Integer.BYTES, START[i]);
    }
  }

  /** Takes the block into the state. */
  void compress() {
    expand();
    int a = word(state, 0);
    int b = word(state, 1);
    int c = word(state, 2);
    int d = word(state, 3);
    int e = word(state, 4);
    int f = word(state, 5);
    int g = word(state, 6);
    int h = word(state, 7);
    for (int i = 0; i < ROUNDS; i++) {
      int sum1 =
          Integer.rotateRight(e, 6) ^ Integer.rotateRight(e, 11) ^ Integer.rotateRight(e, 25);
      int one = h + sum1 + ((e & f) ^ (~e & g)) + CONSTANTS[i] + word(schedule, i);
      int sum0 =
          Integer.rotateRight(a, 2) ^ Integer.rotateRight(a, 13) ^ Integer.rotateRight(a, 22);
      int two = sum0 + ((a & b) ^ (a & c) ^ (b & c));
      h = g;
      g = f;
      f = e;
      e = d + one;
      d = c;
      c = b;
      b = a;
      a = one + two;
    }
    add(0, a);
    add(1, b);
    add(2, c);
    add(3, d);
    add(4, e);
    add(5, f);
    add(6, g);
    add(7, h);
  }

  private void expand() {
    for (int i = 0; i < WORDS; i++) {
      memory.putInt(schedule + i * Integer.BYTES, word(block, i));
    }
    for (int i = WORDS; i < ROUNDS; i++) {
      int x = word(schedule, i - 15);
      int y = word(schedule, i - 2);
      int sigma0 = Integer.rotateRight(x, 7) ^ Integer.rotateRight(x, 18) ^ (x >>> 3);
      int sigma1 = Integer.rotateRight(y, 17) ^ Integer.rotateRight(y, 19) ^ (y >>> 10);
      int word = sigma1 + word(schedule, i - 7) + sigma0 + word(schedule, i - WORDS);
      memory.putInt(schedule + i * Integer.BYTES, word);
    }
  }

  private int word(int base, int index) {
    return memory.getInt(base + index * Integer.BYTES);
  }

  private void add(int index, int value) {
    memory.putInt(state + index * Integer.BYTES, word(state, index) + value);
  }
}
