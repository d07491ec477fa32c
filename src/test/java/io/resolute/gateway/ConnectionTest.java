package io.resolute.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.resolute.bus.Addresses;
import io.resolute.bus.Batches;
import io.resolute.bus.LocalCodec;
import io.resolute.bus.Origin;
import io.resolute.bus.OutboundFrame;
import io.resolute.bus.Parcel;
import io.resolute.bus.RoomCommand;
import io.resolute.bus.RoomCommands;
import io.resolute.bus.Shards;
import io.resolute.config.RateConfig;
import io.resolute.config.RatesConfig;
import io.resolute.config.ServerConfig;
import io.resolute.limits.AddressLimits;
import io.resolute.protocol.ClientPacket;
import io.resolute.protocol.ClientPacketDecoder;
import io.resolute.protocol.ErrorCode;
import io.resolute.protocol.PacketLimits;
import io.resolute.protocol.RandomTokens;
import io.resolute.protocol.RoomId;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How much a connection may have under way, before rooms that the test plays. */
class ConnectionTest {
  private static final RoomId ROOM = new RoomId("R".repeat(32));
  private static final String IN_ROOM = "'data':{'room_id':'" + ROOM.value() + "'}";

  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();
  private final BlockingQueue<RoomCommand.Request> requests = new LinkedBlockingQueue<>();
  private final BlockingQueue<RoomCommands> turns = new LinkedBlockingQueue<>();
  private final List<String> flow = new ArrayList<>();
  private int wiped;
  private boolean failing;
  private int spentMessages;
  private long spentBytes;
  private final AddressLimits.Ticket ticket =
      new AddressLimits(
              ServerConfig.defaults().perAddress(), false, new SecureRandom(), System::nanoTime)
          .uncounted();
  private final CompletableFuture<Connection> connection = new CompletableFuture<>();

  private final class Recorder implements Connection.Client {
    @Override
    public void send(byte[] text) {
      if (failing) {
        throw new IllegalStateException("no memory");
      }
      flow.add(new String(text, UTF_8));
      wiped++;
    }

    @Override
    public void sendOpen(byte[] text) {
      flow.add(new String(text, UTF_8));
    }

    @Override
    public void spend(int messages, long bytes) {
      spentMessages += messages;
      spentBytes += bytes;
    }

    @Override
    public void expel() {
      flow.add("expel");
    }

    @Override
    public void pause() {
      flow.add("pause");
    }

    @Override
    public void resume() {
      flow.add("resume");
    }
  }

  @BeforeEach
  void connect() {
    LocalCodec.registerAll(vertx.eventBus());
    vertx
        .eventBus()
        .<RoomCommands>localConsumer(Addresses.ofRoomShard(0), message -> take(message.body()));
    RandomTokens random = new RandomTokens(new SecureRandom());
    inContext(() -> connection.complete(new Connection(shared(random), new Recorder(), ticket)));
  }

  private void take(RoomCommands turn) {
    turns.add(turn);
    for (RoomCommand command : turn.commands()) {
      if (command instanceof RoomCommand.Request request) {
        requests.add(request);
      }
    }
  }

  /** To be called in the context of the connection. */
  private Connection.Shared shared(RandomTokens random) {
    return new Connection.Shared(
        vertx.eventBus(),
        Batches.toRooms(vertx),
        new Shards(1),
        new ClientPacketDecoder(new PacketLimits(64, 64, 1024), random),
        random,
        65_536,
        4,
        new RatesConfig(
            new RateConfig(1e-6, 40),
            RateConfig.unlimited(),
            RateConfig.unlimited(),
            new RateConfig(1e-6, 2),
            new RateConfig(1e-6, 5)),
        new TreeMap<>(),
        List.of());
  }

  @AfterEach
  void stop() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void isReadFromUntilItsShareIsUnderWayAndAgainWhenSomeOfItIsSettled() throws Exception {
    for (int i = 1; i < ClientPacket.MAX_WEIGHT; i++) {
      ask("'room-key-forever'");
    }
    assertThat(flow).isEmpty();
    ask("'room-key-forever'");
    assertThat(flow).containsExactly("pause");
    settle();
    assertThat(flow).containsExactly("pause", "resume");
    settle();
    assertThat(flow).containsExactly("pause", "resume");
  }

