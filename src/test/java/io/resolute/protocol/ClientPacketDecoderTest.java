package io.resolute.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.resolute.protocol.ClientPacket.CloseRoom;
import io.resolute.protocol.ClientPacket.CreateRoom;
import io.resolute.protocol.ClientPacket.Hello;
import io.resolute.protocol.ClientPacket.IssueKey;
import io.resolute.protocol.ClientPacket.JoinRoom;
import io.resolute.protocol.ClientPacket.KeyKind;
import io.resolute.protocol.ClientPacket.LeaveRoom;
import io.resolute.protocol.ClientPacket.ListMembers;
import io.resolute.protocol.ClientPacket.ResetKeys;
import io.resolute.protocol.ClientPacket.SendMessage;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that are understood. Those that are not: {@link MalformedFrameTest}. */
class ClientPacketDecoderTest {
  private static final RoomId ROOM = new RoomId("R".repeat(32));
  private static final UserId USER = new UserId("U".repeat(32));
  private static final JoinKey KEY = new JoinKey("K".repeat(32));
  private static final String PEM =
      "-----BEGIN RSA PUBLIC KEY-----\nMAoC\n-----END RSA PUBLIC KEY-----\n";
  private static final String PEM_JSON = PEM.replace("\n", "\\n");

  private final ClientPacketDecoder decoder =
      new ClientPacketDecoder(new PacketLimits(64, 32, 1024), new RandomTokens(new SecureRandom()));

  /** Each request as protocol version 1 shows it; {@code '} stands for {@code "}. */
  static Stream<Arguments> requests() {
    return Stream.of(
        Arguments.of(
            "{'cmd':'hello','data':{'client':'a test','versions':[1]}}",
            new Hello("a test", List.of(1))),
        Arguments.of(
            "{'cmd':'hello','data':{'versions':[3,2,1]}}", new Hello(null, List.of(3, 2, 1))),
        Arguments.of(
            "{'cmd':'create-room','data':{'name':'n','username':'u','client_room_id':'c',"
                + "'public_key_string':'PEM'}}",
            new CreateRoom("n", "u", "c", PEM)),
        Arguments.of(
            "{'cmd':'room-key-onetime','data':{'room_id':'ROOM'}}",
            new IssueKey(ROOM, KeyKind.ONE_TIME)),
        Arguments.of(
            "{'cmd':'room-key-forever','data':{'room_id':'ROOM'}}",
            new IssueKey(ROOM, KeyKind.FOREVER)),
        Arguments.of("{'cmd':'reset-room-keys','data':{'room_id':'ROOM'}}", new ResetKeys(ROOM)),
        Arguments.of(
            "{'cmd':'join-room-onetime','data':{'room_id':'ROOM','one_time_key':'KEY',"
                + "'username':'u','public_key':'PEM'}}",
            new JoinRoom(ROOM, KeyKind.ONE_TIME, KEY, "u", PEM)),
        Arguments.of(
            "{'cmd':'join-room-forever','data':{'room_id':'ROOM','forever_key':'KEY',"
                + "'username':'u','public_key':'PEM'}}",
            new JoinRoom(ROOM, KeyKind.FOREVER, KEY, "u", PEM)),
        Arguments.of(
            "{'cmd':'send-message','data':{'room_id':'ROOM','to_user_id':'USER','content':'x'}}",
            new SendMessage(ROOM, USER, "x")),
        Arguments.of(
            "{'cmd':'send-message','data':{'room_id':'ROOM','content':''}}",
            new SendMessage(ROOM, null, "")),
        Arguments.of("{'cmd':'list-members','data':{'room_id':'ROOM'}}", new ListMembers(ROOM)),
        Arguments.of("{'cmd':'leave-room','data':{'room_id':'ROOM'}}", new LeaveRoom(ROOM)),
        Arguments.of("{'cmd':'close-room','data':{'room_id':'ROOM'}}", new CloseRoom(ROOM)));
  }

  private static String json(String template) {
    return template
        .replace('\'', '"')
        .replace("ROOM", ROOM.value())
        .replace("USER", USER.value())
        .replace("KEY\"", KEY.value() + "\"")
        .replace("PEM", PEM_JSON);
  }

