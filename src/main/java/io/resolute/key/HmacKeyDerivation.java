package io.resolute.key;

import io.resolute.memory.SecretMac;
import io.resolute.protocol.JoinKey;
import io.resolute.protocol.RandomTokens;
import io.resolute.protocol.RoomId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/**
 * Derives forever keys with HMAC-SHA256 (RFC 2104) over label, room id, count of resets and block
 * number. Each block gives 32 bytes. A key's characters need one or two of them, which depends on
 * the key; two are always computed, so that the time does not.
 *
 * <p>Safe for use by several threads.
 */
public final class HmacKeyDerivation implements KeyDerivation {
  private static final byte[] LABEL = "resolute/v1 forever key".getBytes(StandardCharsets.US_ASCII);

  // More are needed of one key in 2^100.
  private static final int BLOCKS = 2;

  private final UnaryOperator<byte[]> mac;

  /**
   * Makes a derivation.
   *
   * @param mac under the secret that all keys come from
   */
  public HmacKeyDerivation(SecretMac mac) {
    this(mac::of);
  }

  HmacKeyDerivation(UnaryOperator<byte[]> mac) {
    this.mac = mac;
  }

  @Override
  public JoinKey derive(RoomId room, long resets) {
    Blocks blocks = new Blocks(room, resets);
    JoinKey key = new RandomTokens(blocks::next).joinKey();
    blocks.skipTo(BLOCKS);
    return key;
  }

  /** The blocks that the characters of one key are drawn from. */
  private final class Blocks {
    private final byte[] room;
    private final long resets;
    private int block;

    Blocks(RoomId room, long resets) {
      this.room = room.value().getBytes(StandardCharsets.US_ASCII);
      this.resets = resets;
    }

    void next(byte[] bytes) {
      byte[] next = compute();
      System.arraycopy(next, 0, bytes, 0, bytes.length);
      Arrays.fill(next, (byte) 0);
    }

    /** Computes blocks that nobody needs, until there were {@code count}. */
    void skipTo(int count) {
      while (block < count) {
        Arrays.fill(compute(), (byte) 0);
      }
    }

    private byte[] compute() {
      int length = LABEL.length + room.length + Long.BYTES + Integer.BYTES;
      ByteBuffer message = ByteBuffer.allocate(length);
      message.put(LABEL).put(room).putLong(resets).putInt(block++);
      return mac.apply(message.array());
    }
  }
}
