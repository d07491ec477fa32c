package io.resolute.relay;

import static io.resolute.testing.FrameSocket.FIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.resolute.RelayCounts;
import io.resolute.testing.FrameSocket;
import io.resolute.testing.Heap;
import io.resolute.testing.RawClient;
import io.resolute.testing.Room;
import io.resolute.testing.TestServer;
import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Two minutes of everything at once, after which all is as it was. */
class MixedLoadIT {
  private static final Duration LENGTH = Duration.ofMinutes(2);
  private static final int WORKERS = 6;
  private static final long TOLERATED_BYTES = 8L * 1024 * 1024;
  private static final int TOLERATED_DESCRIPTORS = 8;

  @Test
  void leavesNothingBehind() throws Exception {
    try (TestServer server = TestServer.start()) {
      int consumers = server.consumers();
      long warmUp = load(server, Duration.ofSeconds(5));
      assertThat(warmUp).isPositive();
      awaitNothing(server, consumers);
      long heap = Heap.used();
      int descriptors = descriptors();

      long conversations = load(server, LENGTH);

      awaitNothing(server, consumers);
      assertThat(conversations).isGreaterThan(warmUp);
      assertThat(Heap.used()).isLessThan(heap + TOLERATED_BYTES);
      await().until(() -> descriptors() <= descriptors + TOLERATED_DESCRIPTORS);
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

  /** Returns how many conversations there were. */
  private static long load(TestServer server, Duration length) throws Exception {
    long end = System.nanoTime() + length.toNanos();
    ExecutorService threads = Executors.newFixedThreadPool(WORKERS);
    try {
      List<Callable<Long>> workers = new ArrayList<>();
      for (int i = 0; i < WORKERS; i++) {
        Random random = new Random(i);
        workers.add(
            () -> {
              long conversations = 0;
              while (System.nanoTime() < end) {
                converse(server, random);
                conversations++;
              }
              return conversations;
            });
      }
      long total = 0;
      for (Future<Long> worker : threads.invokeAll(workers)) {
        total += worker.get();
      }
      return total;
    } finally {
      threads.shutdown();
    }
  }

  private static void converse(TestServer server, Random random) throws IOException {
    RawClient owner = server.connect();
    Room room = Room.create(owner);
    List<RawClient> guests = new ArrayList<>();
    for (int i = random.nextInt(4); i >= 0; i--) {
      RawClient guest = server.connect();
      room.admit(guest);
      guests.forEach(earlier -> earlier.next("user-joined-onetime"));
      guests.add(guest);
    }
    for (int i = random.nextInt(20); i >= 0; i--) {
      owner.send("send-message", room.toAll("x".repeat(random.nextInt(4000))));
      guests.forEach(guest -> guest.next("send-message"));
    }
    rubbish(server, random);
    room.oneTimeKey();
    for (RawClient guest : guests) {
      depart(guest, room, random);
    }
    depart(owner, room, random);
  }

  private static void depart(RawClient client, Room room, Random random) {
    switch (random.nextInt(3)) {
      case 0 -> client.abort();
      case 1 -> client.close();
      default -> {
        client.send("leave-room", room.inRoom());
        client.abort();
      }
    }
  }

  private static void rubbish(TestServer server, Random random) throws IOException {
    byte[] bytes = new byte[random.nextInt(200)];
    random.nextBytes(bytes);
    try (FrameSocket socket = FrameSocket.open(server.port())) {
      if (random.nextBoolean()) {
        socket.write(bytes);
      } else {
        socket.frame(FIN | random.nextInt(128), bytes);
      }
    }
  }

  private static int descriptors() {
    String[] open = new File("/proc/self/fd").list();
    return open == null ? 0 : open.length;
  }
}
