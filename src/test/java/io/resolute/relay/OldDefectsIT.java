package io.resolute.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.resolute.RelayCounts;
import io.resolute.testing.Keys;
import io.resolute.testing.RawClient;
import io.resolute.testing.Room;
import io.resolute.testing.TestServer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the Go system of this name did wrong, one test each. */
class OldDefectsIT {
  private TestServer server;
  private RawClient alice;
  private RawClient bob;

  @BeforeEach
  void start() {
    server = TestServer.start();
    alice = server.connect();
    bob = server.connect();
  }

  @AfterEach
  void stop() {
    alice.close();
    bob.close();
    server.close();
  }

  @Test
  void whoIsNotTheOwnerGetsAnErrorAndNoKey() {
    Room room = Room.create(alice);
    room.admit(bob);
    bob.send("room-key-onetime", room.inRoom());
    JsonNode answer = bob.next();
    assertThat(answer.get("cmd").asText()).isEqualTo("room-key-onetime-error");
    assertThat(answer.at("/data/code").asText()).isEqualTo("forbidden");
    bob.send("list-members", room.inRoom());
    bob.next("list-members"); // The very next frame: no key came between.
  }

  @Test
  void aPublicKeyThatIsNotPemIsAnErrorAndTheServerLivesOn() {
    bob.send(
        "create-room",
        "{'name':'x','username':'bob','client_room_id':'1','public_key_string':'not PEM'}");
    assertThat(bob.next("create-room-error").get("code").asText()).isEqualTo("bad-public-key");
    Room room = Room.create(alice);
    bob.send("join-room-onetime", room.joinOneTime(room.oneTimeKey()).replace(Keys.PEM, "not PEM"));
    assertThat(bob.next("join-room-onetime-error").get("code").asText())
        .isEqualTo("bad-public-key");
    room.admit(bob);
  }

  @Test
  void manyRoomsMadeAtOnceAreAllThere() throws Exception {
    int clients = 20;
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Set<String>>> makers = new ArrayList<>();
      for (int i = 0; i < clients; i++) {
        makers.add(
            () -> {
              Set<String> rooms = new HashSet<>();
              try (RawClient client = server.connect()) {
                for (int room = 0; room < 16; room++) {
                  Room made = Room.create(client);
                  made.oneTimeKey();
                  rooms.add(made.id());
                }
              }
              return rooms;
            });
      }
      Set<String> all = new HashSet<>();
      for (Future<Set<String>> rooms : threads.invokeAll(makers)) {
        all.addAll(rooms.get());
      }
      assertThat(all).hasSize(clients * 16);
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void aMessageNamesItsSender() {
    Room room = Room.create(alice);
    String bobId = room.admit(bob);
    alice.send("send-message", room.toOne(bobId, "hello"));
    JsonNode message = bob.next("send-message");
    assertThat(message.get("user_id").asText()).isEqualTo(room.ownerId());
    assertThat(message.get("username").asText()).isEqualTo("alice");
  }

  @Test
  void whoeverItSaysThatItIsFrom() {
    Room room = Room.create(alice);
    String bobId = room.admit(bob);
    String claim = "'user_id':'%s','username':'alice'".formatted(room.ownerId());
    String data = room.toAll("forged").replace("}", "," + claim + "}");
    bob.send(("{'cmd':'send-message'," + claim + ",'data':" + data + "}").replace('\'', '"'));
    JsonNode message = alice.next("send-message");
    assertThat(message.get("user_id").asText()).isEqualTo(bobId);
    assertThat(message.get("username").asText()).isEqualTo("bob");
  }

  @Test
  void whoIsDisconnectedIsForgottenAndSoAreTheirRooms() {
    Room room = Room.create(alice);
    String bobId = room.admit(bob);
    bob.abort();
    JsonNode left = alice.next("user-left");
    assertThat(left.get("user_id").asText()).isEqualTo(bobId);
    assertThat(left.get("reason").asText()).isEqualTo("disconnected");

    RawClient carol = server.connect();
    room.admit(carol);
    alice.abort();
    assertThat(carol.next("room-closed").get("reason").asText()).isEqualTo("owner-left");
    carol.close();
    await().until(() -> server.counts().equals(new RelayCounts(0, 0, 0)));
  }

  @Test
  void errorsAreNamedAfterTheirOwnCommandAndHaveTheirDataInLowerCase() {
    Room room = Room.create(alice);
    room.admit(bob);
    bob.send("reset-room-keys", room.inRoom());
    JsonNode error = bob.next();
    assertThat(error.get("cmd").asText()).isEqualTo("reset-room-keys-error");
    assertThat(error.has("Data")).isFalse();
    assertThat(error.at("/data/code").asText()).isEqualTo("forbidden");
    assertThat(error.at("/data/msg").asText()).isNotBlank();
  }

  @Test
  void nothingIsDroppedSilently() {
    Room room = Room.create(alice);
    room.admit(bob);
    bob.send("join-room-onetime", room.joinOneTime(room.oneTimeKey()));
    assertThat(bob.next("join-room-onetime-error").get("code").asText())
        .isEqualTo("already-joined");
    bob.send("send-message", room.toOne("A".repeat(32), "hello"));
    assertThat(bob.next("send-message-error").get("code").asText()).isEqualTo("no-such-member");
    for (String rubbish : List.of("", "null", "[]", "{", "{}", "{} {}", "{'cmd':1}", "hello")) {
      bob.send(rubbish.replace('\'', '"'));
      assertThat(bob.next("error").get("code").asText()).isEqualTo("bad-packet");
    }
    bob.send("no-such-command", "{}");
    assertThat(bob.next("error").get("code").asText()).isEqualTo("unknown-command");
  }
}
