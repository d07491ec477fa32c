package io.resolute.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.resolute.protocol.ServerPacketDecoder.MalformedFrameException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Frames of a hostile server. */
class ServerPacketDecoderFuzzTest {
  private static final int LONGEST_MESSAGE = 200;

  private final ServerPacketDecoder decoder = new ServerPacketDecoder();

  static Stream<byte[]> frames() {
    return PacketJsonTest.packets()
        .map(packet -> PacketJson.encode((ServerPacket) packet.get()[0], "1"));
  }

  @MethodSource("frames")
  @FuzzTest
  void aFrameIsAPacketThatIsWrittenTheSameOrIsNamedMalformed(byte[] frame)
      throws MalformedFrameException {
    String text = new String(frame, StandardCharsets.UTF_8);
    Optional<ServerFrame> decoded;
    try {
      decoded = decoder.decode(text);
    } catch (MalformedFrameException typed) {
      assertThat(String.valueOf(typed.getMessage()).length()).isLessThan(LONGEST_MESSAGE);
      return;
    }
    if (decoded.map(ServerFrame::packet).orElse(null) instanceof ServerPacket.MessageSent sent) {
      assertThat(text).containsPattern("(?<!\\d)" + sent.recipients() + "(?![\\d.eE])");
    }
    if (decoded.filter(ServerPacketDecoderFuzzTest::canBeWritten).isPresent()) {
      ServerFrame packet = decoded.orElseThrow();
      byte[] written = PacketJson.encode(packet.packet(), packet.id());
      assertThat(decoder.decode(new String(written, StandardCharsets.UTF_8))).contains(packet);
    }
  }

  // Half a surrogate pair can be read as an escape, and has no UTF-8 to be written in.
  private static boolean canBeWritten(ServerFrame frame) {
    return StandardCharsets.UTF_8.newEncoder().canEncode(frame.toString());
  }
}
