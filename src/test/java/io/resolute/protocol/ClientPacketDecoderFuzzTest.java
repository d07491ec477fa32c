package io.resolute.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.resolute.protocol.ClientPacket.KeyKind;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.provider.MethodSource;

/** Frames of a hostile client. */
class ClientPacketDecoderFuzzTest {
  private static final PacketLimits LIMITS = new PacketLimits(64, 32, 2048);

  /** Another reader than the decoder's own, as strict, and without bounds. */
  private static final ObjectMapper JSON =
      new ObjectMapper(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNumberLength(Integer.MAX_VALUE).build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private static final int LONGEST_MESSAGE = 200;
  private static final RoomId ROOM = new RoomId("R".repeat(32));
  private static final String PEM = "-----BEGIN A KEY-----\nAAAA\n-----END A KEY-----\n";

  private static final JoinKey KEY = new JoinKey("K".repeat(32));

  private final ClientPacketDecoder decoder =
      new ClientPacketDecoder(LIMITS, new RandomTokens(new Random(1)));

  static Stream<byte[]> requests() {
    UserId user = new UserId("U".repeat(32));
    return Stream.<ClientPacket>of(
            new ClientPacket.Hello("fuzz", List.of(1, 2)),
            new ClientPacket.CreateRoom("room", "ann", "c", PEM),
            new ClientPacket.JoinRoom(ROOM, KeyKind.ONE_TIME, KEY, "bob", PEM + PEM),
            new ClientPacket.JoinRoom(ROOM, KeyKind.FOREVER, KEY, "bob", PEM),
            new ClientPacket.IssueKey(ROOM, KeyKind.ONE_TIME),
            new ClientPacket.IssueKey(ROOM, KeyKind.FOREVER),
            new ClientPacket.ResetKeys(ROOM),
            new ClientPacket.SendMessage(ROOM, user, "hello"),
            new ClientPacket.SendMessage(ROOM, null, "\uD83D\uDE00"),
            new ClientPacket.SendMessage(ROOM, user, "a\"b\\c\u007f".repeat(9)),
            new ClientPacket.ListMembers(ROOM),
            new ClientPacket.LeaveRoom(ROOM),
            new ClientPacket.CloseRoom(ROOM))
        .map(packet -> PacketJson.encode(packet, "1"));
  }

  @MethodSource("requests")
  @FuzzTest
  void aFrameIsARequestThatIsWrittenTheSameOrIsRefusedInAFewWords(byte[] frame)
      throws JsonProcessingException {
    ClientFrame decoded = decoder.decode(frame);
    if (!isUtf8(frame)) {
      return; // Which the gateway has not let through.
    }
    ClientFrame plain = PlainMessage.read(frame);
    if (plain != null) {
      assertThat(plain).isEqualTo(decoder.parse(frame));
    }
    if (decoded instanceof ClientFrame.Refused refused) {
      assertIsRequestId(refused.id());
      assertThat(refused.failure().msg().length()).isLessThan(LONGEST_MESSAGE);
      assertThat(PacketJson.encode(refused.failure(), refused.id())).isNotEmpty();
    } else if (decoded instanceof ClientFrame.Request request) {
      assertIsRequestId(request.id());
      assertWithinLimits(request.packet());
      JsonNode json = JSON.readTree(new String(frame, StandardCharsets.UTF_8));
      assertThat(request.id()).isEqualTo(json.at("/id").textValue());
      assertThat(request.packet().command()).isEqualTo(json.at("/cmd").textValue());
      if (request.packet() instanceof ClientPacket.SendMessage message) {
        assertSaysTheSame(message, json.get("data"));
      }
      ClientPacket packet = withItsKey(request.packet(), frame);
      byte[] written = PacketJson.encode(packet, request.id());
      assertThat(decoder.decode(written))
          .as(new String(written, StandardCharsets.UTF_8))
          .isEqualTo(new ClientFrame.Request(request.id(), packet));
    }
  }

  private static boolean isUtf8(byte[] frame) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(frame));
      return true;
    } catch (CharacterCodingException malformed) {
      return false;
    }
  }

  /** Ids of another form are replaced. */
  private static void assertSaysTheSame(ClientPacket.SendMessage message, JsonNode data) {
    assertThat(message.content().text()).isEqualTo(data.path("content").textValue());
    RoomId.parse(data.path("room_id").textValue())
        .ifPresent(room -> assertThat(message.room()).isEqualTo(room));
    String to = data.path("to_user_id").textValue();
    if (to == null) {
      assertThat(message.to()).isNull();
    } else {
      assertThat(message.to()).isNotNull();
      UserId.parse(to).ifPresent(user -> assertThat(message.to()).isEqualTo(user));
    }
  }

  /** Of a key, the digest alone is decoded, which cannot be written. */
  private static ClientPacket withItsKey(ClientPacket packet, byte[] frame)
      throws JsonProcessingException {
    if (!(packet instanceof ClientPacket.JoinRoom join)) {
      return packet;
    }
    String field = ClientPacket.JoinRoom.keyField(join.kind());
    JsonNode json = JSON.readTree(new String(frame, StandardCharsets.UTF_8));
    Optional<JoinKey> key = JoinKey.parse(json.path("data").path(field).textValue());
    key.ifPresent(sent -> assertThat(join.key()).isEqualTo(sent));
    return new ClientPacket.JoinRoom(
        join.room(), join.kind(), key.orElse(KEY), join.username(), join.publicKey());
  }

  private static void assertIsRequestId(@Nullable String id) {
    assertThat(String.valueOf(id).length()).isLessThanOrEqualTo(PacketJson.MAX_REQUEST_ID);
  }

  private static void assertWithinLimits(ClientPacket packet) {
    if (packet instanceof ClientPacket.Hello hello && hello.client() != null) {
      assertThat(hello.client()).satisfies(atMost(LIMITS.name()));
    } else if (packet instanceof ClientPacket.CreateRoom create) {
      assertThat(create.name()).satisfies(atMost(LIMITS.name()));
      assertThat(create.username()).satisfies(atMost(LIMITS.username()));
      assertThat(create.clientRoomId()).satisfies(atMost(LIMITS.name()));
      assertThat(create.publicKey()).satisfies(atMost(LIMITS.publicKey()));
    } else if (packet instanceof ClientPacket.JoinRoom join) {
      assertThat(join.username()).satisfies(atMost(LIMITS.username()));
      assertThat(join.publicKey()).satisfies(atMost(LIMITS.publicKey()));
    } else if (packet instanceof ClientPacket.SendMessage message) {
      assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(message.content().text())).isTrue();
    }
  }

  private static Consumer<String> atMost(int bytes) {
    return text ->
        assertThat(text.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(bytes);
  }
}
