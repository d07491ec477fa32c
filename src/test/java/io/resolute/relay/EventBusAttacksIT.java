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
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client of the event-bus bridge tries beside what it may. */
class EventBusAttacksIT {
  private static final int MUCH = 500;

  private TestServer server;
  private BusSocket attacker;

  @BeforeEach
  void start() {
    server = TestServer.start();
    attacker = BusSocket.connect(server.port());
    attacker.ask("hello", "{'versions':[1]}"); // The server has all of it from here on.
  }

  @AfterEach
  void stop() {
    attacker.close();
    server.close();
  }

  /** Whoever listens at {@code address} hears nothing, because the server refuses it first. */
  private void assertRefused(String type, String address) {
    BlockingQueue<Object> heard = new LinkedBlockingQueue<>();
    var consumer =
        server
            .vertx()
            .eventBus()
            .<Object>localConsumer(address, message -> heard.add(message.body()));
    attacker.frame(type, address, ",'body':{'cmd':'hello','data':{'versions':[1]}}");
    assertThat(attacker.nextError()).isEqualTo("rejected");
    assertThat(heard).isEmpty();
    consumer.unregister();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "resolute.rooms.0",
        "resolute.keys.0",
        "resolute.packets.",
        "resolute.packetsx",
        "resolute",
        "__vertx.reply.1",
        "an.address.of.the.operator",
        ""
      })
  void nothingIsSentOrPublishedElsewhere(String address) {
    assertRefused("send", address);
    assertRefused("publish", address);
    assertThat(server.busRefusals()).isEqualTo(2);
  }

  @Test
  void nothingIsSentToConnectionsAndNotToOnesOwn() {
    try (BusSocket other = BusSocket.connect(server.port())) {
      String theirs = other.register();
      String own = attacker.register();
      for (String address : List.of(theirs, own)) {
        attacker.frame("send", address, ",'body':{'cmd':'room-closed','data':{}}");
        assertThat(attacker.nextError()).isEqualTo("rejected");
        attacker.frame("publish", address, ",'body':{'cmd':'room-closed','data':{}}");
        assertThat(attacker.nextError()).isEqualTo("rejected");
      }
      assertThat(other.ask("hello", "{'versions':[1]}").get("cmd").asText()).isEqualTo("hello");
    }
  }

  @Test
  void nothingIsPublishedWherePacketsAreSent() {
    attacker.frame("publish", "resolute.packets", ",'body':{'cmd':'hello','data':{}}");
    assertThat(attacker.nextError()).isEqualTo("rejected");
  }

  @Test
  void nobodyListensToOthers() {
    try (BusSocket other = BusSocket.connect(server.port());
        RawClient owner = server.connect()) {
      String theirs = other.register();
      String own = attacker.ask("hello", "{'versions':[1]}").at("/data/address").asText();
      for (String address :
          List.of(
              theirs,
              "resolute.rooms.0",
              "resolute.keys.0",
              "resolute.packets",
              own + " ",
              own.toUpperCase(Locale.ROOT))) {
        attacker.frame("register", address, "");
        assertThat(attacker.nextError()).isEqualTo("rejected");
        attacker.frame("unregister", address, "");
        assertThat(attacker.nextError()).isEqualTo("rejected");
      }
      Room room = Room.create(owner);
      other.ask("join-room-onetime", room.joinOneTime(room.oneTimeKey()));
      owner.next("user-joined-onetime");
      owner.send("send-message", room.toAll("for one"));
      assertThat(other.next(theirs).at("/data/content").asText()).isEqualTo("for one");
      assertThat(attacker.socket().hasNoFrame()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"resolute.connections.", "resolute.connections.*", "__vertx.reply.1", ""})
  void nobodyListensToAnAddressThatIsNotTold(String address) {
    attacker.register();
    attacker.frame("register", address, "");
    assertThat(attacker.nextError()).isEqualTo("rejected");
  }

  @Test
  void whoSaysThatItIsSomebodyElseIsNot() {
    try (BusSocket other = BusSocket.connect(server.port());
        RawClient owner = server.connect()) {
      String theirs = other.register();
      Room room = Room.create(owner);
      other.ask("join-room-onetime", room.joinOneTime(room.oneTimeKey()));
      String user = owner.next("user-joined-onetime").get("user_id").asText();
      attacker.register();
      String forged =
          ",'headers':{'connection':'%s','origin':'%s','user':'%s','a':{'b':[1]}},'user_id':'%s'"
              .formatted(theirs, theirs, user, user);
      String packet =
          ",'body':{'cmd':'leave-room','user_id':'%s','data':{'room_id':'%s','user_id':'%s'}}"
              .formatted(user, room.id(), user);
      attacker.frame("send", "resolute.packets", ",'replyAddress':'r'" + forged + packet);
      assertThat(attacker.next("r").at("/data/code").asText()).isEqualTo("not-found");
      owner.send("list-members", room.inRoom());
      assertThat(owner.next("list-members").get("users")).hasSize(2);
    }
  }

  @Test
  void whatAMemberSaysInTheNameOfAnotherIsItsOwn() {
    try (RawClient owner = server.connect()) {
      Room room = Room.create(owner);
      String address = attacker.register();
      attacker.ask("join-room-onetime", room.joinOneTime(room.oneTimeKey()));
      String own = owner.next("user-joined-onetime").get("user_id").asText();
      String claim = "'user_id':'%s','username':'alice'".formatted(room.ownerId());
      String data = room.toAll("forged").replace("}", "," + claim + "}");
      attacker.frame(
          "send",
          "resolute.packets",
          ",'headers':{%s,'connection':'%s'},%s,'body':{'cmd':'send-message',%s,'data':%s}"
              .formatted(claim, address, claim, claim, data));
      JsonNode message = owner.next("send-message");
      assertThat(message.get("user_id").asText()).isEqualTo(own);
      assertThat(message.get("username").asText()).isEqualTo("bob");
    }
  }

  @Test
  void headersThatAreNoneChangeNothing() {
    for (String headers : new String[] {"5", "'x'", "[]", "null", "{'a':null}"}) {
      attacker.frame(
          "send",
          "resolute.packets",
          ",'headers':%s,'replyAddress':'r','body':{'cmd':'hello','data':{'versions':[1]}}"
              .formatted(headers));
      assertThat(attacker.next("r").get("cmd").asText()).isEqualTo("hello");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", "''", "{}", "'rrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrr'"})
  void anAnswerIsNotAskedForWhereNoClientListens(String replyAddress) {
    attacker.frame(
        "send",
        "resolute.packets",
        ",'replyAddress':" + replyAddress + ",'body':{'cmd':'hello','data':{'versions':[1]}}");
    assertThat(attacker.nextError()).isEqualTo("rejected");
    assertThat(attacker.ask("hello", "{'versions':[1]}").get("cmd").asText()).isEqualTo("hello");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "5",
        "'x'",
        "[]",
        "[1]",
        "{}",
        "{",
        "{'type':null}",
        "{'type':'dance','address':'a'}",
        "{'type':'send'}",
        "{'type':'register'}",
        "{'type':7,'address':8}",
        "nonsense",
        "{'type':'ping','type':'ping'}",
        "{'type':'send','address':'resolute.packets','body':{'cmd':'hello','cmd':'hello'}}"
      })
  void aFrameThatIsNoneIsAnsweredWithAnErrorAndHarmsNothing(String frame) {
    attacker.frame(frame);
    assertThat(attacker.nextError()).isNotBlank();
    assertThat(attacker.ask("hello", "{'versions':[1]}").get("cmd").asText()).isEqualTo("hello");
  }

  @Test
  void aFrameThatIsDeepHarmsNothing() {
    attacker.frame(
        "send",
        "resolute.packets",
        ",'replyAddress':'r','body':" + "{'a':".repeat(900) + "1" + "}".repeat(900));
    assertThat(attacker.nextError()).isEqualTo("invalid_json");
    attacker.frame("{'a':".repeat(5000));
    assertThat(attacker.nextError()).isNotBlank();
    assertThat(attacker.ask("hello", "{'versions':[1]}").get("cmd").asText()).isEqualTo("hello");
  }

  @Test
  void aHugeFrameEndsTheConnection() {
    attacker.frame("{'type':'" + "x".repeat(70_000) + "'}");
    assertThat(attacker.socket().closeCode()).isEqualTo(1009);
  }

  @Test
  void aBinaryFrameEndsTheConnection() {
    attacker.socket().sendBinary(new byte[] {'{', '}'});
    assertThat(attacker.socket().closeCode()).isEqualTo(1003);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'type':'dance','address':'a'}",
        "{'address':'a'}",
        "{'type':'send'}",
        "{'type':'send','type':'send'}"
      })
  void whoSendsNoFramesAgainAndAgainIsClosed(String frame) {
    for (int i = 1; i < 16; i++) {
      attacker.frame(frame);
      assertThat(attacker.nextError()).isNotBlank();
    }
    attacker.frame(frame);
    assertThat(attacker.socket().closeCode()).isEqualTo(1008);
    assertThat(server.busRefusals()).isEqualTo(16);
  }

  @Test
  void whoIsRefusedAgainAndAgainIsClosed() {
    for (int i = 0; i < 16; i++) {
      attacker.frame("register", "resolute.connections." + i, "");
    }
    assertThat(attacker.socket().closeCode()).isEqualTo(1008);
    assertThat(server.busRefusals()).isEqualTo(16);
  }

  @Test
  void oneListensOnceAtOnesOwnAddress() {
    int before = server.consumers();
    String own = attacker.register();
    attacker.ask("hello", "{'versions':[1]}");
    await().until(() -> server.consumers() == before + 1);
    for (int i = 0; i < 5; i++) {
      attacker.frame("register", own, "");
      assertThat(attacker.nextError()).isEqualTo("rejected");
    }
    for (int i = 0; i < 1000; i++) {
      attacker.frame("unregister", own, "").frame("register", own, "");
    }
    attacker.ask("hello", "{'versions':[1]}");
    // The last of those that were given up is gone a little later.
    await().until(() -> server.consumers() == before + 1);
  }

  @Test
  void thousandsOfQuestionsAtOnceAreAnsweredOneAfterTheOther() throws IOException {
    int questions = 3000;
    try (RawClient owner = server.connect();
        FrameSocket flood = FrameSocket.open(server.port(), "/eventbus/websocket")) {
      Room room = Room.create(owner);
      String join = room.joinOneTime(room.oneTimeKey());
      flood.frame(FIN | TEXT, Wire.PLAIN.write(ask("j", "join-room-onetime", join)));
      assertThat(flood.read().text()).contains("joined");
      for (int i = 0; i < questions; i++) {
        flood.frame(FIN | TEXT, Wire.PLAIN.write(ask("q" + i, "list-members", room.inRoom())));
      }
      for (int i = 0; i < questions; i++) {
        JsonObject answer = new JsonObject(flood.read().text());
        assertThat(answer.getString("address")).isEqualTo("q" + i);
        assertThat(answer.getJsonObject("body").getString("cmd")).isEqualTo("list-members");
      }
    }
  }

  /** How the clients of a path write their frames, with single quotes for double ones. */
  private enum Wire {
    PLAIN("/eventbus/websocket") {
      @Override
      String write(String frame) {
        return frame.replace('\'', '"');
      }

      @Override
      JsonObject read(String message) {
        return new JsonObject(message);
      }
    },
    SOCK_JS("/eventbus/000/abcdefgh/websocket") {
      @Override
      String write(String frame) {
        return JsonArray.of(PLAIN.write(frame)).encode();
      }

      @Override
      JsonObject read(String message) {
        return new JsonObject(new JsonArray(message.substring(1)).getString(0));
      }
    };

    private final String path;

    Wire(String path) {
      this.path = path;
    }

    abstract String write(String frame);

    abstract JsonObject read(String message);

    FrameSocket open(int port) throws IOException {
      FrameSocket socket = FrameSocket.open(port, path);
      if (this == SOCK_JS) {
        assertThat(socket.read().text()).isEqualTo("o");
      }
      return socket;
    }

    /** Joins a room, and returns behind the answer. */
    void join(FrameSocket socket, Room room) throws IOException {
      socket.frame(FIN | TEXT, write(ask("h", "hello", "{'versions':[1]}")));
      JsonObject hello = read(socket.read().text()).getJsonObject("body").getJsonObject("data");
      String address = hello.getString("address");
      socket.frame(FIN | TEXT, write("{'type':'register','address':'" + address + "'}"));
      String join = ask("j", "join-room-onetime", room.joinOneTime(room.oneTimeKey()));
      socket.frame(FIN | TEXT, write(join));
      assertThat(socket.read().text()).contains("joined");
    }
  }

  /** They reach the same bridge, and its frames are judged as such. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/eventbus/%77ebsocket",
        "/eventbus/./websocket",
        "/eventbus/x/../websocket",
        "/eventbus//websocket",
        "/%65ventbus/websocket?x"
      })
  void otherSpellingsOfAPathAreNoOtherPath(String path) throws IOException {
    try (FrameSocket socket = FrameSocket.open(server.port(), path)) {
      socket.frame(FIN | TEXT, Wire.PLAIN.write(ask("h", "hello", "{'versions':[1]}")));
      JsonObject answer = Wire.PLAIN.read(socket.read().text());
      assertThat(answer.getString("address")).isEqualTo("h");
      socket.frame(FIN | TEXT, Wire.SOCK_JS.write("{'type':'ping'}"));
      assertThat(Wire.PLAIN.read(socket.read().text()).getString("type")).isEqualTo("err");
    }
  }

  /**
   * Has the owner say more than what both kernels and a queue hold, one message after the other, so
   * that each is written in a turn of its own, and the attentive member hear all of it.
   *
   * @return whether that one was told meanwhile that somebody has left
   */
  private static boolean sayMuch(Room room, RawClient attentive) {
    String content = "x".repeat(32 * 1024);
    boolean left = false;
    for (int i = 0; i < MUCH; i++) {
      room.owner().send("send-message", room.toAll(i + content));
      JsonNode frame = attentive.next();
      if (frame.get("cmd").asText().equals("user-left")) {
        left = true;
        frame = attentive.next();
      }
      assertThat(frame.at("/data/content").asText()).isEqualTo(i + content);
    }
    return left;
  }

  /** Nothing but the bound of what waits for it can end it here. */
  @ParameterizedTest
  @EnumSource
  void whoDoesNotReadIsClosedAndTheOthersHearEverything(Wire wire) throws IOException {
    try (TestServer patient =
            TestServer.start("'timeouts':{'write':'10m','ping':'1h','idle':'2h','close':'500ms'}");
        RawClient owner = patient.connect();
        RawClient attentive = patient.connect();
        FrameSocket stalled = wire.open(patient.port())) {
      Room room = Room.create(owner);
      room.admit(attentive);
      wire.join(stalled, room);
      owner.next("user-joined-onetime");
      attentive.next("user-joined-onetime");
      if (!sayMuch(room, attentive)) {
        attentive.next("user-left");
      }
      assertThat(owner.next("user-left").get("reason").asText()).isEqualTo("disconnected");
      await().until(() -> patient.counts().connections() == 2);
    }
  }

  /** It has the time to read on, and finds behind what was sent before why it was closed. */
  @ParameterizedTest
  @EnumSource
  void whoReadsTooLateIsToldWhyItWasClosed(Wire wire) throws IOException {
    try (TestServer patient =
            TestServer.start(
                "'timeouts':{'write':'10m','ping':'1h','idle':'2h','close':'1m','shutdown':'2m'}");
        RawClient owner = patient.connect();
        RawClient attentive = patient.connect();
        FrameSocket slow = wire.open(patient.port())) {
      Room room = Room.create(owner);
      room.admit(attentive);
      wire.join(slow, room);
      attentive.next("user-joined-onetime");
      assertThat(sayMuch(room, attentive)).isTrue();
      int read = 0;
      FrameSocket.Frame frame = slow.read();
      while (frame.opcode() == TEXT) {
        read++;
        frame = slow.read();
      }
      assertThat(frame.closeCode()).isEqualTo(4000);
      assertThat(read).isBetween(1, MUCH - 1);
    }
  }

  @Test
  void whatIsLeftOfAFloodWhenItEndsIsNothing() {
    String create =
        "{'name':'n','username':'u','client_room_id':'1','public_key_string':'" + Keys.PEM + "'}";
    int consumers = server.consumers();
    for (int i = 0; i < 20; i++) {
      BusSocket client = BusSocket.connect(server.port());
      for (int j = 0; j < 10; j++) {
        client.askAt("create-room", create);
      }
      client.socket().abort();
    }
    await().until(() -> server.counts().connections() == 1);
    await().until(() -> server.counts().rooms() == 0);
    await().until(() -> server.consumers() == consumers);
  }

  private static String ask(String replyAddress, String cmd, String data) {
    return ("{'type':'send','address':'resolute.packets','replyAddress':'%s',"
            + "'body':{'cmd':'%s','data':%s}}")
        .formatted(replyAddress, cmd, data);
  }
}
