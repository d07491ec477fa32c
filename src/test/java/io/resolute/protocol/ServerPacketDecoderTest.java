package io.resolute.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.resolute.protocol.ServerPacket.Failure;
import io.resolute.protocol.ServerPacketDecoder.MalformedFrameException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client makes of odd servers; {@code '} stands for {@code "}. */
class ServerPacketDecoderTest {
  private static final String ROOM = "R".repeat(32);

  private final ServerPacketDecoder decoder = new ServerPacketDecoder();

  private static String json(String frame) {
    return frame.replace('\'', '"').replace("ROOM", ROOM);
  }

  @Test
  void anEventOfALaterVersionIsIgnored() throws MalformedFrameException {
    assertThat(decoder.decode(json("{'cmd':'user-waved','data':{'room_id':[]}}"))).isEmpty();
    assertThat(decoder.decode(json("{'cmd':'user-waved'}"))).isEmpty();
  }

  @Test
  void fieldsOfALaterVersionAreIgnored() throws MalformedFrameException {
    assertThat(
            decoder.decode(
                json(
                    "{'x':[{}],'cmd':'message-sent','data':{'room_id':'ROOM','y':1,'recipients':2}}")))
        .contains(new ServerFrame(null, new ServerPacket.MessageSent(new RoomId(ROOM), 2)));
  }

  @Test
  void anErrorOfALaterVersionIsOneThatMayPass() throws MalformedFrameException {
    assertThat(decoder.decode(json("{'cmd':'x-error','data':{'code':'later','msg':'m'}}")))
        .contains(new ServerFrame(null, new Failure("x", ErrorCode.UNAVAILABLE, "m")));
  }

  @ParameterizedTest
  @CsvSource({"0,0", "1500,1500", "-1,", "1e30,", "'null',"})
  void howLongToWaitIsReadWhereItIsANumberOfMilliseconds(String sent, @Nullable Long millis)
      throws MalformedFrameException {
    String frame =
        "{'cmd':'x-error','data':{'code':'rate-limited','msg':'m','retry_after_ms':" + sent + "}}";
    ServerFrame read = decoder.decode(json(frame)).orElseThrow();
    assertThat(((Failure) read.packet()).retryAfter())
        .isEqualTo(millis == null ? null : Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "'cmd'",
        "{}",
        "{",
        "{'cmd':1}",
        "{'cmd':'joined'}",
        "{'cmd':'leave-room','data':{'room_id':'ROOM'}} x",
        "{'cmd':'leave-room','data':{'room_id':'ROOM'},'cmd':'leave-room'}",
        "{'cmd':'leave-room','data':{'room_id':'short'}}",
        "{'cmd':'leave-room','data':{'room_id':1}}",
        "{'cmd':'leave-room','data':'ROOM'}",
        "{'cmd':'error','data':{'code':'bad-packet'}}",
        "{'cmd':'message-sent','data':{'room_id':'ROOM','recipients':'2'}}",
        "{'cmd':'message-sent','data':{'room_id':'ROOM','recipients':2.5}}",
        "{'cmd':'message-sent','data':{'room_id':'ROOM','recipients':99999999999}}",
        "{'cmd':'list-members','data':{'room_id':'ROOM','owner_id':'ROOM','users':null}}",
        "{'cmd':'list-members','data':{'room_id':'ROOM','owner_id':'ROOM','users':[1]}}",
        "{'cmd':'create-room','data':{'room_id':'ROOM'}}"
      })
  void aFrameThatIsNoneOfThisProtocolIsNamedAsSuch(String frame) {
    assertThatExceptionOfType(MalformedFrameException.class)
        .isThrownBy(() -> decoder.decode(json(frame)))
        .satisfies(e -> assertThat(e.getMessage()).isNotBlank().doesNotContain(ROOM));
  }
}