  @Test
  void isNotReadFromWhileOneListingIsUnderWay() throws Exception {
    ask("'list-members'");
    assertThat(flow).containsExactly("pause");
    settle();
    assertThat(flow).containsExactly("pause", "resume");
  }

  @Test
  void isNotReadFromWhileNobodyKnowsYetWhatALongMessageCosts() throws Exception {
    ask("'send-message'", "'content':'" + "x".repeat(64_000) + "'");
    assertThat(flow).containsExactly("pause");
    settle(6_400_000, null);
    assertThat(flow).containsExactly("pause", "resume");
    assertThat(spentBytes).isEqualTo(6_400_000);
  }

  @Test
  void whatIsOnItsWayWhenItEndsIsNotDone() {
    inContext(() -> connection.join().end());
    ask("'room-key-forever'");
    ask("'hello'");
    assertThat(requests).isEmpty();
    assertThat(flow).isEmpty();
  }

  @Test
  void roomsHearOfItsEndBehindWhatItAskedInTheSameTurn() throws Exception {
    join();
    turns.take();
    settle();
    inContext(
        () -> {
          Connection it = connection.join();
          it.receive(frame("'send-message'", "'content':'x'"));
          it.end();
        });
    assertThat(turns.take().commands())
        .satisfiesExactly(
            last -> assertThat(packet(last)).isInstanceOf(ClientPacket.SendMessage.class),
            end -> assertThat(end).isInstanceOf(RoomCommand.Disconnect.class));
  }

  @Test
  void aRoomThatItEntersInItsLastTurnHearsOfItsEnd() throws Exception {
    inContext(
        () -> {
          Connection it = connection.join();
          it.receive(joinFrame());
          it.end();
        });
    assertThat(turns.take().commands())
        .satisfiesExactly(
            last -> assertThat(packet(last)).isInstanceOf(ClientPacket.JoinRoom.class),
            end -> assertThat(end).isInstanceOf(RoomCommand.Disconnect.class));
  }

  private static ClientPacket packet(RoomCommand command) {
    return ((RoomCommand.Request) command).packet();
  }

  @Test
  void messagesAndWhatIsHandedOnArePaidFor() throws Exception {
    ask("'send-message'", "'content':'x'");
    ask("'room-key-forever'");
    settle(1000, null);
    settle(234, null);
    assertThat(spentMessages).isEqualTo(1);
    assertThat(spentBytes).isEqualTo(1234);
  }

  @Test
  void requestsThatComeTooEarlyAreRefusedAndSayForHowLong() throws Exception {
    for (int i = 0; i < 40; i++) {
      ask("'room-key-forever'");
      settle();
    }
    flow.clear();
    ask("'room-key-forever'");
    assertThat(requests).isEmpty();
    assertThat(flow).hasSize(1);
    JsonObject data = new JsonObject(flow.get(0)).getJsonObject("data");
    assertThat(data.getString("code")).isEqualTo("rate-limited");
    // A token a million seconds.
    assertThat(data.getLong("retry_after_ms")).isBetween(900_000_000L, 1_000_000_000L);
    ask("'send-message'", "'content':'x'");
    assertThat(requests.poll(10, TimeUnit.SECONDS))
        .as("messages are read later, not refused")
        .isNotNull();
  }

  @Test
  void whoFailsToJoinAgainAndAgainIsRefusedWithoutAskingForTheKey() throws Exception {
    for (int i = 0; i < 2; i++) {
      join();
      settle(0, ErrorCode.BAD_KEY);
    }
    flow.clear();
    join();
    assertThat(requests).isEmpty();
    assertThat(flow).singleElement().asString().contains("rate-limited").contains("retry_after_ms");
  }

  @Test
  void aRightKeyIsNoFailedJoin() throws Exception {
    for (int i = 0; i < 4; i++) {
      join();
      settle();
    }
    assertThat(flow).noneMatch(frame -> frame.contains("rate-limited"));
  }

  @Test
  void whoIsRefusedAgainAndAgainIsExpelled() throws Exception {
    ask("'dance'");
    ask("'dance'");
    ask("'list-members'");
    settle(0, ErrorCode.NOT_FOUND);
    ask("'dance'");
    ask("'dance'");
    assertThat(flow).doesNotContain("expel");
    ask("'dance'");
    assertThat(flow).contains("expel");
  }

