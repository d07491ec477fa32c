package io.resolute.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.resolute.protocol.ClientPacket.KeyKind;
import io.resolute.protocol.ServerPacket.Done;
import io.resolute.protocol.ServerPacket.Failure;
import io.resolute.protocol.ServerPacket.Joined;
import io.resolute.protocol.ServerPacket.KeyIssued;
import io.resolute.protocol.ServerPacket.Members;
import io.resolute.protocol.ServerPacket.Message;
import io.resolute.protocol.ServerPacket.MessageSent;
import io.resolute.protocol.ServerPacket.RoomClosed;
import io.resolute.protocol.ServerPacket.RoomClosed.ClosedReason;
import io.resolute.protocol.ServerPacket.RoomCreated;
import io.resolute.protocol.ServerPacket.User;
import io.resolute.protocol.ServerPacket.UserJoined;
import io.resolute.protocol.ServerPacket.UserLeft;
import io.resolute.protocol.ServerPacket.UserLeft.LeftReason;
import io.resolute.protocol.ServerPacket.Welcome;
import io.resolute.protocol.ServerPacketDecoder.MalformedFrameException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The bytes of every reply, error and event; {@code '} stands for {@code "}. */
class PacketJsonTest {
  private static final RoomId ROOM = new RoomId("R".repeat(32));
  private static final UserId ANN = new UserId("A".repeat(32));
  private static final UserId BOB = new UserId("B".repeat(32));
  private static final JoinKey KEY = new JoinKey("K".repeat(32));
  private static final User USER = new User(ANN, "ann", "PEM");

  static Stream<Arguments> packets() {
    return Stream.concat(replies(), events());
  }

  private static Stream<Arguments> replies() {
    return Stream.of(
        Arguments.of(
            new Welcome(1, ANN, new TreeMap<>(Map.of("name", 2L, "message", 1L)), List.of("f")),
            "{'cmd':'hello','data':{'version':1,'user_id':'ANN','limits':{'message':1,'name':2},"
                + "'features':['f']}}"),
        Arguments.of(
            new Welcome(1, ANN, new TreeMap<>(), List.of()),
            "{'cmd':'hello','data':{'version':1,'user_id':'ANN','limits':{},'features':[]}}"),
        Arguments.of(
            new Welcome(1, ANN, new TreeMap<>(), List.of(), "at"),
            "{'cmd':'hello','data':{'version':1,'user_id':'ANN','address':'at','limits':{},"
                + "'features':[]}}"),
        Arguments.of(
            new RoomCreated(ROOM, ANN, "n", "c"),
            "{'cmd':'create-room','room':{'room_id':'ROOM','owner_id':'ANN','name':'n',"
                + "'one_time_join_keys':[],'forever_join_key':'','users':{}},'client_room_id':'c'}"),
        Arguments.of(
            new KeyIssued(ROOM, KeyKind.ONE_TIME, KEY),
            "{'cmd':'room-key-onetime','data':{'room_id':'ROOM','one_time_key':'KEY'}}"),
        Arguments.of(
            new KeyIssued(ROOM, KeyKind.FOREVER, KEY),
            "{'cmd':'room-key-forever','data':{'room_id':'ROOM','forever_join_key':'KEY'}}"),
        Arguments.of(
            new Done("reset-room-keys", ROOM),
            "{'cmd':'reset-room-keys','data':{'room_id':'ROOM'}}"),
        Arguments.of(
            new Done("leave-room", ROOM), "{'cmd':'leave-room','data':{'room_id':'ROOM'}}"),
        Arguments.of(
            new Done("close-room", ROOM), "{'cmd':'close-room','data':{'room_id':'ROOM'}}"),
        Arguments.of(
            new Joined(BOB, ROOM, "n", List.of(USER)),
            "{'cmd':'joined','data':{'user_id':'BOB','room_id':'ROOM','room_name':'n',"
                + "'users':[{'user_id':'ANN','username':'ann','public_key_string':'PEM'}]}}"),
        Arguments.of(
            new Joined(BOB, ROOM, "n", List.of()),
            "{'cmd':'joined','data':{'user_id':'BOB','room_id':'ROOM','room_name':'n','users':[]}}"),
        Arguments.of(
            new MessageSent(ROOM, 3),
            "{'cmd':'message-sent','data':{'room_id':'ROOM','recipients':3}}"),
        Arguments.of(
            new Members(ROOM, ANN, List.of(USER)),
            "{'cmd':'list-members','data':{'room_id':'ROOM','owner_id':'ANN',"
                + "'users':[{'user_id':'ANN','username':'ann','public_key_string':'PEM'}]}}"),
        Arguments.of(
            new Failure(null, ErrorCode.BAD_PACKET, "why"),
            "{'cmd':'error','data':{'code':'bad-packet','msg':'why'}}"),
        Arguments.of(
            new Failure("reset-room-keys", ErrorCode.FORBIDDEN, "why", ROOM),
            "{'cmd':'reset-room-keys-error','data':{'code':'forbidden','msg':'why',"
                + "'room_id':'ROOM'}}"),
        Arguments.of(
            new Failure("join-room-onetime", ErrorCode.BAD_KEY, "why"),
            "{'cmd':'join-room-onetime-error','data':{'code':'bad-key','msg':'why'}}"),
        Arguments.of(
            Failure.tooEarly("create-room", "why", Duration.ofMillis(1500)),
            "{'cmd':'create-room-error','data':{'code':'rate-limited','msg':'why',"
                + "'retry_after_ms':1500}}"));
  }

  private static Stream<Arguments> events() {
    return Stream.of(
        Arguments.of(
            new Message(ROOM, ANN, "ann", "hi"),
            "{'cmd':'send-message','data':{'room_id':'ROOM','user_id':'ANN','username':'ann',"
                + "'content':'hi'}}"),
        Arguments.of(
            new UserJoined(ROOM, "n", KeyKind.ONE_TIME, USER),
            "{'cmd':'user-joined-onetime','data':{'room_id':'ROOM','room_name':'n',"
                + "'user_id':'ANN','username':'ann','public_key':'PEM'}}"),
        Arguments.of(
            new UserJoined(ROOM, "n", KeyKind.FOREVER, USER),
            "{'cmd':'user-joined-forever','data':{'room_id':'ROOM','room_name':'n',"
                + "'user_id':'ANN','username':'ann','public_key':'PEM'}}"),
        Arguments.of(
            new UserLeft(ROOM, ANN, LeftReason.LEFT),
            "{'cmd':'user-left','data':{'room_id':'ROOM','user_id':'ANN','reason':'left'}}"),
        Arguments.of(
            new UserLeft(ROOM, ANN, LeftReason.DISCONNECTED),
            "{'cmd':'user-left','data':{'room_id':'ROOM','user_id':'ANN',"
                + "'reason':'disconnected'}}"),
        Arguments.of(
            new RoomClosed(ROOM, ClosedReason.CLOSED),
            "{'cmd':'room-closed','data':{'room_id':'ROOM','reason':'closed'}}"),
        Arguments.of(
            new RoomClosed(ROOM, ClosedReason.OWNER_LEFT),
            "{'cmd':'room-closed','data':{'room_id':'ROOM','reason':'owner-left'}}"),
        Arguments.of(
            new RoomClosed(ROOM, ClosedReason.EXPIRED),
            "{'cmd':'room-closed','data':{'room_id':'ROOM','reason':'expired'}}"));
  }

  private static String json(String template) {
    return template
        .replace('\'', '"')
        .replace("ROOM", ROOM.value())
        .replace("ANN", ANN.value())
        .replace("BOB", BOB.value())
        .replace("KEY", KEY.value());
  }

  private static String encode(ServerPacket packet, String... id) {
    byte[] frame = PacketJson.encode(packet, id.length == 0 ? null : id[0]);
    return new String(frame, StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @MethodSource("packets")
  void everyFrameHasItsShape(ServerPacket packet, String expected) {
    assertThat(encode(packet)).isEqualTo(json(expected));
  }

  @ParameterizedTest
  @MethodSource("packets")
  void anAnswerCarriesTheIdBehindItsCommand(ServerPacket packet, String expected) {
    assertThat(encode(packet, "7"))
        .isEqualTo(json(expected).replaceFirst("(\"cmd\":\"[^\"]*\")", "$1,\"id\":\"7\""));
  }

  @ParameterizedTest
  @MethodSource("packets")
  void whatTheServerWritesAClientReads(ServerPacket packet, String json)
      throws MalformedFrameException {
    ServerPacketDecoder decoder = new ServerPacketDecoder();
    assertThat(decoder.decode(encode(packet, "7"))).contains(new ServerFrame("7", packet));
    assertThat(decoder.decode(json(json))).contains(new ServerFrame(null, packet));
  }

  @Test
  void everyTypeOfPacketIsAmongTheExamples() {
    assertThat(
            packets()
                .<Class<?>>map(example -> example.get()[0].getClass())
                .collect(Collectors.toSet()))
        .containsExactlyInAnyOrder(ServerPacket.class.getPermittedSubclasses());
  }

  @Test
  void everyTextIsEscapedAsJsonNeedsItAndOtherwiseStaysAsItIs() {
    String text = "\"\\/\u0000\n\u007f\u20ac\ud83d\ude00\u2028</script>";
    assertThat(encode(new Message(ROOM, ANN, text, text)))
        .isEqualTo(
            json("{'cmd':'send-message','data':{'room_id':'ROOM','user_id':'ANN','username':'")
                + "\\\"\\\\/\\u0000\\n\u007f\u20ac\ud83d\ude00\u2028</script>"
                + "\",\"content\":\""
                + "\\\"\\\\/\\u0000\\n\u007f\u20ac\ud83d\ude00\u2028</script>"
                + "\"}}");
  }

  @Test
  void aPacketCannotBeChangedOnItsWay() {
    TreeMap<String, Long> limits = new TreeMap<>(Map.of("name", 1L));
    Welcome welcome = new Welcome(1, ANN, limits, List.of());
    limits.put("name", 2L);
    assertThat(welcome.limits()).containsExactly(Map.entry("name", 1L));
    assertThat(welcome.limits()).isUnmodifiable();
  }
}
