package io.resolute.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.resolute.testing.BusSocket;
import io.resolute.testing.Keys;
import io.resolute.testing.RawClient;
import io.resolute.testing.Room;
import io.resolute.testing.TestServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Clients of the event-bus bridge, beside those of {@code /v1}. */
class EventBusIT {
  private static final String CREATE =
      "{'name':'n','username':'bus','client_room_id':'1','public_key_string':'" + Keys.PEM + "'}";

  @Test
  void helloNamesTheAddressOfTheConnection() {
    try (TestServer server = TestServer.start();
        BusSocket client = BusSocket.connect(server.port());
        RawClient other = server.connect()) {
      JsonNode data = client.ask("hello", "{'versions':[1]}").get("data");
      assertThat(data.get("address").asText()).matches("resolute\\.connections\\.[A-Za-z0-9]{32}");
      assertThat(data.get("user_id").asText()).doesNotContain(data.get("address").asText());
      assertThat(data.at("/limits/message").asInt()).isEqualTo(65_536);
      assertThat(data.get("features")).map(JsonNode::asText).containsExactly("event-bus");
      other.send("hello", "{'versions':[1]}");
      assertThat(other.next("hello").has("address")).isFalse();
    }
  }

  @Test
  void aClientOnTheBusMakesARoomForOthers() {
    try (TestServer server = TestServer.start();
        BusSocket owner = BusSocket.connect(server.port());
        RawClient guest = server.connect()) {
      String address = owner.register();
      String room = owner.ask("create-room", CREATE).at("/room/room_id").asText();
      String inRoom = "{'room_id':'" + room + "'}";
      Room view = new Room(guest, room, "");
      String oneTime = owner.ask("room-key-onetime", inRoom).at("/data/one_time_key").asText();
      guest.send("join-room-onetime", view.joinOneTime(oneTime));
      String user = guest.next("joined").get("user_id").asText();
      assertThat(owner.next(address).at("/data/user_id").asText()).isEqualTo(user);

      guest.send("send-message", view.toAll("to all"));
      assertThat(owner.next(address).at("/data/content").asText()).isEqualTo("to all");
      JsonNode sent = owner.ask("send-message", view.toOne(user, "to one"));
      assertThat(sent.get("cmd").asText()).isEqualTo("message-sent");
      assertThat(sent.at("/data/recipients").asInt()).isEqualTo(1);
      assertThat(sent.has("id")).isFalse();
      assertThat(guest.next("send-message").get("content").asText()).isEqualTo("to one");

      assertThat(owner.ask("list-members", inRoom).at("/data/users")).hasSize(2);
      assertThat(owner.ask("reset-room-keys", inRoom).get("cmd").asText())
          .isEqualTo("reset-room-keys");
      assertThat(owner.ask("room-key-forever", inRoom).at("/data/forever_join_key").asText())
          .hasSize(32);
      guest.send("leave-room", inRoom).next("leave-room");
      assertThat(owner.next(address).at("/data/reason").asText()).isEqualTo("left");
      assertThat(owner.ask("close-room", inRoom).get("cmd").asText()).isEqualTo("close-room");
    }
  }

  @Test
  void aClientOnTheBusEntersARoomOfOthers() {
    try (TestServer server = TestServer.start();
        RawClient owner = server.connect();
        BusSocket guest = BusSocket.connect(server.port())) {
      Room room = Room.create(owner);
      String address = guest.register();
      JsonNode joined = guest.ask("join-room-forever", room.joinForever(room.foreverKey()));
      assertThat(joined.get("cmd").asText()).isEqualTo("joined");
      assertThat(joined.at("/data/users")).hasSize(1);
      owner.next("user-joined-forever");
      owner.send("close-room", room.inRoom()).next("close-room");
      assertThat(guest.next(address).get("cmd").asText()).isEqualTo("room-closed");
    }
  }

