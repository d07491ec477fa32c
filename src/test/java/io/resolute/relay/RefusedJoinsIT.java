package io.resolute.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.resolute.testing.RawClient;
import io.resolute.testing.TestServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What somebody without a key learns of a room: nothing. */
class RefusedJoinsIT {
  @Test
  void whateverIsWrongWithAJoinTheAnswerIsTheSameToTheByte() {
    try (TestServer server = TestServer.start(RefusedJoins.CONFIG);
        RefusedJoins joins = new RefusedJoins(server);
        RawClient eve = server.connect()) {
      for (Map<String, String> all : List.of(joins.oneTime(), joins.forever())) {
        String expected = eve.send(all.get("no room")).nextText();
        assertThat(expected).contains("\"bad-key\"");
        assertThat(all).hasSize(11);
        all.forEach(
            (wrong, frame) -> assertThat(eve.send(frame).nextText()).as(wrong).isEqualTo(expected));
      }
    }
  }

  @Test
  void aRefusedJoinSpendsNoKeyAndTakesNoSeat() {
    try (TestServer server = TestServer.start(RefusedJoins.CONFIG);
        RefusedJoins joins = new RefusedJoins(server);
        RawClient eve = server.connect()) {
      joins.oneTime().values().forEach(frame -> eve.send(frame).next("join-room-onetime-error"));
      joins.forever().values().forEach(frame -> eve.send(frame).next("join-room-forever-error"));
      String key = joins.open().oneTimeKey();
      eve.send("join-room-onetime", joins.open().joinOneTime(key)).next("joined");
    }
  }
}
