package io.resolute.relay;

import static io.resolute.testing.FrameSocket.FIN;
import static io.resolute.testing.FrameSocket.TEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.resolute.testing.BusSocket;
import io.resolute.testing.FrameSocket;
import io.resolute.testing.Keys;
import io.resolute.testing.RawClient;
import io.resolute.testing.Room;
import io.resolute.testing.TestServer;
import java.io.IOException;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How fast one connection may go. */
class RatesIT {
  private static final String CREATE =
      "{'name':'n','username':'u','client_room_id':'1','public_key_string':'" + Keys.PEM + "'}";
  private static final String SLOW_MESSAGES =
      "'limits':{'membersPerRoom':3},'rates':{'messages':{'rate':'1/h','burst':3}}";
  private static final String FEW_BYTES =
      "'timeouts':{'ping':'1h','idle':'2h'},'rates':{'bytes':{'rate':'64KiB/h','burst':'64KiB'}}";

  @Test
  void whoAsksTooFastIsToldWhenToComeBackAndIsServedThen() {
    try (TestServer server = TestServer.start("'rates':{'commands':{'rate':'20/s','burst':2}}");
        RawClient client = server.connect()) {
      JsonNode refusal = null;
      while (refusal == null) {
        client.send("create-room", CREATE);
        JsonNode answer = client.next();
        if (answer.get("cmd").asText().equals("create-room-error")) {
          refusal = answer.get("data");
        }
      }
      assertThat(refusal.get("code").asText()).isEqualTo("rate-limited");
      assertThat(refusal.get("retry_after_ms").asLong()).isBetween(1L, 50L);
      await()
          .until(
              () -> client.send("create-room", CREATE).next().get("cmd").asText(),
              "create-room"::equals);
    }
  }

  @Test
  void whoAsksTooFastOverTheEventBusIsToldSo() {
    try (TestServer server = TestServer.start("'rates':{'commands':{'rate':'1/h','burst':2}}");
        BusSocket client = BusSocket.connect(server.port())) {
      JsonNode answer = client.ask("hello", "{'versions':[1]}");
      for (int i = 0; i < 2 && !answer.path("cmd").asText().endsWith("-error"); i++) {
        answer = client.ask("create-room", CREATE);
      }
      assertThat(answer.at("/data/code").asText()).isEqualTo("rate-limited");
      assertThat(answer.at("/data/retry_after_ms").asLong()).isPositive();
    }
  }

  private static void admit(RawClient owner, Room room, BusSocket guest) {
    guest.register();
    guest.ask("join-room-onetime", room.joinOneTime(room.oneTimeKey()));
    owner.next("user-joined-onetime");
  }

  private static void assertOnlyTheBurstArrives(RawClient owner, Room room, RawClient calm) {
    // The burst, and one more that has to be paid for.
    for (int i = 0; i < 4; i++) {
      assertThat(owner.next("send-message").get("content").asText()).isEqualTo("fast " + i);
    }
    calm.send("send-message", room.toAll("calm"));
    assertThat(owner.next("send-message").get("content").asText()).isEqualTo("calm");
    assertThat(owner.hasNoFrame()).isTrue();
  }

  @Test
  void messagesThatComeTooFastAreReadLaterAndOthersAreNotHeldUp() {
    try (TestServer server = TestServer.start(SLOW_MESSAGES);
        RawClient owner = server.connect();
        RawClient fast = server.connect();
        RawClient calm = server.connect()) {
      Room room = Room.create(owner);
      room.admit(fast);
      room.admit(calm);
      fast.next("user-joined-onetime");
      for (int i = 0; i < 10; i++) {
        fast.send("send-message", room.toAll("fast " + i));
      }
      assertOnlyTheBurstArrives(owner, room, calm);
      fast.abort(); // Its close frame would be read later, too.
    }
  }

