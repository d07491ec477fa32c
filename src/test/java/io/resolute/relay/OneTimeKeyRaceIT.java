package io.resolute.relay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.resolute.testing.RawClient;
import io.resolute.testing.Room;
import io.resolute.testing.TestServer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many connections, one one-time key. Rooms, keys and connections are on four event loops. */
class OneTimeKeyRaceIT {
  private static final int ROUNDS = 1000;
  private static final int RACERS = 50;
  private static final int ROOMS = 8;

  @Test
  void exactlyOneOfFiftyGetsInEachOfAThousandTimes() throws Exception {
    ExecutorService senders = Executors.newFixedThreadPool(4);
    try (TestServer server = TestServer.start();
        RawClient owner = server.connect()) {
      List<Room> rooms = IntStream.range(0, ROOMS).mapToObj(i -> Room.create(owner)).toList();
      List<RawClient> racers = IntStream.range(0, RACERS).mapToObj(i -> server.connect()).toList();
      for (int round = 0; round < ROUNDS; round++) {
        race(rooms.get(round % ROOMS), racers, senders);
      }
      racers.forEach(RawClient::close);
    } finally {
      senders.shutdown();
    }
  }

  private static void race(Room room, List<RawClient> racers, ExecutorService senders)
      throws InterruptedException {
    String join = room.joinOneTime(room.oneTimeKey());
    List<Callable<RawClient>> sends = new ArrayList<>();
    racers.forEach(racer -> sends.add(() -> racer.send("join-room-onetime", join)));
    senders.invokeAll(sends);

    List<RawClient> winners = new ArrayList<>();
    int refused = 0;
    for (RawClient racer : racers) {
      JsonNode answer = racer.next();
      if (answer.get("cmd").asText().equals("joined")) {
        winners.add(racer);
      } else {
        assertThat(answer.at("/data/code").asText()).isEqualTo("bad-key");
        refused++;
      }
    }
    assertThat(winners).hasSize(1);
    assertThat(refused).isEqualTo(RACERS - 1);

    winners.get(0).send("leave-room", room.inRoom()).next("leave-room");
    room.owner().next("user-joined-onetime");
    room.owner().next("user-left");
  }
}