  @Test
  void whatIsNotAskedForIsAnsweredAtTheAddressOfTheConnectionWithItsId() {
    try (TestServer server = TestServer.start();
        BusSocket client = BusSocket.connect(server.port())) {
      String address = client.register();
      client.frame(
          "send",
          "resolute.packets",
          ",'body':{'cmd':'create-room','id':'mine','data':" + CREATE + "}");
      JsonNode created = client.next(address);
      assertThat(created.get("cmd").asText()).isEqualTo("create-room");
      assertThat(created.get("id").asText()).isEqualTo("mine");
      client.frame("send", "resolute.packets", ",'body':{'cmd':'dance'}");
      assertThat(client.next(address).at("/data/code").asText()).isEqualTo("unknown-command");
    }
  }

  @Test
  void whatIsAskedForIsAnsweredWithTheErrorsOfAnyClientAndItsId() {
    try (TestServer server = TestServer.start();
        BusSocket client = BusSocket.connect(server.port())) {
      client.register();
      assertThat(client.ask("dance", "{}").at("/data/code").asText()).isEqualTo("unknown-command");
      assertThat(client.ask("list-members", "{}").at("/data/code").asText())
          .isEqualTo("bad-packet");
      for (String body : new String[] {"null", "7", "'text'", "[]", "{}"}) {
        client.frame("send", "resolute.packets", ",'replyAddress':'q','body':" + body);
        assertThat(client.next("q").at("/data/code").asText()).isEqualTo("bad-packet");
      }
      client.frame("send", "resolute.packets", ",'replyAddress':'q'");
      assertThat(client.next("q").at("/data/code").asText()).isEqualTo("bad-packet");
      String data = "{'room_id':'" + "A".repeat(32) + "'}";
      client.frame(
          "send",
          "resolute.packets",
          ",'replyAddress':'q','body':{'cmd':'leave-room','id':'x','data':" + data + "}");
      JsonNode answer = client.next("q");
      assertThat(answer.at("/data/code").asText()).isEqualTo("not-found");
      assertThat(answer.get("id").asText()).isEqualTo("x");
    }
  }

  @Test
  void everythingComesInItsOrder() {
    int messages = 300;
    try (TestServer server = TestServer.start();
        RawClient owner = server.connect();
        BusSocket guest = BusSocket.connect(server.port())) {
      Room room = Room.create(owner);
      String address = guest.register();
      String key = room.foreverKey();
      for (int round = 0; round < 5; round++) {
        String reply = guest.askAt("join-room-forever", room.joinForever(key));
        assertThat(guest.next(reply).get("cmd").asText()).isEqualTo("joined");
        owner.next("user-joined-forever");
        for (int i = 0; i < messages; i++) {
          owner.send("send-message", room.toAll("m" + i));
          guest.send("send-message", room.toAll("g" + i));
        }
        for (int i = 0; i < messages; i++) {
          assertThat(owner.next("send-message").get("content").asText()).isEqualTo("g" + i);
        }
        // They come over another connection, which the guest's leaving could overtake.
        owner.send("list-members", room.inRoom()).next("list-members");
        String left = guest.askAt("leave-room", room.inRoom());
        for (int i = 0; i < messages; i++) {
          assertThat(guest.next(address).at("/data/content").asText()).isEqualTo("m" + i);
        }
        // Nothing of the room comes after this.
        assertThat(guest.next(left).get("cmd").asText()).isEqualTo("leave-room");
        owner.next("user-left");
        owner.send("send-message", room.toAll("nobody hears this"));
        owner.send("list-members", room.inRoom()).next("list-members");
      }
    }
  }

  @Test
  void sockJsCarriesTheSameFrames() {
    try (TestServer server = TestServer.start();
        RawClient client = RawClient.connect(server.port(), "/eventbus/000/abcdefgh/websocket")) {
      assertThat(client.nextText()).isEqualTo("o");
      client.send(sockJs("{'type':'ping'}"));
      client.send(sockJs(hello("first")));
      assertThat(client.nextText()).startsWith("a[").contains("first", "resolute.connections.");
      client.send(sockJs(hello("a"), hello("b"), hello("c")));
      for (String reply : new String[] {"a", "b", "c"}) {
        assertThat(client.nextText()).contains("\\\"address\\\":\\\"" + reply + "\\\"");
      }
    }
  }