  @Test
  void messagesThatComeTooFastOverTheEventBusAreReadLaterToo() {
    try (TestServer server = TestServer.start(SLOW_MESSAGES.replace("3}}", "4}}"));
        RawClient owner = server.connect();
        BusSocket fast = BusSocket.connect(server.port());
        RawClient calm = server.connect()) {
      Room room = Room.create(owner);
      admit(owner, room, fast); // It has registered, which is paid for as a message.
      room.admit(calm);
      for (int i = 0; i < 10; i++) {
        fast.send("send-message", room.toAll("fast " + i));
      }
      assertOnlyTheBurstArrives(owner, room, calm);
      fast.socket().abort();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ping", "register", "publish"})
  void whatIsNoPacketOnTheEventBusIsPaidForAsAMessage(String type) {
    try (TestServer server = TestServer.start(SLOW_MESSAGES.replace("3}}", "5}}"));
        RawClient owner = server.connect();
        BusSocket busy = BusSocket.connect(server.port());
        RawClient calm = server.connect()) {
      Room room = Room.create(owner);
      admit(owner, room, busy); // It has registered.
      String address = busy.ask("hello", "{'versions':[1]}").at("/data/address").asText();
      room.admit(calm);
      busy.send("send-message", room.toAll("paid for"));
      assertThat(owner.next("send-message").get("content").asText()).isEqualTo("paid for");
      for (int i = 0; i < 4; i++) {
        busy.frame(type, address, "");
      }
      busy.send("send-message", room.toAll("not paid for"));
      for (int i = 0; i < 3; i++) {
        calm.send("send-message", room.toAll("calm"));
        assertThat(owner.next("send-message").get("content").asText()).isEqualTo("calm");
      }
      assertThat(owner.hasNoFrame()).isTrue();
      busy.socket().abort();
    }
  }

  @Test
  void noMessageIsLostForComingTooFast() {
    try (TestServer server =
            TestServer.start(
                "'limits':{'membersPerRoom':3},'rates':{'messages':{'rate':'100/s','burst':3}}");
        RawClient owner = server.connect();
        RawClient guest = server.connect()) {
      Room room = Room.create(owner);
      room.admit(guest);
      for (int i = 0; i < 50; i++) {
        guest.send("send-message", room.toAll("text " + i));
      }
      for (int i = 0; i < 50; i++) {
        assertThat(owner.next("send-message").get("content").asText()).isEqualTo("text " + i);
      }
    }
  }

  /** Sends three messages, of which the first alone takes most of what {@link #FEW_BYTES} gives. */
  private static void sendTooMuch(Room room, BiConsumer<String, String> client) {
    for (int i = 0; i < 3; i++) {
      client.accept("send-message", room.toAll(i + "x".repeat(40 << 10)));
    }
  }

  private static void assertOnlyTheFirstArrives(RawClient owner, Room room, RawClient calm) {
    assertThat(owner.next("send-message").get("content").asText()).startsWith("0x");
    calm.next("send-message");
    calm.send("send-message", room.toAll("calm"));
    // The second one came too early to know what the first one had cost, or just not.
    String next = owner.next("send-message").get("content").asText();
    if (next.startsWith("1x")) {
      next = owner.next("send-message").get("content").asText();
    }
    assertThat(next).isEqualTo("calm");
    assertThat(owner.hasNoFrame()).isTrue();
  }

  @Test
  void whoSendsTooMuchIsReadLater() {
    try (TestServer server = TestServer.start(FEW_BYTES);
        RawClient owner = server.connect();
        RawClient guest = server.connect();
        RawClient calm = server.connect()) {
      Room room = Room.create(owner);
      room.admit(guest);
      room.admit(calm);
      guest.next("user-joined-onetime");
      sendTooMuch(room, guest::send);
      assertOnlyTheFirstArrives(owner, room, calm);
      guest.abort();
    }
  }

  @Test
  void whoSendsTooMuchOverTheEventBusIsReadLaterToo() {
    try (TestServer server = TestServer.start(FEW_BYTES);
        RawClient owner = server.connect();
        BusSocket guest = BusSocket.connect(server.port());
        RawClient calm = server.connect()) {
      Room room = Room.create(owner);
      admit(owner, room, guest);
      room.admit(calm);
      sendTooMuch(room, guest::send);
      assertOnlyTheFirstArrives(owner, room, calm);
      guest.socket().abort();
    }
  }

  @Test
  void afterSomeFailedJoinsTheNextAreRefusedWhateverTheirKey() {
    try (TestServer server = TestServer.start("'rates':{}");
        RawClient owner = server.connect();
        RawClient guesser = server.connect();
        RawClient guest = server.connect()) {
      Room room = Room.create(owner);
      for (int i = 0; i < 10; i++) {
        guesser.send("join-room-onetime", room.joinOneTime("A".repeat(32)));
        assertThat(guesser.next("join-room-onetime-error").get("code").asText())
            .isEqualTo("bad-key");
      }
      String key = room.oneTimeKey();
      guesser.send("join-room-onetime", room.joinOneTime(key));
      JsonNode refusal = guesser.next("join-room-onetime-error");
      assertThat(refusal.get("code").asText()).isEqualTo("rate-limited");
      assertThat(refusal.get("retry_after_ms").asLong()).isBetween(1L, 10_000L);
      guest.send("join-room-onetime", room.joinOneTime(key)).next("joined");
    }
  }

  private static List<String> whatIsRefused() {
    String any = "A".repeat(32);
    return List.of(
        "no JSON",
        "{'cmd':'dance'}",
        "{'cmd':'list-members','data':{'room_id':'nowhere'}}",
        ("{'cmd':'join-room-forever','data':{'room_id':'%s','forever_key':'%s','username':'eve',"
                + "'public_key':'%s'}}")
            .formatted(any, any, Keys.PEM));
  }

  @ParameterizedTest
  @MethodSource("whatIsRefused")
  void whoIsRefusedAgainAndAgainIsClosedWith1008(String frame) {
    try (TestServer server = TestServer.start("'rates':{'errors':{'rate':'10/m','burst':20}}");
        RawClient client = server.connect()) {
      String json = frame.replace('\'', '"');
      for (int i = 0; i < 20; i++) {
        assertThat(client.send(json).next().get("cmd").asText()).endsWith("error");
      }
      // Another one may have come back meanwhile.
      for (int i = 0; i < 20; i++) {
        client.trySend(json);
      }
      assertThat(client.closeCode()).isEqualTo(1008);
    }
  }

  @Test
  void whoDoesNotTakeWhatItIsSentIsClosedThoughItsQueueIsNotFull() throws IOException {
    try (TestServer server =
            TestServer.start("'limits':{'sendQueue':'256MiB'},'timeouts':{'write':'500ms'}");
        RawClient owner = server.connect();
        FrameSocket stalled = FrameSocket.open(server.port())) {
      Room room = Room.create(owner);
      stalled.frame(FIN | TEXT, room.joinPacket());
      owner.next("user-joined-onetime");
      // More than the buffers of both kernels hold, and far less than the queue.
      for (int i = 0; i < 200; i++) {
        owner.send("send-message", room.toAll("x".repeat(60_000)));
      }
      assertThat(owner.next("user-left").get("reason").asText()).isEqualTo("disconnected");
    }
  }
}
