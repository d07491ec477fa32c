package io.resolute.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.resolute.RelayCounts;
import io.resolute.testing.Heap;
import io.resolute.testing.RawClient;
import io.resolute.testing.Room;
import io.resolute.testing.TestServer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Connections that come and go in every way there is, and what is left of them: nothing. */
class ChurnIT {
  private static final int WARM_UP = 200;
  private static final int CONNECTIONS = 3000;
  private static final long TOLERATED_BYTES_EACH = 500;

  @Test
  void nothingIsLeftOfThousandsOfConnections() {
    try (TestServer server = TestServer.start()) {
      int consumers = server.consumers();
      churn(server, WARM_UP);
      awaitNothing(server, consumers);
      long before = Heap.used();

      churn(server, CONNECTIONS);

      awaitNothing(server, consumers);
      assertThat(Heap.used() - before).isLessThan(CONNECTIONS * TOLERATED_BYTES_EACH);
    }
  }

  private static void awaitNothing(TestServer server, int consumers) {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> {
              assertThat(server.counts()).isEqualTo(new RelayCounts(0, 0, 0));
              assertThat(server.consumers()).isEqualTo(consumers);
            });
  }

  /** In threes: an owner, a guest who got in, and one who asks to come in and is gone. */
  private static void churn(TestServer server, int connections) {
    for (int i = 0; i < connections; i += 3) {
      RawClient owner = server.connect();
      RawClient guest = server.connect();
      RawClient hasty = server.connect();
      Room room = Room.create(owner);
      room.admit(guest);
      String unused = room.oneTimeKey();
      room.foreverKey();
      owner.send("send-message", room.toAll("hello"));
      guest.next("send-message");
      hasty.send("join-room-onetime", room.joinOneTime(unused));
      hasty.abort();
      end(guest, i % 2 == 0);
      end(owner, i % 4 < 2);
    }
  }

  private static void end(RawClient client, boolean abruptly) {
    if (abruptly) {
      client.abort();
    } else {
      client.close();
    }
  }
}
