package io.resolute.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.resolute.protocol.ErrorCode;
import io.resolute.protocol.RoomId;
import io.resolute.protocol.UserId;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BatchesTest {
  private static final RoomId ROOM = new RoomId("R".repeat(32));
  private static final String SHARD = Addresses.ofRoomShard(0);
  private static final ConnectionId ANN = new ConnectionId("ann");
  private static final ConnectionId BOB = new ConnectionId("bob");

  private final Vertx vertx = Vertx.vertx();
  private final BlockingQueue<Object> arrived = new LinkedBlockingQueue<>();

  @BeforeEach
  void listen() {
    LocalCodec.registerAll(vertx.eventBus());
    for (String address :
        List.of(SHARD, Addresses.ofConnection(ANN), Addresses.ofConnection(BOB))) {
      vertx.eventBus().localConsumer(address, message -> arrived.add(message.body()));
    }
  }

  @AfterEach
  void stop() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private Object next() throws InterruptedException {
    return arrived.poll(10, TimeUnit.SECONDS);
  }

  private static RoomCommand command(int user) {
    return new RoomCommand.Disconnect(ROOM, new UserId(String.format("%032d", user)));
  }

  @Test
  void whatIsSentToARoomInOneTurnArrivesAsOneMessageInItsOrder() throws Exception {
    vertx.runOnContext(
        turn -> {
          Batches<String, List<RoomCommand>> batches = Batches.toRooms(vertx);
          for (int i = 0; i < 3; i++) {
            batches.of(SHARD).add(command(i));
          }
        });
    assertThat(next()).isEqualTo(new RoomCommands(List.of(command(0), command(1), command(2))));
  }

  @Test
  void eachConnectionGetsItsOwnAndTheNextTurnIsAnotherMessage() throws Exception {
    vertx.runOnContext(
        turn -> {
          Batches<ConnectionId, Parcel.Builder> batches = Batches.toConnections(vertx);
          batches.of(ANN).add(frame("1")).settle(1, 10, null);
          batches.of(BOB).add(frame("2"));
          batches.of(ANN).add(frame("3")).settle(2, 20, ErrorCode.BAD_KEY);
          vertx.setTimer(1, later -> batches.of(ANN).add(frame("4")));
        });
    Parcel ann = (Parcel) next();
    assertThat(ann.frames()).extracting(BatchesTest::text).containsExactly("1", "3");
    assertThat(ann.settled()).isEqualTo(3);
    assertThat(ann.sent()).isEqualTo(30);
    assertThat(ann.refused()).containsExactly(ErrorCode.BAD_KEY);
    Parcel bob = (Parcel) next();
    assertThat(bob.frames()).extracting(BatchesTest::text).containsExactly("2");
    assertThat(bob.settled()).isZero();
    assertThat(((Parcel) next()).frames()).extracting(BatchesTest::text).containsExactly("4");
  }

  @Test
  void whatCanWaitGoesInFrontOfTheNextThatCannot() throws Exception {
    vertx.runOnContext(
        turn -> {
          Batches<ConnectionId, Parcel.Builder> batches = Batches.toConnections(vertx);
          batches.inTime(ANN).settle(1, 10, null);
          batches.inTime(ANN).settle(1, 20, null);
          vertx.runOnContext(next -> batches.of(ANN).add(frame("1")));
        });
    Parcel ann = (Parcel) next();
    assertThat(ann.frames()).extracting(BatchesTest::text).containsExactly("1");
    assertThat(ann.settled()).isEqualTo(2);
    assertThat(ann.sent()).isEqualTo(30);
  }

  @Test
  void whatCanWaitArrivesWithNothingBehindIt() throws Exception {
    vertx.runOnContext(
        turn -> {
          Batches<ConnectionId, Parcel.Builder> batches = Batches.toConnections(vertx);
          batches.inTime(ANN).settle(1, 10, null);
          batches.inTime(BOB).settle(2, 20, null);
        });
    assertThat(((Parcel) next()).settled()).isEqualTo(1);
    assertThat(((Parcel) next()).settled()).isEqualTo(2);
  }

  @Test
  void whatCanWaitArrivesAfterAnEarlierTimeToo() throws Exception {
    Context context = vertx.getOrCreateContext();
    CompletableFuture<Batches<ConnectionId, Parcel.Builder>> batches = new CompletableFuture<>();
    context.runOnContext(
        turn -> {
          batches.complete(Batches.toConnections(vertx));
          batches.join().inTime(ANN).settle(1, 10, null);
        });
    next();
    context.runOnContext(turn -> batches.join().inTime(ANN).settle(2, 10, null));
    assertThat(((Parcel) next()).settled()).isEqualTo(2);
  }

  @Test
  void whatCannotBeSentIsLostAlone() throws Exception {
    String other = Addresses.ofRoomShard(1);
    vertx.runOnContext(
        turn -> {
          Batches<String, List<RoomCommand>> batches = Batches.toRooms(vertx);
          batches.of(other).add(null); // Of which nothing can be made.
          batches.of(SHARD).add(command(1));
          vertx.setTimer(1, later -> batches.of(SHARD).add(command(2)));
        });
    assertThat(next()).isEqualTo(new RoomCommands(List.of(command(1))));
    assertThat(next()).isEqualTo(new RoomCommands(List.of(command(2))));
  }

  @Test
  void aTurnOfWhichNothingCanBeSentIsNotTheLast() throws Exception {
    LocalCodec.unregisterAll(vertx.eventBus());
    OutboundFrame key = secret();
    vertx.runOnContext(
        turn -> {
          Batches<ConnectionId, Parcel.Builder> batches = Batches.toConnections(vertx);
          batches.of(ANN).add(key);
          batches.of(BOB).add(frame("1"));
          vertx.setTimer(
              1,
              later -> {
                LocalCodec.registerAll(vertx.eventBus());
                batches.of(BOB).add(frame("2"));
              });
        });
    assertThat(((Parcel) next()).frames()).extracting(BatchesTest::text).containsExactly("2");
    assertThat(key.text()).containsOnly(0);
  }

  @Test
  void aJoinKeyThatReachesNobodyIsWiped() throws Exception {
    OutboundFrame lost = secret();
    OutboundFrame other = frame("other");
    OutboundFrame received = secret();
    vertx.runOnContext(
        turn -> {
          Batches<ConnectionId, Parcel.Builder> batches = Batches.toConnections(vertx);
          batches.of(new ConnectionId("gone")).add(other).add(lost);
          batches.of(ANN).add(received); // Behind it.
        });
    assertThat(((Parcel) next()).frames()).extracting(BatchesTest::text).containsExactly("key");
    assertThat(lost.text()).containsOnly(0);
    assertThat(text(other)).isEqualTo("other");
  }

  private static OutboundFrame secret() {
    return OutboundFrame.secret("key".getBytes(StandardCharsets.UTF_8), Origin.UNASKED);
  }

  private static OutboundFrame frame(String text) {
    return OutboundFrame.message(text.getBytes(StandardCharsets.UTF_8), Origin.UNASKED, null);
  }

  private static String text(OutboundFrame frame) {
    return new String(frame.text(), StandardCharsets.UTF_8);
  }
}