  private ClientFrame decode(String frame) {
    return decoder.decode(frame.getBytes(StandardCharsets.UTF_8));
  }

  private ClientPacket packet(String template) {
    ClientFrame frame = decode(json(template));
    assertThat(frame).isInstanceOf(ClientFrame.Request.class);
    return ((ClientFrame.Request) frame).packet();
  }

  @ParameterizedTest
  @MethodSource("requests")
  void everyCommandIsReadInItsShape(String frame, ClientPacket expected) {
    assertThat(decode(json(frame))).isEqualTo(new ClientFrame.Request(null, expected));
  }

  @ParameterizedTest
  @MethodSource("requests")
  void theRequestsOwnIdIsKeptWhereverItStands(String frame, ClientPacket expected) {
    String before = json(frame).replaceFirst("\\{", "{\"id\":\"7\",");
    String behind = json(frame).replaceFirst("}$", ",\"id\":\"7\"}");
    assertThat(decode(before)).isEqualTo(new ClientFrame.Request("7", expected));
    assertThat(decode(behind)).isEqualTo(new ClientFrame.Request("7", expected));
  }

  @ParameterizedTest
  @MethodSource("requests")
  void unknownFieldsAreIgnored(String frame, ClientPacket expected) {
    String unknown =
        "\"later\":{\"cmd\":1,\"deep\":[[{\"id\":[]}],\"\\ud800\"]},\"flag\":null,\"n\":-1.5e300,";
    String everywhere = json(frame).replaceAll("\\{(?=\")", "{" + unknown.replace("\\", "\\\\"));
    assertThat(decode(everywhere)).isEqualTo(new ClientFrame.Request(null, expected));
  }

  @ParameterizedTest
  @MethodSource("requests")
  void whatAClientWritesTheServerReads(String frame, ClientPacket packet) {
    assertThat(decoder.decode(PacketJson.encode(packet, "an id")))
        .isEqualTo(new ClientFrame.Request("an id", packet));
    assertThat(decoder.decode(PacketJson.encode(packet, null)))
        .isEqualTo(new ClientFrame.Request(null, packet));
    assertThat(new String(PacketJson.encode(packet, null), StandardCharsets.UTF_8))
        .isEqualTo(json(frame));
  }

  @Test
  void everyTypeOfRequestIsAmongTheExamples() {
    assertThat(
            requests()
                .<Class<?>>map(example -> example.get()[1].getClass())
                .collect(Collectors.toSet()))
        .isEqualTo(leaves(ClientPacket.class).collect(Collectors.toSet()));
  }

  @Test
  void whatMayBeAnsweredWithTheKeysOfAWholeRoomWeighsMost() {
    requests()
        .map(example -> example.get()[1])
        .filter(ClientPacket.ForRoom.class::isInstance)
        .map(ClientPacket.ForRoom.class::cast)
        .forEach(
            packet ->
                assertThat(packet.weight())
                    .as(packet.command())
                    .isEqualTo(packet.enters() || packet instanceof ListMembers ? 32 : 1));
    assertThat(requests().filter(example -> enters(example.get()[1])))
        .isNotEmpty()
        .allMatch(
            example ->
                example.get()[1] instanceof CreateRoom || example.get()[1] instanceof JoinRoom);
  }

  @Test
  void theLongerAMessageToEverybodyIsTheMoreItWeighs() {
    assertThat(new SendMessage(ROOM, null, "x".repeat(2047)).weight()).isEqualTo(1);
    assertThat(new SendMessage(ROOM, null, "x".repeat(2048)).weight()).isEqualTo(2);
    assertThat(new SendMessage(ROOM, null, "x".repeat(62 << 10)).weight()).isEqualTo(32);
    assertThat(new SendMessage(ROOM, null, "x".repeat(1 << 20)).weight()).isEqualTo(32);
    assertThat(new SendMessage(ROOM, USER, "x".repeat(1 << 20)).weight()).isEqualTo(1);
  }

  private static boolean enters(Object packet) {
    return packet instanceof ClientPacket.ForRoom request && request.enters();
  }

