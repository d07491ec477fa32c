package io.resolute.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.PooledByteBufAllocator;
import io.resolute.testing.FrameSocket;
import io.resolute.testing.TestServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Those who go on after they have been told that it is over. The server is in this process, with
 * BoringSSL, which collects what comes then unless it is kept from it; the JDK's TLS does not.
 */
@Timeout(60)
class LastWordIT {
  private static final int CHUNK = 1 << 16;
  private static final int CHUNKS = 1000;

  // More than one read, what it is decrypted to, and the frame that is not yet whole.
  private static final long TOLERATED = 2L << 20;

  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start("");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void whatComesBehindAnAnswerThatEndsTheConnectionIsNotKept() throws IOException {
    try (FrameSocket socket = FrameSocket.tls(server.port())) {
      byte[] last =
          "GET /zz HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
      assertThat(mostHeldWhileThereComes(socket, last)).isLessThan(TOLERATED);
    }
  }

  @Test
  void whatComesBehindAFrameThatEndsTheConnectionIsNotKept() throws IOException {
    try (FrameSocket socket = FrameSocket.open(server.port())) {
      byte[] last = FrameSocket.encode(FrameSocket.FIN | FrameSocket.BINARY, new byte[0]);
      assertThat(mostHeldWhileThereComes(socket, last)).isLessThan(TOLERATED);
    }
  }

  /**
   * Returns the bytes that are taken from the pool at the most, beside those that are at first,
   * while some more comes in the same read as the last words, and much behind it.
   */
  private static long mostHeldWhileThereComes(FrameSocket socket, byte[] last) throws IOException {
    long before = PooledByteBufAllocator.DEFAULT.pinnedDirectMemory();
    long most = before;
    socket.write(Arrays.copyOf(last, CHUNK));
    try {
      for (int i = 0; i < CHUNKS; i++) {
        socket.write(new byte[CHUNK]);
        most = Math.max(most, PooledByteBufAllocator.DEFAULT.pinnedDirectMemory());
      }
    } catch (IOException closed) {
      // As it may be at any time.
    }
    return most - before;
  }
}
