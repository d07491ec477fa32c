package io.resolute.relay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.resolute.testing.RawClient;
import io.resolute.testing.Room;
import io.resolute.testing.TestServer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** In what order frames arrive, and how often. */
class OrderIT {
  private TestServer server;

  @BeforeEach
  void start() {
    server = TestServer.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void messagesOfOneSenderArriveOnceAndInOrderBesideThoseOfOthers() {
    int messages = 500;
    List<RawClient> clients = IntStream.range(0, 6).mapToObj(i -> server.connect()).toList();
    Room room = Room.create(clients.get(0));
    String key = room.foreverKey();
    for (int i = 1; i < clients.size(); i++) {
      clients.get(i).send("join-room-forever", room.joinForever(key)).next("joined");
      for (RawClient earlier : clients.subList(0, i)) {
        earlier.next("user-joined-forever");
      }
    }
    List<CompletableFuture<Void>> senders =
        clients.stream()
            .map(
                client ->
                    CompletableFuture.runAsync(
                        () -> {
                          for (int i = 0; i < messages; i++) {
                            client.send("send-message", room.toAll(Integer.toString(i)));
                          }
                        }))
            .toList();
    for (RawClient client : clients) {
      Map<String, Integer> next = new HashMap<>();
      for (int i = 0; i < messages * (clients.size() - 1); i++) {
        JsonNode message = client.next("send-message");
        int expected = next.merge(message.get("user_id").asText(), 1, Integer::sum) - 1;
        assertThat(message.get("content").asInt()).isEqualTo(expected);
      }
      assertThat(next).hasSize(clients.size() - 1).doesNotContainValue(0);
    }
    senders.forEach(CompletableFuture::join);
    clients.forEach(client -> assertThat(client.hasNoFrame()).isTrue());
    clients.forEach(RawClient::close);
  }

  @Test
  void requestsOfOneConnectionAreAnsweredWithTheirIdsExactlyOnce() {
    try (RawClient owner = server.connect();
        RawClient guest = server.connect()) {
      Room room = Room.create(owner);
      String guestId = room.admit(guest);
      owner.send(withId("a", "list-members", room.inRoom()));
      owner.send(withId("b", "send-message", room.toOne(guestId, "x")));
      owner.send(withId("c", "send-message", room.toAll("y")));
      owner.send(withId("d", "room-key-forever", room.inRoom()));
      owner.send(withId("e", "no-such-command", "{}"));
      owner.send(withId("f", "list-members", "{}"));
      owner.send(withId("g", "close-room", room.inRoom()));
      Map<String, String> answers = new HashMap<>();
      for (int i = 0; i < 7; i++) {
        JsonNode answer = owner.next();
        answers.put(answer.get("id").asText(), answer.get("cmd").asText());
      }
      assertThat(answers)
          .containsEntry("a", "list-members")
          .containsEntry("b", "message-sent")
          .containsEntry("c", "message-sent")
          .containsEntry("e", "error")
          .containsEntry("f", "error")
          .containsEntry("g", "close-room")
          .containsKey("d");
      owner.send("hello", "{'versions':[1]}").next("hello");
    }
  }

  @Test
  void nothingOfARoomComesAfterItsEnd() {
    try (RawClient owner = server.connect();
        RawClient guest = server.connect()) {
      Room room = Room.create(owner);
      room.admit(guest);
      CompletableFuture<Void> talk =
          CompletableFuture.runAsync(
              () -> {
                for (int i = 0; i < 200; i++) {
                  owner.send("send-message", room.toAll("hello"));
                }
                owner.send("close-room", room.inRoom());
              });
      guest.send("leave-room", room.inRoom());
      JsonNode frame = guest.next();
      while (frame.get("cmd").asText().equals("send-message")) {
        frame = guest.next();
      }
      assertThat(frame.get("cmd").asText()).isIn("leave-room", "room-closed");
      talk.join();
      boolean left = frame.get("cmd").asText().equals("leave-room");
      if (!left) {
        guest.next("leave-room-error");
      }
      guest.send("hello", "{'versions':[1]}").next("hello");
    }
  }

  @Test
  void whoIsNoMemberCannotTellWhetherARoomExists() {
    try (RawClient owner = server.connect();
        RawClient stranger = server.connect()) {
      Room room = Room.create(owner);
      String none = "A".repeat(32);
      for (String cmd :
          List.of(
              "list-members",
              "leave-room",
              "close-room",
              "room-key-onetime",
              "room-key-forever",
              "reset-room-keys")) {
        String real = stranger.send(cmd, room.inRoom()).nextText();
        assertThat(stranger.send(cmd, "{'room_id':'" + none + "'}").nextText()).isEqualTo(real);
        assertThat(stranger.send(cmd, "{'room_id':'x'}").nextText()).isEqualTo(real);
      }
      String real = stranger.send("send-message", room.toAll("x")).nextText();
      String fake = room.toAll("x").replace(room.id(), none);
      assertThat(stranger.send("send-message", fake).nextText()).isEqualTo(real);
    }
  }

  @Test
  void whoHoldsNoKeyCannotTellWhy() {
    try (RawClient owner = server.connect();
        RawClient guest = server.connect();
        RawClient stranger = server.connect()) {
      Room room = Room.create(owner);
      String spent = room.oneTimeKey();
      guest.send("join-room-onetime", room.joinOneTime(spent)).next("joined");
      owner.next("user-joined-onetime");
      String reset = room.oneTimeKey();
      owner.send("reset-room-keys", room.inRoom()).next("reset-room-keys");
      String wrong = "A".repeat(32);
      String refusal = stranger.send("join-room-onetime", room.joinOneTime(wrong)).nextText();
      assertThat(refusal).contains("bad-key");
      for (String key : List.of(spent, reset, "x", "")) {
        assertThat(stranger.send("join-room-onetime", room.joinOneTime(key)).nextText())
            .isEqualTo(refusal);
      }
      String fresh = room.oneTimeKey();
      for (String id : List.of(wrong, "x", "")) {
        String join = room.joinOneTime(fresh).replace(room.id(), id);
        assertThat(stranger.send("join-room-onetime", join).nextText()).isEqualTo(refusal);
      }
      stranger.send("join-room-onetime", room.joinOneTime(fresh)).next("joined");
    }
  }

  private static String withId(String id, String cmd, String data) {
    return ("{'id':'" + id + "','cmd':'" + cmd + "','data':" + data + "}").replace('\'', '"');
  }
}
