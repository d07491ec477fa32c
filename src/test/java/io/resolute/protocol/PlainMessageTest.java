package io.resolute.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** That the quick way of reading a message reads what the parser does, and nothing else. */
class PlainMessageTest {
  private static final String ROOM = "R".repeat(32);
  private static final String USER = "U".repeat(32);
  private static final ClientPacketDecoder DECODER =
      new ClientPacketDecoder(new PacketLimits(64, 64, 1024), new RandomTokens(new SecureRandom()));

  private static byte[] utf8(String text) {
    return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
  }

  private static String message(String id, String to, String content) {
    return "{'cmd':'send-message',"
        + id
        + "'data':{'room_id':'"
        + ROOM
        + "',"
        + to
        + "'content':'"
        + content
        + "'}}";
  }

  private static final List<String> ASCII =
      List.of(
          message("'id':'" + "7".repeat(64) + "',", "", "hello"),
          message("", "", "hello"),
          message("", "", ""),
          message("'id':'7',", "", "hello"),
          message("'id':'',", "'to_user_id':'" + USER + "',", "hello"));

  private static final List<String> BEYOND_ASCII =
      List.of(
          message("", "'to_user_id':'" + USER + "',", "gr\u00fc\u00dfe \ud83d\udc4b \u007f"),
          message("'id':'\u00fc',", "", "x"),
          message("'id':'" + "\ud83d\udc4b".repeat(16) + "',", "", "x"));

  private static final List<String> PLAIN =
      Stream.concat(ASCII.stream(), BEYOND_ASCII.stream()).toList();

  @Test
  void readsWhatTheParserReads() {
    for (String text : PLAIN) {
      byte[] frame = utf8(text);
      assertThat(PlainMessage.read(frame)).as(text).isNotNull().isEqualTo(DECODER.parse(frame));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "{'cmd':'send-message',",
        "{'cmd':'send-message','data':{'room_id':'RRRRRRRRRRRRRRRRRRRRRRRRRRRRRRRR'}}",
        "{'cmd':'send-message','data':{'room_id':'short','content':'x'}}",
        "{'cmd':'send-message','data':{'room_id':'RRRRRRRRRRRRRRRRRRRRRRRRRRRRRRR!','content':'x'}}",
        "{'cmd':'send-message','data':{'room_id':'RRRRRRRRRRRRRRRRRRRRRRRRRRRRRRRR','content':'\\u0041'}}",
        "{'cmd':'send-message','data':{'room_id':'RRRRRRRRRRRRRRRRRRRRRRRRRRRRRRRR','content':'x'}} ",
        "{'cmd':'send-message','data':{'room_id':'RRRRRRRRRRRRRRRRRRRRRRRRRRRRRRRR','content':'x','content':'y'}}",
        "{'cmd':'send-message','data':{'room_id':'RRRRRRRRRRRRRRRRRRRRRRRRRRRRRRRR','content':'\u0001'}}",
        "{'cmd':'send-message','data':{'room_id':'RRRRRRRRRRRRRRRRRRRRRRRRRRRRRR\u00fc','content':'x'}}"
      })
  void leavesEverythingElseToTheParser(String text) {
    assertThat(PlainMessage.read(utf8(text))).isNull();
  }

  @Test
  void leavesIdsOfAnotherFormToTheParser() {
    assertThat(PlainMessage.read(utf8(message("'id':'" + "7".repeat(65) + "',", "", "x"))))
        .isNull();
    for (String user : List.of("!".repeat(32), "\u00fc".repeat(16))) {
      assertThat(PlainMessage.read(utf8(message("", "'to_user_id':'" + user + "',", "x"))))
          .isNull();
    }
  }

  @Test
  void aFrameOfWhichOneByteIsAnotherIsReadAsTheParserReadsIt() {
    Random random = new Random(7);
    String bytes = "{}[]:,\"\\ x09RU\u0000\n";
    int plain = 0;
    for (int i = 0; i < 50_000; i++) {
      byte[] frame = utf8(ASCII.get(random.nextInt(ASCII.size()))); // To stay well-formed.
      int at = random.nextInt(frame.length);
      frame[at] = (byte) bytes.charAt(random.nextInt(bytes.length()));
      ClientFrame read = PlainMessage.read(frame);
      if (read != null) {
        plain++;
        assertThat(read)
            .as(new String(frame, StandardCharsets.UTF_8))
            .isEqualTo(DECODER.parse(frame));
      }
    }
    assertThat(plain).isPositive();
  }

  @Test
  void noFrameThatIsCutOffIsRead() {
    for (String text : PLAIN) {
      byte[] frame = utf8(text);
      List<Integer> read = new ArrayList<>();
      for (int length = 0; length < frame.length; length++) {
        if (PlainMessage.read(Arrays.copyOf(frame, length)) != null) {
          read.add(length);
        }
      }
      assertThat(read).isEmpty();
    }
  }
}
