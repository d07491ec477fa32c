package io.resolute.key;

import io.resolute.protocol.JoinKey;
import io.resolute.protocol.RandomTokens;
import io.resolute.protocol.RoomId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * Derives forever keys with HMAC-SHA256 (RFC 2104) over label, room id, count of resets and block
 * number. Each block gives 32 bytes; as many blocks are taken as the key's characters need.
 *
 * <p>Not for use by several threads at once.
 */
public final class HmacKeyDerivation implements KeyDerivation {
  /** Length of the secret in bytes. */
  public static final int SECRET_BYTES = 32;

  private static final byte[] LABEL = "resolute/v1 forever key".getBytes(StandardCharsets.US_ASCII);

  private final HMac hmac = new HMac(new SHA256Digest());

  /**
   * Makes a derivation under {@code secret}.
   *
   * @param secret {@link #SECRET_BYTES} random bytes, copied
   */
  public HmacKeyDerivation(byte[] secret) {
    if (secret.length != SECRET_BYTES) {
      throw new IllegalArgumentException("the secret has " + SECRET_BYTES + " bytes");
    }
    hmac.init(new KeyParameter(secret));
  }

  @Override
  public JoinKey derive(RoomId room, long resets) {
    return new RandomTokens(new Blocks(room, resets)).joinKey();
  }

  /** The blocks, as the generator that characters are drawn from. */
  private final class Blocks implements RandomGenerator {
    private final byte[] room;
    private final long resets;
    private int block;

    Blocks(RoomId room, long resets) {
      this.room = room.value().getBytes(StandardCharsets.US_ASCII);
      this.resets = resets;
    }

    @Override
    public void nextBytes(byte[] bytes) {
      for (int filled = 0; filled < bytes.length; filled += hmac.getMacSize()) {
        byte[] next = nextBlock();
        System.arraycopy(next, 0, bytes, filled, Math.min(next.length, bytes.length - filled));
      }
    }

    @Override
    public long nextLong() {
      return ByteBuffer.wrap(nextBlock()).getLong();
    }

    private byte[] nextBlock() {
      ByteBuffer numbers = ByteBuffer.allocate(Long.BYTES + Integer.BYTES);
      numbers.putLong(resets).putInt(block++);
      hmac.update(LABEL, 0, LABEL.length);
      hmac.update(room, 0, room.length);
      hmac.update(numbers.array(), 0, numbers.capacity());
      byte[] mac = new byte[hmac.getMacSize()];
      hmac.doFinal(mac, 0);
      return mac;
    }
  }
}
