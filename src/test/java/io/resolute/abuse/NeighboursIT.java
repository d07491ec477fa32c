package io.resolute.abuse;

import static io.resolute.testing.FrameSocket.FIN;
import static io.resolute.testing.FrameSocket.TEXT;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import io.resolute.testing.RawClient;
import io.resolute.testing.Room;
import io.resolute.testing.ServerProcess;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What members who do not read cost the server, and those who talk beside them. */
@Tag("abuse")
class NeighboursIT {
  private static final int GUESTS = 20;
  private static final int ROUNDS = 6;
  private static final int MESSAGES = 1000;
  private static final String CONTENT = "x".repeat(4000);
  private static final String CONFIG =
      "'limits':{'sendQueue':'8MiB'},'rates':{'messages':{'rate':'unlimited'},"
          + "'bytes':{'rate':'unlimited'}}";

  // Generous: a machine that does something else meanwhile is to hold them.
  private static final double MEDIAN_RATIO = 3;
  private static final double TAIL_RATIO = 10;

  private static final int STALLED = 200;
  private static final long QUEUE = 1 << 20;
  private static final long FRAME = 64 << 10;
  private static final long SLACK = 64L << 20;

  /** Who else is in the first room. */
  private enum Company {
    NOBODY,
    READING,
    STALLED
  }

  /** Two who talk in a room. */
  private static final class Talk {
    private final RawClient owner;
    private final RawClient guest;
    private final Room room;
    private final Map<Company, Histogram> latencies = new EnumMap<>(Company.class);

    Talk(int port) {
      owner = RawClient.connect(port);
      guest = RawClient.connect(port);
      room = Room.create(owner);
      room.admit(guest);
      for (Company company : Company.values()) {
        latencies.put(company, new Histogram(3));
      }
    }

    void say(Company company) {
      long sent = System.nanoTime();
      owner.send("send-message", room.toAll(CONTENT));
      await(guest, "send-message");
      latencies.get(company).recordValue(System.nanoTime() - sent);
    }

    void admit(List<Channel> channels, boolean reads) {
      byte[] join =
          Frames.of(
              FIN | TEXT,
              "{'cmd':'join-room-forever','data':" + room.joinForever(room.foreverKey()) + "}");
      for (Channel channel : channels) {
        Swarm.write(channel, join);
        await(owner, "user-joined-forever");
        channel.config().setAutoRead(reads);
      }
    }

    /** Returns how many have left since this was asked for last. */
    int left() {
      int left = 0;
      for (; !owner.hasNoFrame(); left++) {
        owner.next("user-left");
      }
      return left;
    }

    void close() {
      owner.abort();
      guest.abort();
    }
  }

  /** Waits for something, past what is announced of others. */
  private static void await(RawClient client, String cmd) {
    while (!client.next().get("cmd").asText().equals(cmd)) {
      // Somebody has come or gone.
    }
  }

  @Test
  void theNeighboursOfStalledReadersAreNotSlower() {
    try (ServerProcess server = ServerProcess.start(CONFIG, "-Xmx512m")) {
      Talk same = new Talk(server.port());
      Talk other = new Talk(server.port());
      for (int i = 0; i < 3 * MESSAGES; i++) {
        same.say(Company.NOBODY);
        other.say(Company.NOBODY);
      }
      same.latencies.get(Company.NOBODY).reset();
      other.latencies.get(Company.NOBODY).reset();
      for (int i = 0; i < ROUNDS; i++) {
        for (Company company : Company.values()) {
          round(server.port(), company, same, other);
        }
      }
      same.close();
      other.close();
      Siege.write("neighbours", row("the same room", same) + row("another room", other));
      assertNotSlower(same, Company.READING);
      assertNotSlower(other, Company.READING);
      assertNotSlower(other, Company.NOBODY);
    }
  }

  private static void round(int port, Company company, Talk same, Talk other) {
    int guests = company == Company.NOBODY ? 0 : GUESTS;
    try (Swarm swarm = new Swarm(port)) {
      same.admit(swarm.webSockets(guests, "/v1"), company == Company.READING);
      for (int i = 0; i < MESSAGES; i++) {
        same.say(company);
        other.say(company);
      }
    }
    for (int i = 0; i < guests; i++) {
      await(same.owner, "user-left");
    }
  }

  private static String row(String where, Talk talk) {
    StringBuilder row = new StringBuilder("| " + where);
    talk.latencies.forEach(
        (company, latencies) ->
            row.append(
                String.format(
                    Locale.ROOT,
                    " | %.2f, %.2f",
                    latencies.getValueAtPercentile(50) / 1e6,
                    latencies.getValueAtPercentile(99) / 1e6)));
    return row.append(
            String.format(
                Locale.ROOT,
                " | %.2f, %.2f |%n",
                ratio(talk, Company.READING, 50),
                ratio(talk, Company.READING, 99)))
        .toString();
  }

  /** Returns how much longer it takes beside those who do not read than in another company. */
  private static double ratio(Talk talk, Company other, double percentile) {
    return (double) talk.latencies.get(Company.STALLED).getValueAtPercentile(percentile)
        / talk.latencies.get(other).getValueAtPercentile(percentile);
  }

  private static void assertNotSlower(Talk talk, Company than) {
    assertThat(ratio(talk, than, 50)).as("ratio of medians").isLessThan(MEDIAN_RATIO);
    assertThat(ratio(talk, than, 99)).as("ratio of 99th percentiles").isLessThan(TAIL_RATIO);
  }

  @Test
  void stalledReadersHoldWhatTheQueueMayHoldAndAreClosed() {
    String config =
        "'limits':{'membersPerRoom':300,'publicKey':'1KiB','username':'256B','sendQueue':'1MiB'},"
            + "'timeouts':{'write':'1m'},"
            + "'rates':{'messages':{'rate':'unlimited'},'bytes':{'rate':'unlimited'}}";
    try (Siege siege = Siege.of(config)) {
      Talk talk = new Talk(siege.server().port());
      long most = 0;
      try (Swarm swarm = new Swarm(siege.server().port())) {
        List<Channel> stalled = swarm.webSockets(STALLED, "/v1");
        talk.admit(stalled, false);
        for (int i = 0; i < 200; i++) {
          talk.say(Company.STALLED);
        }
        siege.underWay(100);
        for (int left = 0; left < STALLED; left += talk.left()) {
          for (int i = 0; i < 50; i++) {
            talk.say(Company.STALLED);
          }
          most = Math.max(most, siege.directAdded());
          // Asked while it grows: what nobody closes would not let this come to its end.
          assertThat(most).isLessThan(STALLED * (QUEUE + FRAME) + SLACK);
        }
      }
      talk.close();
      siege.over("stalled readers in one room", STALLED);
      Siege.write(
          "stalled readers, at most", "at most %d MiB of direct memory%n".formatted(most >> 20));
      assertThat(most).isGreaterThan(QUEUE);
    }
  }
}
