package io.resolute.relay;

import static io.resolute.testing.FrameSocket.FIN;
import static io.resolute.testing.FrameSocket.PING;
import static io.resolute.testing.FrameSocket.PONG;
import static io.resolute.testing.FrameSocket.TEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.resolute.RelayCounts;
import io.resolute.testing.FrameSocket;
import io.resolute.testing.Keys;
import io.resolute.testing.RawClient;
import io.resolute.testing.Room;
import io.resolute.testing.TestServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Everything that is bounded, past its bound, with others who must feel nothing. Times are so long
 * that a test on a busy machine can do in them what comes before their end.
 */
class LimitsIT {
  @Test
  void anOverlongTextIsTooLarge() {
    try (TestServer server = TestServer.start("'limits':{'name':'16B','username':'20B'}");
        RawClient client = server.connect()) {
      client.send("create-room", create("n".repeat(17), "alice"));
      assertThat(client.next("create-room-error").get("code").asText()).isEqualTo("too-large");
      client.send("create-room", create("n", "é".repeat(11)));
      assertThat(client.next("create-room-error").get("code").asText()).isEqualTo("too-large");
      client.send("create-room", create("n".repeat(16), "é".repeat(10)));
      client.next("create-room");
    }
  }

  @Test
  void anOverlongPublicKeyIsTooLarge() {
    try (TestServer server = TestServer.start("'limits':{'publicKey':'1KiB'}");
        RawClient client = server.connect()) {
      String several = Keys.PEM + Keys.PEM + Keys.PEM;
      client.send("create-room", create("n", "alice").replace(Keys.PEM, several));
      assertThat(client.next("create-room-error").get("code").asText()).isEqualTo("too-large");
    }
  }

  @Test
  void aServerHasOnlySoManyRoomsUntilOneIsClosed() {
    try (TestServer server = TestServer.start("'limits':{'rooms':2}");
        RawClient client = server.connect()) {
      Room first = Room.create(client);
      Room.create(client);
      client.send("create-room", create("n", "alice"));
      assertThat(client.next("create-room-error").get("code").asText()).isEqualTo("limit-reached");
      client.send("close-room", first.inRoom()).next("close-room");
      Room.create(client);
    }
  }

  @Test
  void aConnectionIsInOnlySoManyRoomsUntilItLeavesOne() {
    try (TestServer server = TestServer.start("'limits':{'roomsPerConnection':2}");
        RawClient owner = server.connect();
        RawClient guest = server.connect()) {
      Room first = Room.create(owner);
      Room second = Room.create(owner);
      owner.send("create-room", create("n", "alice"));
      assertThat(owner.next("create-room-error").get("code").asText()).isEqualTo("limit-reached");
      guest.send("join-room-onetime", first.joinOneTime("A".repeat(32)));
      assertThat(guest.next("join-room-onetime-error").get("code").asText()).isEqualTo("bad-key");
      first.admit(guest);
      second.admit(guest);
      guest.send("join-room-onetime", first.joinOneTime("A".repeat(32)));
      assertThat(guest.next("join-room-onetime-error").get("code").asText())
          .isEqualTo("already-joined");
      guest.send("leave-room", first.inRoom()).next("leave-room");
      owner.next("user-left");
      first.admit(guest);
      owner.send("close-room", second.inRoom()).next("close-room");
      guest.next("room-closed");
      Room.create(guest);
    }
  }

  @Test
  void aFullRoomTellsOnlyWhoHoldsAKeyAndConsumesNone() {
    try (TestServer server = TestServer.start("'limits':{'membersPerRoom':2}");
        RawClient owner = server.connect();
        RawClient guest = server.connect();
        RawClient late = server.connect()) {
      Room room = Room.create(owner);
      room.admit(guest);
      String key = room.oneTimeKey();
      late.send("join-room-onetime", room.joinOneTime("A".repeat(32)));
      assertThat(late.next("join-room-onetime-error").get("code").asText()).isEqualTo("bad-key");
      late.send("join-room-onetime", room.joinOneTime(key));
      assertThat(late.next("join-room-onetime-error").get("code").asText())
          .isEqualTo("limit-reached");
      guest.send("leave-room", room.inRoom()).next("leave-room");
      owner.next("user-left");
      late.send("join-room-onetime", room.joinOneTime(key)).next("joined");
    }
  }

