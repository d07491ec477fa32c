package io.resolute.client.e2ee;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;

/**
 * The same bytes each time: block {@code i} is SHA-256 of the seed and {@code i}. Only for tests.
 */
final class CountedRandom extends SecureRandom {
  private static final long serialVersionUID = 1L;

  private final byte[] seed;
  private int block;

  CountedRandom(String seed) {
    this.seed = seed.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public synchronized void nextBytes(byte[] bytes) {
    ByteBuffer all = ByteBuffer.wrap(bytes);
    while (all.hasRemaining()) {
      byte[] next = sha256(ByteBuffer.allocate(seed.length + 4).put(seed).putInt(block++).array());
      all.put(next, 0, Math.min(next.length, all.remaining()));
    }
  }

  private static byte[] sha256(byte[] input) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(input);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