  private static Stream<Class<?>> leaves(Class<?> type) {
    return type.isSealed()
        ? Stream.of(type.getPermittedSubclasses()).flatMap(ClientPacketDecoderTest::leaves)
        : Stream.of(type);
  }

  @Test
  void fieldsComeInAnyOrder() {
    assertThat(
            packet(
                "{'data':{'public_key_string':'PEM','client_room_id':'c','username':'u','name':'n'},"
                    + "'cmd':'create-room'}"))
        .isEqualTo(new CreateRoom("n", "u", "c", PEM));
    assertThat(
            packet(
                "{'data':{'public_key':'PEM','username':'u','one_time_key':'KEY','room_id':'ROOM'},"
                    + "'cmd':'join-room-onetime'}"))
        .isEqualTo(new JoinRoom(ROOM, KeyKind.ONE_TIME, KEY, "u", PEM));
  }

  @Test
  void whitespaceAndEscapesMeanWhatJsonSaysTheyMean() {
    assertThat(
            packet(
                " \r\n{ \t'\\u0063md' : 'send-mes\\u0073age' , 'data':{'room_id':'ROOM',"
                    + "'content':'\\ud83d\\ude00\\u0000\\'\\\\\\/'} } \n".replace("\\'", "\\\"")))
        .isEqualTo(new SendMessage(ROOM, null, "\ud83d\ude00\u0000\"\\/"));
  }

  @Test
  void aControlCharacterInAContentIsNoJsonWhereverItStands() {
    for (String content : List.of("\u0001", "0123456789\n", "\t\\n", "\\n\t")) {
      String frame = json("{ 'cmd':'send-message','data':{'room_id':'ROOM','content':'?'}}");
      assertThat(decode(frame.replace("?", content)))
          .isInstanceOfSatisfying(
              ClientFrame.Refused.class,
              refused -> assertThat(refused.failure().code()).isEqualTo(ErrorCode.BAD_PACKET));
      assertThat(decode(frame.replace("?", "0123456789"))).isInstanceOf(ClientFrame.Request.class);
    }
  }

  @Test
  void anEmptyIdIsAnIdAndSoIsOneOfSixtyFourCharacters() {
    String frame = json("{'cmd':'list-members','data':{'room_id':'ROOM'},'id':'ID'}");
    assertThat(decode(frame.replace("ID", "")).id()).isEmpty();
    String longest = "\ud83d\ude00".repeat(32);
    assertThat(decode(frame.replace("ID", longest)).id()).isEqualTo(longest);
  }

  @Test
  void textsAreMeasuredInBytesOfUtf8() {
    String frame =
        "{'cmd':'create-room','data':{'name':'n','username':'NAME','client_room_id':'c',"
            + "'public_key_string':'PEM'}}";
    String fits = "\u20ac".repeat(10) + "ab";
    assertThat(packet(frame.replace("NAME", fits))).isEqualTo(new CreateRoom("n", fits, "c", PEM));
    assertThat(decode(json(frame.replace("NAME", fits + "c"))))
        .isInstanceOf(ClientFrame.Refused.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "short", "RRRRRRRRRRRRRRRRRRRRRRRRRRRRRRR-", "\u00e9"})
  void anIdOrKeyOfTheWrongFormStandsForOneThatNobodyHas(String wrong) {
    String join =
        "{'cmd':'join-room-onetime','data':{'room_id':'A','one_time_key':'B','username':'u',"
            + "'public_key':'PEM'}}";
    JoinRoom first = (JoinRoom) packet(join.replace("'A'", "'" + wrong + "'"));
    JoinRoom second = (JoinRoom) packet(join.replace("'B'", "'" + wrong + "'"));
    assertThat(first.room()).isNotEqualTo(second.room());
    assertThat(first.key()).isNotEqualTo(second.key());
    String send = "{'cmd':'send-message','data':{'room_id':'ROOM','to_user_id':'A','content':'x'}}";
    SendMessage third = (SendMessage) packet(send.replace("'A'", "'" + wrong + "'"));
    SendMessage fourth = (SendMessage) packet(send.replace("'A'", "'" + wrong + "'"));
    assertThat(third.to()).isNotNull().isNotEqualTo(fourth.to());
  }
}