  @Test
  void aRoomHasOnlySoManyUnusedKeys() {
    try (TestServer server = TestServer.start("'limits':{'oneTimeKeysPerRoom':2}");
        RawClient owner = server.connect();
        RawClient guest = server.connect()) {
      Room room = Room.create(owner);
      room.oneTimeKey();
      String key = room.oneTimeKey();
      owner.send("room-key-onetime", room.inRoom());
      assertThat(owner.next("room-key-onetime-error").get("code").asText())
          .isEqualTo("limit-reached");
      guest.send("join-room-onetime", room.joinOneTime(key)).next("joined");
      owner.next("user-joined-onetime");
      room.oneTimeKey();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1", "/eventbus/websocket"})
  void aServerHasOnlySoManyConnectionsUntilOneEnds(String path) {
    try (TestServer server = TestServer.start("'limits':{'connections':2}")) {
      RawClient first = RawClient.connect(server.port(), path);
      try (RawClient second = server.connect()) {
        assertThat(RawClient.connect(server.port(), path).closeCode()).isEqualTo(4001);
        second.send("hello", "{'versions':[1]}").next("hello");
        first.close();
        await().until(() -> server.counts().connections() == 1);
        try (RawClient third = server.connect()) {
          third.send("hello", "{'versions':[1]}").next("hello");
        }
      }
    }
  }

  @Test
  void aSlowConsumerIsClosedAndTheOthersHearEverything() throws IOException {
    int messages = 400;
    String content = "x".repeat(32 * 1024);
    try (TestServer server =
            TestServer.start("'limits':{'sendQueue':'128KiB','membersPerRoom':3}");
        RawClient owner = server.connect();
        RawClient attentive = server.connect();
        FrameSocket slow = FrameSocket.open(server.port())) {
      Room room = Room.create(owner);
      room.admit(attentive);
      slow.frame(FIN | TEXT, room.joinPacket());
      assertThat(slow.read().text()).contains("\"joined\"");
      owner.next("user-joined-onetime");
      attentive.next("user-joined-onetime");

      // One after the other: whoever reads is never behind by more than the queue holds.
      for (int i = 0; i < messages; i++) {
        owner.send("send-message", room.toAll(i + content));
        var frame = attentive.next();
        if (frame.get("cmd").asText().equals("user-left")) {
          frame = attentive.next();
        }
        assertThat(frame.at("/data/content").asText()).isEqualTo(i + content);
      }
      assertThat(slow.readPast(TEXT).closeCode()).isEqualTo(4000);
      assertThat(owner.next("user-left").get("reason").asText()).isEqualTo("disconnected");
    }
  }

  @Test
  void aSilentConnectionIsAskedAndThenClosed() throws IOException {
    try (TestServer server =
            TestServer.start("'timeouts':{'ping':'200ms','idle':'2s','close':'100ms'}");
        FrameSocket silent = FrameSocket.open(server.port())) {
      assertThat(silent.read().opcode()).isEqualTo(PING);
      assertThat(silent.readPast(PING).closeCode()).isEqualTo(4002);
      assertThat(silent.isEnded()).isTrue();
      await().until(() -> server.counts().equals(new RelayCounts(0, 0, 0)));
    }
  }

  /** It is told nothing any more, so nobody is to think so, however long its socket stays. */
  @ParameterizedTest
  @ValueSource(strings = {"/v1", "/eventbus/websocket"})
  void whoIsBeingClosedIsInNoRoomAnyMore(String path) throws IOException {
    try (TestServer server =
            TestServer.start(
                "'timeouts':{'ping':'200ms','idle':'1s','close':'1m','shutdown':'2m'}");
        RawClient owner = server.connect();
        FrameSocket silent = FrameSocket.open(server.port(), path)) {
      Room room = Room.create(owner);
      String join = room.joinPacket();
      if (!path.equals("/v1")) {
        join =
            "{'type':'send','address':'resolute.packets','replyAddress':'r','body':" + join + "}";
      }
      silent.frame(FIN | TEXT, join.replace('\'', '"'));
      owner.next("user-joined-onetime");
      assertThat(owner.next("user-left").get("reason").asText()).isEqualTo("disconnected");
      owner.send(
          ("{'cmd':'send-message','id':'1','data':" + room.toAll("hello") + "}")
              .replace('\'', '"'));
      assertThat(owner.next("message-sent").get("recipients").asInt()).isZero();
      assertThat(server.counts().connections()).isEqualTo(2);
      assertThat(silent.readPast(PING, TEXT).closeCode())
          .isEqualTo(4002); // Which is waited for a minute.
    }
  }

  @Test
  void aSilentConnectionToTheEventBusIsClosed() throws IOException {
    try (TestServer server =
            TestServer.start("'timeouts':{'ping':'200ms','idle':'2s','close':'100ms'}");
        FrameSocket silent = FrameSocket.open(server.port(), "/eventbus/websocket")) {
      assertThat(silent.readPast(PING).closeCode()).isEqualTo(4002);
      await().until(() -> server.counts().equals(new RelayCounts(0, 0, 0)));
    }
  }

  @Test
  void aConnectionThatAnswersPingsStays() throws IOException {
    try (TestServer server = TestServer.start("'timeouts':{'ping':'100ms','idle':'2s'}");
        FrameSocket quiet = FrameSocket.open(server.port())) {
      for (int i = 0; i < 25; i++) {
        FrameSocket.Frame ping = quiet.read();
        assertThat(ping.opcode()).isEqualTo(PING);
        quiet.frame(FIN | PONG, ping.payload());
      }
    }
  }

  @Test
  void aSocketThatNeverBecomesAWebSocketIsClosed() throws IOException {
    try (TestServer server = TestServer.start("'timeouts':{'handshake':'2s'}");
        FrameSocket mute = FrameSocket.tls(server.port());
        FrameSocket slow = FrameSocket.tls(server.port())) {
      slow.write("GET /v1 HTTP/1.1\r\nHost: loc".getBytes(StandardCharsets.US_ASCII));
      assertThat(mute.isEnded()).isTrue();
      assertThat(slow.isEnded()).isTrue();
    }
  }

  @Test
  void aSocketThatAsksWithoutReadingIsClosed() throws IOException {
    try (TestServer server = TestServer.start("'timeouts':{'handshake':'2s'}");
        FrameSocket deaf = FrameSocket.tls(server.port())) {
      byte[] requests =
          "GET /nothing HTTP/1.1\r\nHost: localhost\r\n\r\n"
              .repeat(1000)
              .getBytes(StandardCharsets.US_ASCII);
      assertThatThrownBy(
              () -> {
                while (!Thread.interrupted()) {
                  deaf.write(requests);
                }
              })
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void aRoomThatIsTooOldExpires() {
    try (TestServer server = TestServer.start("'timeouts':{'room':'3s'}");
        RawClient owner = server.connect();
        RawClient guest = server.connect()) {
      Room room = Room.create(owner);
      room.admit(guest);
      assertThat(owner.next("room-closed").get("reason").asText()).isEqualTo("expired");
      assertThat(guest.next("room-closed").get("reason").asText()).isEqualTo("expired");
      owner.send("list-members", room.inRoom());
      assertThat(owner.next("list-members-error").get("code").asText()).isEqualTo("not-found");
      await().until(() -> server.counts().equals(new RelayCounts(2, 0, 0)));
    }
  }

  private static String create(String name, String username) {
    return "{'name':'%s','username':'%s','client_room_id':'1','public_key_string':'%s'}"
        .formatted(name, username, Keys.PEM);
  }
}
