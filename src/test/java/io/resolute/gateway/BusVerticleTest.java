package io.resolute.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.resolute.testing.Keys;
import io.resolute.testing.TestServer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A verticle of the operator's, in the same Vert.x as the relay. */
class BusVerticleTest {
  private static final String PACKETS = "resolute.packets";
  private static final JsonObject CREATION =
      new JsonObject()
          .put("name", "n")
          .put("username", "bot")
          .put("client_room_id", "1")
          .put("public_key_string", Keys.PEM.replace("\\n", "\n"));

  private final BlockingQueue<JsonObject> events = new LinkedBlockingQueue<>();
  private TestServer server;
  private EventBus bus;

  @BeforeEach
  void start() {
    server = TestServer.start("'limits':{'connections':3}");
    bus = server.vertx().eventBus();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aVerticleTalksInARoomThroughItsConnection() throws InterruptedException {
    String address = hello();
    listen(address);
    JsonObject room = ask(address, "create-room", CREATION).getJsonObject("room");
    JsonObject inRoom = new JsonObject().put("room_id", room.getString("room_id"));
    JsonObject key = ask(address, "room-key-forever", inRoom).getJsonObject("data");

    String guest = hello();
    listen(guest);
    JsonObject join =
        inRoom
            .copy()
            .put("forever_key", key.getString("forever_join_key"))
            .put("username", "guest")
            .put("public_key", CREATION.getString("public_key_string"));
    assertThat(ask(guest, "join-room-forever", join).getString("cmd")).isEqualTo("joined");
    assertThat(nextEvent().getString("cmd")).isEqualTo("user-joined-forever");
    send(guest, "send-message", inRoom.copy().put("content", "hi"));
    assertThat(nextEvent().getJsonObject("data").getString("content")).isEqualTo("hi");
  }

  @Test
  void whatAVerticleDoesNotAskForIsToldAtItsAddress() throws InterruptedException {
    String address = hello();
    listen(address);
    send(address, "create-room", CREATION);
    assertThat(nextEvent().getString("cmd")).isEqualTo("create-room");
  }

  @Test
  void aConnectionEndsWhenNobodyListensAnyMore() throws InterruptedException {
    String owner = hello();
    listen(owner);
    JsonObject room = ask(owner, "create-room", CREATION).getJsonObject("room");
    JsonObject inRoom = new JsonObject().put("room_id", room.getString("room_id"));
    JsonObject key = ask(owner, "room-key-onetime", inRoom).getJsonObject("data");
    String guest = hello();
    MessageConsumer<JsonObject> consumer = listen(guest);
    JsonObject join =
        inRoom
            .copy()
            .put("one_time_key", key.getString("one_time_key"))
            .put("username", "guest")
            .put("public_key", CREATION.getString("public_key_string"));
    ask(guest, "join-room-onetime", join);
    nextEvent();
    consumer.unregister().toCompletionStage().toCompletableFuture().join();
    send(owner, "send-message", inRoom.copy().put("content", "are you there?"));
    JsonObject left = nextEvent();
    assertThat(left.getString("cmd")).isEqualTo("user-left");
    assertThat(left.getJsonObject("data").getString("reason")).isEqualTo("disconnected");
    await().until(() -> server.counts().connections() == 1);
    assertThat(code(ask(guest, "leave-room", inRoom))).isEqualTo("not-found");
  }

  @Test
  void aVerticleThatSaysGoodbyeIsGoneAtOnceAlsoWhileItListensAndWaits()
      throws InterruptedException {
    String owner = hello();
    listen(owner);
    JsonObject room = ask(owner, "create-room", CREATION).getJsonObject("room");
    JsonObject inRoom = new JsonObject().put("room_id", room.getString("room_id"));
    JsonObject key = ask(owner, "room-key-onetime", inRoom).getJsonObject("data");
    String guest = hello();
    bus.localConsumer(guest, message -> {});
    JsonObject join =
        inRoom
            .copy()
            .put("one_time_key", key.getString("one_time_key"))
            .put("username", "guest")
            .put("public_key", CREATION.getString("public_key_string"));
    ask(guest, "join-room-onetime", join);
    assertThat(nextEvent().getString("cmd")).isEqualTo("user-joined-onetime");
    for (int i = 0; i < 200; i++) {
      send(guest, "list-members", inRoom);
    }
    assertThat(ask(guest, "goodbye", new JsonObject()).getString("cmd")).isEqualTo("goodbye");
    JsonObject left = nextEvent().getJsonObject("data");
    assertThat(left.getString("reason")).isEqualTo("disconnected");
    assertThat(server.counts().connections()).isEqualTo(1);
    assertThat(code(ask(guest, "goodbye", new JsonObject()))).isEqualTo("not-found");
  }

  @Test
  void aPacketLongerThanAMessageIsTooLargeForAVerticleToo() {
    String address = hello();
    listen(address);
    JsonObject data = new JsonObject().put("room_id", "A".repeat(32));
    assertThat(code(ask(address, "send-message", data.copy().put("content", "x".repeat(60_000)))))
        .isEqualTo("not-found");
    assertThat(code(ask(address, "send-message", data.copy().put("content", "x".repeat(70_000)))))
        .isEqualTo("too-large");
  }

  @Test
  void aConnectionBeginsWithAHelloThatIsAnswered() {
    assertThat(code(ask(null, "create-room", CREATION))).isEqualTo("bad-packet");
    assertThat(code(ask("resolute.connections.none", "hello", new JsonObject())))
        .isEqualTo("not-found");
    JsonObject versions = new JsonObject().put("versions", new JsonArray().add(2));
    for (int i = 0; i < 10; i++) {
      assertThat(code(ask(null, "hello", versions))).isEqualTo("unsupported-version");
    }
    await().until(() -> server.counts().connections() == 0);
  }

  @Test
  void verticlesCountAsConnections() {
    for (int i = 0; i < 3; i++) {
      hello();
    }
    JsonObject versions = new JsonObject().put("versions", new JsonArray().add(1));
    assertThat(code(ask(null, "hello", versions))).isEqualTo("limit-reached");
    assertThat(server.counts().connections()).isEqualTo(3);
  }

  @Test
  void whatAVerticleAsksBehindARequestThatTakesItsShareIsAnsweredInItsTurn() {
    String address = hello();
    listen(address);
    List<CompletableFuture<JsonObject>> answers = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      answers.add(request(address, "create-room", CREATION));
    }
    assertThat(answers).map(answer -> answer.join().getString("cmd")).containsOnly("create-room");
  }

