package io.resolute.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Frames that are no requests, and their answers; {@code '} stands for {@code "}. */
class MalformedFrameTest {
  private static final String ROOM = "R".repeat(32);

  private final ClientPacketDecoder decoder =
      new ClientPacketDecoder(new PacketLimits(64, 32, 1024), new RandomTokens(new SecureRandom()));

  private ClientFrame.Refused refused(byte[] frame) {
    ClientFrame decoded = decoder.decode(frame);
    assertThat(decoded).isInstanceOf(ClientFrame.Refused.class);
    return (ClientFrame.Refused) decoded;
  }

  private ClientFrame.Refused refused(String frame) {
    return refused(bytes(frame));
  }

  private ClientFrame decode(String frame) {
    return decoder.decode(bytes(frame));
  }

  private static byte[] bytes(String frame) {
    return frame.replace('\'', '"').replace("ROOM", ROOM).getBytes(StandardCharsets.UTF_8);
  }

  private void assertBadPacket(ClientFrame.Refused frame) {
    assertThat(frame.failure().code()).isEqualTo(ErrorCode.BAD_PACKET);
    assertThat(frame.failure().command()).isEqualTo("error");
    assertThat(frame.failure().room()).isNull();
  }

  private void assertBeyondBounds(ClientFrame.Refused frame) {
    assertBadPacket(frame);
    assertThat(frame.failure().msg())
        .isEqualTo(
            "a frame is nested 16 deep at most, with numbers of 1000 characters and names of fields"
                + " of 50000");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "true",
        "1",
        "'hello'",
        "[]",
        "[{'cmd':'hello','data':{'versions':[1]}}]",
        "{",
        "}",
        "{'cmd'",
        "{'cmd':'hello','data':{'versions':[1]}",
        "{'cmd':'hello','data':{'versions':[1]}},",
        "{'cmd':'hello','data':{'versions':[1]}} {}",
        "{'cmd':'hello','data':{'versions':[1]}}{'cmd':'hello','data':{'versions':[1]}}",
        "{'cmd':'hello','data':{'versions':[1]}} x",
        "{'cmd':'hello','data':{'versions':[1]}}\u0000",
        "{'cmd':'hello','data':{'versions':[1]},}",
        "{'cmd':'hello','data':{'versions':[1,]}}",
        "{cmd:'hello','data':{'versions':[1]}}",
        "{'cmd':hello,'data':{'versions':[1]}}",
        "{'cmd':'hello','data':{'versions':[01]}}",
        "{'cmd':'hello','data':{'versions':[1]},'x':NaN}",
        "{'cmd':'hello','data':{'versions':[1]}/**/}",
        "{'cmd':'hello','data':{'versions':[1]},'x':'\n'}",
        "{'cmd':'hello','data':{'versions':[1]},'x':'\\x41'}",
        "\ufeff{'cmd':'hello','data':{'versions':[1]}}"
      })
  void whatIsNotOneJsonObjectIsRefused(String frame) {
    assertBadPacket(refused(frame));
    assertThat(refused(frame).id()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'cmd':'hello','cmd':'hello','data':{'versions':[1]}}",
        "{'cmd':'hello','c\\u006dd':'hello','data':{'versions':[1]}}",
        "{'id':'1','id':'1','cmd':'hello','data':{'versions':[1]}}",
        "{'cmd':'hello','data':{'versions':[1]},'data':{'versions':[1]}}",
        "{'cmd':'hello','data':{'versions':[1],'versions':[1]}}",
        "{'cmd':'hello','data':{'versions':[1],'x':1,'x':2}}",
        "{'cmd':'hello','data':{'versions':[1]},'x':1,'x':1}",
        "{'cmd':'hello','data':{'versions':[1]},'x':{'y':1,'z':2,'y':3}}",
        "{'cmd':'hello','data':{'versions':[1],'x':[[{'y':{'z':1,'z':1}}]]}}",
        "{'cmd':'hello','data':{'versions':[1],'client':{'y':1,'y':3}}}"
      })
  void aRepeatedFieldIsRefusedAtAnyDepth(String frame) {
    assertBadPacket(refused(frame));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'id':'7'}",
        "{'id':'7','data':{'versions':[1]}}",
        "{'cmd':null,'id':'7'}",
        "{'cmd':1,'id':'7'}",
        "{'cmd':['hello'],'id':'7'}",
        "{'cmd':{'cmd':'hello'},'id':'7'}",
        "{'cmd':'\\ud800','id':'7'}",
        "{'cmd':'hello','id':'7'}",
        "{'cmd':'hello','data':null,'id':'7'}",
        "{'cmd':'hello','data':[1],'id':'7'}",
        "{'cmd':'hello','data':'versions','id':'7'}",
        "{'cmd':'hello','data':{},'id':'7'}",
        "{'cmd':'hello','data':{'versions':1},'id':'7'}",
        "{'cmd':'hello','data':{'versions':{'1':1}},'id':'7'}",
        "{'cmd':'hello','data':{'versions':['1']},'id':'7'}",
        "{'cmd':'hello','data':{'versions':[1.0]},'id':'7'}",
        "{'cmd':'hello','data':{'versions':[[1],{}]},'id':'7'}",
        "{'cmd':'hello','data':{'client':1,'versions':[1]},'id':'7'}",
        "{'cmd':'list-members','data':{},'id':'7'}",
        "{'cmd':'list-members','data':{'room_id':1},'id':'7'}",
        "{'cmd':'list-members','data':{'room_id':null},'id':'7'}",
        "{'cmd':'list-members','room_id':'ROOM','id':'7'}",
        "{'cmd':'send-message','data':{'room_id':'ROOM'},'id':'7'}",
        "{'cmd':'send-message','data':{'content':'x'},'id':'7'}",
        "{'cmd':'send-message','data':{'room_id':'ROOM','content':{'a':'x'}},'id':'7'}",
        "{'cmd':'send-message','data':{'room_id':'ROOM','content':'\\ud800'},'id':'7'}",
        "{'cmd':'send-message','data':{'room_id':'ROOM','content':'\\ude00\\ud83d'},'id':'7'}",
        "{'cmd':'send-message','data':{'room_id':'ROOM','content':'x','to_user_id':1},'id':'7'}",
        "{'cmd':'create-room','data':{'username':'u','client_room_id':'c'},'id':'7'}",
        "{'cmd':'create-room','data':{'name':'n','client_room_id':'c'},'id':'7'}",
        "{'cmd':'create-room','data':{'name':'n','username':'u'},'id':'7'}",
        "{'cmd':'create-room','data':{'name':'n','username':'u','client_room_id':'c'},'id':'7'}",
        "{'cmd':'join-room-onetime','data':{'room_id':'ROOM','forever_key':'k'},'id':'7'}",
        "{'cmd':'join-room-forever','data':{'room_id':'ROOM','one_time_key':'k'},'id':'7'}"
      })
  void aMissingOrIllTypedFieldIsRefusedUnderTheIdBehindIt(String frame) {
    assertBadPacket(refused(frame));
    assertThat(refused(frame).id()).isEqualTo("7");
  }

  @ParameterizedTest
  @CsvSource({
    "{'cmd':'hello';'data':{}}, versions is missing",
    "{'cmd':'hello';'data':{'versions':1}}, versions is not an array",
    "{'cmd':'join-room-forever';'data':{'room_id':'ROOM'}}, forever_key is missing",
    "{'cmd':'join-room-forever';'data':{'room_id':'ROOM';'forever_key':1}}, forever_key is not a string"
  })
  void whatIsWrongWithAFieldIsSaid(String frame, String what) {
    assertThat(refused(frame.replace(';', ',')).failure().msg()).isEqualTo(what);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "null", "['7']", "{'id':'7'}", "'\\udc00'"})
  void anIdThatIsNoTextIsRefusedWithoutOne(String id) {
    ClientFrame.Refused frame =
        refused("{'id':" + id + ",'cmd':'list-members','data':{'room_id':'ROOM'}}");
    assertBadPacket(frame);
    assertThat(frame.id()).isNull();
  }

  @Test
  void anIdOfSixtyFiveCharactersIsRefusedWithoutIt() {
    ClientFrame.Refused frame =
        refused("{'cmd':'list-members','data':{'room_id':'ROOM'},'id':'" + "i".repeat(65) + "'}");
    assertBadPacket(frame);
    assertThat(frame.id()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "HELLO", "hello ", "joined", "user-left", "hello-error", "error", "\u00e9"})
  void anUnknownCommandIsNamedAsSuch(String command) {
    ClientFrame.Refused frame = refused("{'cmd':'" + command + "','data':{},'id':'7'}");
    assertThat(frame.failure().code()).isEqualTo(ErrorCode.UNKNOWN_COMMAND);
    assertThat(frame.failure().command()).isEqualTo("error");
    assertThat(frame.id()).isEqualTo("7");
  }

  /** The owner of a room may end it, and nothing smaller. */
  @ParameterizedTest
  @ValueSource(strings = {"kick", "ban", "kick-member", "remove-member", "remove-user", "put-out"})
  void thereIsNoCommandThatPutsOutOneMember(String command) {
    String user = "U".repeat(32);
    ClientFrame.Refused frame =
        refused("{'cmd':'" + command + "','data':{'room_id':'ROOM','user_id':'" + user + "'}}");
    assertThat(frame.failure().code()).isEqualTo(ErrorCode.UNKNOWN_COMMAND);
  }

  @Test
  void aHelloWithoutVersionOneIsAnsweredAsThat() {
    ClientFrame.Refused frame = refused("{'cmd':'hello','data':{'versions':[2,0]},'id':'7'}");
    assertThat(frame.failure().code()).isEqualTo(ErrorCode.UNSUPPORTED_VERSION);
    assertThat(frame.failure().command()).isEqualTo("hello-error");
    assertThat(frame.id()).isEqualTo("7");
    assertThat(refused("{'cmd':'hello','data':{'versions':[]}}").failure().code())
        .isEqualTo(ErrorCode.UNSUPPORTED_VERSION);
  }

  @ParameterizedTest
  @CsvSource({
    "hello, client, 64",
    "create-room, name, 64",
    "create-room, username, 32",
    "create-room, client_room_id, 64",
    "create-room, public_key_string, 1024",
    "join-room-onetime, username, 32",
    "join-room-onetime, public_key, 1024",
    "join-room-forever, username, 32",
    "join-room-forever, public_key, 1024"
  })
  void aTextAboveItsLimitIsTooLarge(String command, String field, int limit) {
    String data =
        "'versions':[1],'client':'x','name':'x','username':'x','client_room_id':'x',"
            + "'public_key_string':'x','public_key':'x','room_id':'ROOM','one_time_key':'x',"
            + "'forever_key':'x'";
    String pem = "-----BEGIN A-----\\nMAoC\\n-----END A-----\\n";
    String valid =
        data.replace("key_string':'x'", "key_string':'" + pem + "'")
            .replace("public_key':'x'", "public_key':'" + pem + "'");
    String tooLong =
        valid.replaceFirst(
            "'" + field + "':'[^']*'", "'" + field + "':'" + "y".repeat(limit + 1) + "'");
    ClientFrame.Refused frame =
        refused("{'cmd':'" + command + "','data':{" + tooLong + "},'id':'7'}");
    assertThat(frame.failure().code()).isEqualTo(ErrorCode.TOO_LARGE);
    assertThat(frame.failure().command()).isEqualTo(command + "-error");
    assertThat(frame.id()).isEqualTo("7");
    byte[] right =
        ("{'cmd':'" + command + "','data':{" + valid + "}}")
            .replace('\'', '"')
            .getBytes(StandardCharsets.UTF_8);
    assertThat(decoder.decode(right)).isInstanceOf(ClientFrame.Request.class);
  }

  @ParameterizedTest
  @CsvSource({
    "username, \\u0001, 5",
    "username, \\u000b, 5",
    "username, \\n, 16",
    "username, \\\\, 16",
    "username, \\u0041, 32",
    "public_key, \\n, 491"
  })
  void aTextIsAsLongAsWhatItTakesInTheFramesOfOthers(String field, String spelled, int fitting) {
    assertThat(join(field, spelled.repeat(fitting))).isInstanceOf(ClientFrame.Request.class);
    ClientFrame frame = join(field, spelled.repeat(fitting + 1));
    assertThat(((ClientFrame.Refused) frame).failure().code()).isEqualTo(ErrorCode.TOO_LARGE);
  }

  private ClientFrame join(String field, String text) {
    boolean named = field.equals("username");
    String frame =
        "{'cmd':'join-room-onetime','data':{'room_id':'x','one_time_key':'x','username':'"
            + (named ? text : "u")
            + "','public_key':'-----BEGIN A-----\\nMAoC\\n-----END A-----\\n"
            + (named ? "" : text)
            + "'}}";
    return decoder.decode(frame.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @CsvSource({
    "create-room, public_key_string",
    "join-room-onetime, public_key",
    "join-room-forever, public_key"
  })
  void aPublicKeyThatIsNotPemIsAnsweredAsThat(String command, String field) {
    ClientFrame.Refused frame =
        refused(
            "{'cmd':'COMMAND','id':'7','data':{'FIELD':'not PEM','name':'x','username':'x',"
                    .replace("COMMAND", command)
                    .replace("FIELD", field)
                + "'client_room_id':'x','room_id':'ROOM','one_time_key':'x','forever_key':'x'}}");
    assertThat(frame.failure().code()).isEqualTo(ErrorCode.BAD_PUBLIC_KEY);
    assertThat(frame.failure().command()).isEqualTo(command + "-error");
    assertThat(frame.id()).isEqualTo("7");
  }

  @ParameterizedTest
  @ValueSource(ints = {17, 1000, 30_000})
  void deepNestingIsRefused(int depth) {
    String deep = "[".repeat(depth) + "]".repeat(depth);
    assertBeyondBounds(refused("{'cmd':'hello','data':{'versions':[1]},'x':" + deep + "}"));
    assertBeyondBounds(refused("{'cmd':'hello','data':{'versions':" + deep + "}}"));
    assertBeyondBounds(refused("{'x':".repeat(depth) + "1" + "}".repeat(depth)));
  }

  @Test
  void aNumberOfMoreThanAThousandDigitsIsRefusedAlsoInAFieldThatNobodyKnows() {
    String frame = "{'cmd':'hello','data':{'versions':[1]},'x':NUMBER}";
    assertThat(decode(frame.replace("NUMBER", "7".repeat(1000))))
        .isInstanceOf(ClientFrame.Request.class);
    assertBeyondBounds(refused(frame.replace("NUMBER", "7".repeat(1001))));
  }

  @Test
  void aNameOfAFieldOfMoreThan50000CharactersIsRefused() {
    String frame = "{'cmd':'hello','data':{'versions':[1]},'NAME':1}";
    assertThat(decode(frame.replace("NAME", "n".repeat(50_000))))
        .isInstanceOf(ClientFrame.Request.class);
    assertBeyondBounds(refused(frame.replace("NAME", "n".repeat(50_001))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e999999999", "-0.1e-999999"})
  void fractionsAreNoVersions(String number) {
    assertBadPacket(refused("{'cmd':'hello','data':{'versions':[" + number + "]}}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"99999999999", "-99999999999999999999"})
  void hugeNumbersAreVersionsThatTheServerDoesNotSpeak(String number) {
    ClientFrame.Refused frame = refused("{'cmd':'hello','data':{'versions':[" + number + "]}}");
    assertThat(frame.failure().code()).isEqualTo(ErrorCode.UNSUPPORTED_VERSION);
    ClientFrame both = decode("{'cmd':'hello','data':{'versions':[" + number + ",1]}}");
    assertThat(both).isInstanceOf(ClientFrame.Request.class);
  }

  @Test
  void aBadFieldThatAnotherCommandHasIsIgnored() {
    String room = "A".repeat(32);
    assertThat(decode("{'cmd':'list-members','data':{'room_id':'" + room + "','name':5}}"))
        .isInstanceOf(ClientFrame.Request.class);
    assertThat(refused("{'cmd':'dance','data':{'name':5}}").failure().code())
        .isEqualTo(ErrorCode.UNKNOWN_COMMAND);
  }

  @Test
  void whatIsNotOneObjectIsAnsweredWithTheIdIfThatWasRead() {
    assertThat(refused("{'id':'7','cmd':'hello','cmd':'hello'}").id()).isEqualTo("7");
    assertThat(refused("{'id':'7','cmd'").id()).isEqualTo("7");
    assertThat(refused("{'cmd':'hello','cmd':'hello','id':'7'}").id()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-16", "UTF-32LE", "UTF-32BE"})
  void anotherEncodingThanUtf8IsRefused(String charset) {
    String hello = "{\"cmd\":\"hello\",\"data\":{\"versions\":[1]}}";
    assertBadPacket(refused(hello.getBytes(Charset.forName(charset))));
  }

  @Test
  void anOverlongQuoteEndsNoText() {
    byte[] frame =
        "{'cmd':'hello','data':{'versions':[1]},'x':'XX}"
            .replace('\'', '"')
            .getBytes(StandardCharsets.US_ASCII);
    frame[frame.length - 3] = (byte) 0xc0;
    frame[frame.length - 2] = (byte) 0xa2;
    assertBadPacket(refused(frame));
  }

  @Test
  void anAnswerQuotesNothingOfTheFrame() {
    String secret = "S3cretS3cretS3cret";
    for (String frame :
        new String[] {
          "{'cmd':'" + secret + "'}",
          "{'" + secret + "':1,'cmd':'hello'}",
          secret,
          "{'cmd':'list-members','data':{'room_id':['" + secret + "']}}",
          "{'cmd':'hello','data':{'client':'" + secret.repeat(10) + "','versions':[1]}}"
        }) {
      assertThat(refused(frame).failure().msg()).isNotBlank().doesNotContain(secret);
    }
  }

  @Test
  void noFrameBreaksTheDecoder() {
    Random random = new Random(20_261_123);
    byte[] valid =
        ("{\"cmd\":\"send-message\",\"id\":\"7\",\"data\":{\"room_id\":\""
                + ROOM
                + "\",\"content\":\"\\ud83d\\ude00\u20ac\",\"versions\":[1,[2]],\"x\":-1.5e3}}")
            .getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < 20_000; i++) {
      byte[] frame = valid.clone();
      for (int change = random.nextInt(4); change >= 0; change--) {
        frame[random.nextInt(frame.length)] =
            random.nextBoolean() ? valid[random.nextInt(valid.length)] : (byte) random.nextInt(256);
      }
      assertThat(decoder.decode(frame)).isNotNull();
    }
  }

  @Test
  void namesThatAClientMakesUpAreNotKept() {
    String name = "n".repeat(49_000);
    int frames = 1000;
    long before = usedHeap();
    for (int i = 0; i < frames; i++) {
      refused("{'" + name + i + "':1}");
    }
    assertThat(usedHeap() - before).isLessThan((long) frames * name.length() / 4);
  }

  private static long usedHeap() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
