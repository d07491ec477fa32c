package io.resolute.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.util.concurrent.ImmediateExecutor;
import io.resolute.config.ServerConfig;
import io.resolute.limits.AddressLimits;
import io.resolute.limits.Places;
import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.junit.jupiter.params.provider.MethodSource;

/** The first bytes of a stranger. The first byte of an input says how large its pieces are. */
class TlsHandlerFuzzTest {
  private static final String REQUEST =
      "(?s)(GET [/h]|HEAD |POST |PUT /|DELET|OPTIO|PATCH|TRACE|CONNE).*";

  /** A socket of which nothing is written anywhere. */
  private static final class Stranger extends EmbeddedChannel {
    @Override
    protected SocketAddress remoteAddress0() {
      return new InetSocketAddress("192.0.2.1", 1234);
    }
  }

  static Stream<byte[]> bytes() {
    return Stream.of(
            "\u0001GET / HTTP/1.1\r\n\r\n",
            "\u0002GET http://relay.example/ HTTP/1.1\r\n\r\n",
            "\u0004HEAD / HTTP/1.1\r\n\r\n",
            "\u0005POST /",
            "\u0000PUT / HTTP/1.1",
            "\u0003DELETE / HTTP/1.1",
            "\u0000OPTIONS * HTTP/1.1",
            "\u0000CONNECT relay.example:443 HTTP/1.1",
            "\u0000GET",
            "\u0000GETS /",
            "\u0000get / HTTP/1.1",
            "\u0000SSH-2.0-x\r\n",
            "\u0001\u0016\u0003\u0001\u0000\u0005\u0001\u0000\u0000\u0001\u0003",
            "\u0003\u0016\u0003\u0001\u0000\u0000",
            "\u0000\u0015\u0003\u0003\u0000\u0002\u0002(",
            "\u0000\u0080.\u0001\u0003\u0001",
            "")
        .map(text -> text.getBytes(StandardCharsets.ISO_8859_1));
  }

  @MethodSource("bytes")
  @FuzzTest
  void whoBeginsARequestIsAnsweredAndNobodyElseHoweverItComesInPieces(byte[] input)
      throws Exception {
    int piece = input.length == 0 || input[0] == 0 ? input.length : Byte.toUnsignedInt(input[0]);
    byte[] bytes = input.length == 0 ? input : Arrays.copyOfRange(input, 1, input.length);
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    String answer = answer(bytes, piece);
    if (text.matches(REQUEST)) {
      assertThat(answer).startsWith("HTTP/1.1 400 Bad Request\r\n").endsWith("ws://.\n");
      assertThat(answer).containsOnlyOnce("HTTP/1.1");
    } else {
      assertThat(answer).doesNotContain("HTTP");
    }
    assertThat(answer(bytes, bytes.length)).isEqualTo(answer);
  }

  private static String answer(byte[] bytes, int piece) throws Exception {
    SSLEngine engine = SSLContext.getDefault().createSSLEngine();
    engine.setUseClientMode(false);
    ServerConfig config = ServerConfig.parse("{}");
    Sources sources = new Sources(config.listen());
    Places places = new Places(1000, 1);
    AddressLimits addresses =
        new AddressLimits(config.perAddress(), false, new SecureRandom(), System::nanoTime);
    Stranger socket = new Stranger();
    socket
        .pipeline()
        .addLast(new TlsHandler(engine, ImmediateExecutor.INSTANCE, sources, places, addresses));
    for (int at = 0; at < bytes.length && socket.isOpen(); at += piece) {
      ByteBuf part = Unpooled.copiedBuffer(bytes, at, Math.min(piece, bytes.length - at));
      try {
        socket.writeInbound(part);
      } catch (DecoderException refused) {
        assertThat(refused).hasCauseInstanceOf(SSLException.class);
      }
    }
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    for (ByteBuf out = socket.readOutbound(); out != null; out = socket.readOutbound()) {
      out.readBytes(answer, out.readableBytes());
      out.release();
    }
    assertThat(socket.inboundMessages()).isEmpty();
    var unused = socket.close();
    return answer.toString(StandardCharsets.ISO_8859_1);
  }
}