  @Test
  void whatIsLongerThanAFrameOfVertxComesWhole() {
    try (TestServer server = TestServer.start();
        RawClient owner = server.connect();
        BusSocket plain = BusSocket.connect(server.port());
        RawClient sockJs = RawClient.connect(server.port(), "/eventbus/000/abcdefgh/websocket")) {
      Room room = Room.create(owner);
      String longName = "n".repeat(1000);
      String join = room.joinForever(room.foreverKey()).replace("'bob'", "'" + longName + "'");
      List<RawClient> guests = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        guests.add(server.connect());
        guests.get(i).send("join-room-forever", join).next("joined");
      }
      plain.register();
      assertThat(plain.ask("join-room-forever", join).at("/data/users")).hasSize(61);
      assertThat(sockJs.nextText()).isEqualTo("o");
      sockJs.send(sockJs(hello("r")));
      assertThat(sockJs.nextText()).startsWith("a[");
      sockJs.send(sockJs(ask("r", "join-room-forever", join.replace("\\n", "\\\\n"))));
      String joined = sockJs.nextText();
      assertThat(joined).hasSizeGreaterThan(65_536).startsWith("a[").endsWith("]");
      assertThat(joined.split(longName)).hasSize(62);
      guests.forEach(RawClient::close);
    }
  }

  private static String hello(String replyAddress) {
    return ask(replyAddress, "hello", "{'versions':[1]}");
  }

  private static String ask(String replyAddress, String cmd, String data) {
    return "{'type':'send','address':'resolute.packets','replyAddress':'%s','body':%s}"
        .formatted(replyAddress, "{'cmd':'" + cmd + "','data':" + data + "}");
  }

  private static String sockJs(String... frames) {
    StringBuilder message = new StringBuilder("[");
    for (String frame : frames) {
      message
          .append(message.length() == 1 ? "\"" : ",\"")
          .append(frame.replace("'", "\\\""))
          .append('"');
    }
    return message.append(']').toString();
  }

  @Test
  void aClientThatEndsLeavesNothing() {
    try (TestServer server = TestServer.start();
        RawClient owner = server.connect()) {
      Room room = Room.create(owner);
      int consumers = server.consumers();
      for (int i = 0; i < 50; i++) {
        BusSocket guest = BusSocket.connect(server.port());
        guest.register();
        guest.ask("join-room-onetime", room.joinOneTime(room.oneTimeKey()));
        owner.next("user-joined-onetime");
        if (i % 2 == 0) {
          guest.close();
        } else {
          guest.socket().abort();
        }
        assertThat(owner.next("user-left").get("reason").asText()).isEqualTo("disconnected");
      }
      await().until(() -> server.counts().connections() == 1);
      await().until(() -> server.consumers() == consumers);
    }
  }

  @Test
  void aClientThatNobodyHearsForIsClosed() {
    try (TestServer server = TestServer.start();
        RawClient owner = server.connect();
        BusSocket guest = BusSocket.connect(server.port())) {
      Room room = Room.create(owner);
      String address = guest.register();
      guest.ask("join-room-onetime", room.joinOneTime(room.oneTimeKey()));
      owner.next("user-joined-onetime");
      guest.frame("unregister", address, "");
      guest.ask("hello", "{'versions':[1]}");
      owner.send("send-message", room.toAll("are you there?"));
      assertThat(guest.socket().closeCode()).isEqualTo(1008);
      assertThat(owner.next("user-left").get("reason").asText()).isEqualTo("disconnected");
    }
  }

  @Test
  void withoutTheEventBusThereIsNothing() {
    try (TestServer server = TestServer.start("'eventBus':{'enabled':false}");
        RawClient client = server.connect()) {
      client.send("hello", "{'versions':[1]}");
      assertThat(client.next("hello").get("features")).isEmpty();
      assertThatThrownBy(() -> BusSocket.connect(server.port()))
          .hasRootCauseMessage("Unexpected HTTP response status code 404");
    }
  }
}