  @Test
  void aVerticleThatAsksForMoreThanIsCarriedOutIsToldSo() {
    String address = hello();
    listen(address);
    JsonObject inRoom = new JsonObject().put("room_id", "A".repeat(32));
    List<CompletableFuture<JsonObject>> answers = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      answers.add(request(address, "list-members", inRoom));
    }
    List<String> codes = answers.stream().map(CompletableFuture::join).map(this::code).toList();
    assertThat(codes).hasSize(200).contains("not-found", "rate-limited");
    assertThat(code(ask(address, "list-members", inRoom))).isEqualTo("not-found");
  }

  @Test
  void aVerticleMaySendManyLongMessagesAtOnce() {
    String address = hello();
    listen(address);
    JsonObject message =
        new JsonObject().put("room_id", "A".repeat(32)).put("content", "x".repeat(60_000));
    List<CompletableFuture<JsonObject>> answers = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      answers.add(request(address, "send-message", message));
    }
    assertThat(answers).map(answer -> code(answer.join())).containsOnly("not-found");
  }

  private String hello() {
    JsonObject versions = new JsonObject().put("versions", new JsonArray().add(1));
    return ask(null, "hello", versions).getJsonObject("data").getString("address");
  }

  private MessageConsumer<JsonObject> listen(String address) {
    return bus.localConsumer(address, message -> events.add(message.body()));
  }

  private JsonObject nextEvent() throws InterruptedException {
    JsonObject event = events.poll(20, TimeUnit.SECONDS);
    assertThat(event).as("an event").isNotNull();
    return event;
  }

  private JsonObject ask(@Nullable String address, String cmd, JsonObject data) {
    return request(address, cmd, data).join();
  }

  private CompletableFuture<JsonObject> request(
      @Nullable String address, String cmd, JsonObject data) {
    return bus.<JsonObject>request(PACKETS, packet(cmd, data), options(address))
        .map(Message::body)
        .toCompletionStage()
        .toCompletableFuture();
  }

  private void send(String address, String cmd, JsonObject data) {
    bus.send(PACKETS, packet(cmd, data), options(address));
  }

  private static JsonObject packet(String cmd, JsonObject data) {
    return new JsonObject().put("cmd", cmd).put("data", data);
  }

  private static DeliveryOptions options(@Nullable String address) {
    DeliveryOptions options = new DeliveryOptions();
    return address == null ? options : options.addHeader("connection", address);
  }

  private String code(JsonObject failure) {
    return failure.getJsonObject("data").getString("code");
  }
}