  private void join() {
    inContext(() -> connection.join().receive(joinFrame()));
  }

  private static byte[] joinFrame() {
    return frame(
        "'join-room-onetime'",
        "'one_time_key':'"
            + "k".repeat(32)
            + "','username':'u','public_key':'-----BEGIN X-----\\nAAAA\\n-----END X-----\\n'");
  }

  private void ask(String cmd, String data) {
    inContext(() -> connection.join().receive(frame(cmd, data)));
  }

  private static byte[] frame(String cmd, String data) {
    String inRoom = IN_ROOM.substring(0, IN_ROOM.length() - 1) + "," + data + "}";
    return ("{'cmd':" + cmd + "," + inRoom + "}").replace('\'', '"').getBytes(UTF_8);
  }

  @Test
  void whatAClientSendsIsOverwrittenOnceItIsRead() {
    byte[] text = ("{\"cmd\":\"join-room-onetime\",\"data\":" + ROOM + "}").getBytes(UTF_8);
    inContext(() -> connection.join().receive(text));
    assertThat(text).containsOnly(0);
  }

  @Test
  void aFrameWithAKeyIsOverwrittenOnceTheClientHasIt() throws Exception {
    ask("'room-key-forever'");
    RoomCommand.Request request = requests.take();
    byte[] key = "a key".getBytes(UTF_8);
    byte[] other = "another frame".getBytes(UTF_8);
    deliver(request, OutboundFrame.secret(key, Origin.UNASKED));
    deliver(request, OutboundFrame.message(other, Origin.UNASKED, null));
    assertThat(flow).containsExactly("a key", "another frame");
    assertThat(wiped).as("frames that are to be wiped in the socket's buffers").isEqualTo(1);
    assertThat(key).containsOnly(0);
    assertThat(other).isEqualTo("another frame".getBytes(UTF_8));
  }

  @Test
  void aKeyThatTheClientCouldNotBeGivenIsOverwrittenAndWhatCameWithItSettled() throws Exception {
    ask("'list-members'");
    assertThat(flow).containsExactly("pause");
    RoomCommand.Request request = requests.take();
    byte[] key = "a key".getBytes(UTF_8);
    byte[] behind = "another key".getBytes(UTF_8);
    failing = true;
    deliver(
        request,
        new Parcel.Builder()
            .add(OutboundFrame.secret(key, Origin.UNASKED))
            .add(OutboundFrame.secret(behind, Origin.UNASKED))
            .settle(request.packet().weight(), 0, null)
            .build());
    assertThat(key).containsOnly(0);
    assertThat(behind).containsOnly(0);
    assertThat(flow).containsExactly("pause", "resume");
  }

  private void deliver(RoomCommand.Request request, OutboundFrame frame) {
    deliver(request, new Parcel.Builder().add(frame).build());
  }

  private void deliver(RoomCommand.Request request, Parcel parcel) {
    vertx
        .eventBus()
        .send(
            Addresses.ofConnection(request.origin().connection()),
            parcel,
            LocalCodec.TO_CONNECTION);
    inContext(() -> {}); // Behind it, on the same event loop.
  }

  private void ask(String cmd) {
    String frame = ("{'cmd':" + cmd + "," + IN_ROOM + "}").replace('\'', '"');
    inContext(() -> connection.join().receive(frame.getBytes(UTF_8)));
  }

  private void settle() throws InterruptedException {
    settle(0, null);
  }

  private void settle(long sent, @Nullable ErrorCode refused) throws InterruptedException {
    RoomCommand.Request request = requests.poll(10, TimeUnit.SECONDS);
    assertThat(request).isNotNull();
    vertx
        .eventBus()
        .send(
            Addresses.ofConnection(request.origin().connection()),
            new Parcel.Builder().settle(request.packet().weight(), sent, refused).build(),
            LocalCodec.TO_CONNECTION);
    inContext(() -> {}); // Behind the settlement, on the same event loop.
  }

  private void inContext(Runnable step) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    context.runOnContext(
        nothing -> {
          step.run();
          done.complete(null);
        });
    done.join();
  }
}
