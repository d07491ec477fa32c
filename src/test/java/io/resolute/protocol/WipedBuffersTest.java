package io.resolute.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.util.BufferRecycler;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class WipedBuffersTest {
  private final BufferRecycler buffers = new WipedBuffers().acquireAndLinkPooled();

  @Test
  void bytesAreWipedWhenTheyAreGivenBackAndUsedAgain() {
    byte[] buffer = buffers.allocByteBuffer(BufferRecycler.BYTE_WRITE_ENCODING_BUFFER);
    Arrays.fill(buffer, (byte) 1);
    buffers.releaseByteBuffer(BufferRecycler.BYTE_WRITE_ENCODING_BUFFER, buffer);
    assertThat(buffer).containsOnly(0);
    assertThat(buffers.allocByteBuffer(BufferRecycler.BYTE_WRITE_ENCODING_BUFFER)).isSameAs(buffer);
  }

  @Test
  void charactersAreWipedWhenTheyAreGivenBackAndUsedAgain() {
    char[] buffer = buffers.allocCharBuffer(BufferRecycler.CHAR_TOKEN_BUFFER);
    Arrays.fill(buffer, 'x');
    buffers.releaseCharBuffer(BufferRecycler.CHAR_TOKEN_BUFFER, buffer);
    assertThat(buffer).containsOnly('\0');
    assertThat(buffers.allocCharBuffer(BufferRecycler.CHAR_TOKEN_BUFFER)).isSameAs(buffer);
  }
}
