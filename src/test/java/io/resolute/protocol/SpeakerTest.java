package io.resolute.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SpeakerTest {
  private static final RoomId ROOM = new RoomId("R".repeat(32));
  private static final UserId USER = new UserId("U".repeat(32));
  private static final Speaker ANN = new Speaker(ROOM, USER, "ann");

  @Test
  void isWhoSaysItWhereAndIsCalledTheSame() {
    assertThat(new Speaker(ROOM, USER, "ann")).isEqualTo(ANN).hasSameHashCodeAs(ANN);
    assertThat(new Speaker(new RoomId("S".repeat(32)), USER, "ann")).isNotEqualTo(ANN);
    assertThat(new Speaker(ROOM, new UserId("V".repeat(32)), "ann")).isNotEqualTo(ANN);
    assertThat(new Speaker(ROOM, USER, "bob")).isNotEqualTo(ANN).doesNotHaveSameHashCodeAs(ANN);
  }

  @Test
  void isNamedInWhatItSays() {
    ServerPacket.Message message = new ServerPacket.Message(ANN, Content.of("hello"));
    assertThat(message.room()).isEqualTo(ROOM);
    assertThat(message.sender()).isEqualTo(USER);
    assertThat(message.username()).isEqualTo("ann");
  }

  @Test
  void keepsTheHeadOfItsMessagesUnlessThatIsLong() {
    String most = "a".repeat(512 - new Speaker(ROOM, USER, "").head().length);
    Speaker kept = new Speaker(ROOM, USER, most);
    assertThat(kept.head()).isSameAs(kept.head());
    Speaker tooLong = new Speaker(ROOM, USER, most + "a");
    assertThat(tooLong.head()).isNotSameAs(tooLong.head());
  }

  @Test
  void isNotPrinted() {
    assertThat(ANN).hasToString("Speaker[hidden]");
  }
}
