package io.resolute.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.resolute.client.e2ee.Secret;
import io.resolute.protocol.ClientPacket.KeyKind;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SealedConversationTest {
  @Test
  void noTextNoNameAndNoSecretCrossesTheServer() throws Exception {
    try (HostileRelay relay = new HostileRelay()) {
      Witness aliceTold = new Witness();
      Witness bobTold = new Witness();
      ResoluteClient first = relay.connect();
      ResoluteClient second = relay.connect();
      ClientRoom alice = first.createRoom("roomname-x7", "username-alice", aliceTold).join();
      Invite invite = alice.invite(KeyKind.ONE_TIME).join();
      ClientRoom bob = second.join(invite, "username-bob", bobTold).join();
      aliceTold.await("username-bob joined VERIFIED");
      alice.sendToAll("plaintext-one").join();
      bobTold.await("username-alice: plaintext-one");
      bob.sendTo(bob.members().get(0), "plaintext-two").join();
      aliceTold.await("username-bob to one: plaintext-two");
      alice.listMembers().join();
      alice.invite(KeyKind.FOREVER).join();
      List<Secret> secrets = new ArrayList<>(Secret.allOf(Inside.cipher(alice)));
      secrets.addAll(Secret.allOf(Inside.cipher(bob)));
      bob.leave().join();
      aliceTold.await("username-bob left");
      first.close();
      second.close();
      first.terminated().join();
      second.terminated().join();

      String everything = Seen.everything(relay.seen());
      String secret = invite.toLink().substring(invite.toLink().lastIndexOf('.') + 1);
      assertThat(everything)
          .contains("send-message", "resolute-java")
          .doesNotContain("plaintext", "username-", "roomname-x7", secret);
      assertThat(secrets).hasSizeGreaterThan(10);
      assertThat(secrets).noneMatch(each -> each.isIn(Seen.bytes(relay.seen())));
    }
  }

  @Test
  void theServerSeesNoOtherFieldsThanTheDocumentLists() throws Exception {
    try (HostileRelay relay = new HostileRelay()) {
      Witness aliceTold = new Witness();
      ClientRoom alice = relay.connect().createRoom("room", "alice", aliceTold).join();
      ResoluteClient second = relay.connect();
      Witness bobTold = new Witness();
      second.join(alice.invite(KeyKind.ONE_TIME).join(), "bob", bobTold).join();
      aliceTold.await("bob joined VERIFIED");
      alice.sendToAll("hello").join();
      bobTold.await("alice: hello");
      Set<String> fields = new HashSet<>();
      for (String frame : relay.seen()) {
        JsonObject data = new JsonObject(frame).getJsonObject("data");
        if (frame.contains("\"cmd\":\"send-message\"") && data != null) {
          fields.addAll(data.fieldNames());
        }
      }
      assertThat(fields)
          .containsExactlyInAnyOrder("room_id", "to_user_id", "content", "user_id", "username");
    }
  }

  @Test
  void tenTalkWhileSomeComeAndGo() throws Exception {
    try (HostileRelay relay = new HostileRelay()) {
      List<ResoluteClient> clients = new ArrayList<>();
      List<ClientRoom> rooms = new ArrayList<>();
      List<Witness> told = new ArrayList<>();
      clients.add(relay.connect());
      told.add(new Witness());
      rooms.add(clients.get(0).createRoom("ten", "m0", told.get(0)).join());
      Invite invite = rooms.get(0).invite(KeyKind.FOREVER).join();
      for (int i = 1; i < 10; i++) {
        clients.add(relay.connect());
        told.add(new Witness());
        rooms.add(clients.get(i).join(invite, "m" + i, told.get(i)).join());
        for (int before = 0; before < i; before++) {
          told.get(before).await("m" + i + " joined VERIFIED");
        }
      }
      everybodyTalks(rooms, told, "first");
      assertThat(safetyNumbers(rooms)).hasSize(1);

      ClientRoom leaver = rooms.remove(9);
      Witness leaverTold = told.remove(9);
      leaver.leave().join();
      for (Witness witness : told) {
        witness.await("m9 left");
      }
      everybodyTalks(rooms, told, "second");
      assertThat(safetyNumbers(rooms)).hasSize(1);

      Witness newTold = new Witness();
      rooms.add(clients.get(9).join(invite, "m10", newTold).join());
      for (Witness witness : told) {
        witness.await("m10 joined VERIFIED");
      }
      told.add(newTold);
      everybodyTalks(rooms, told, "third");
      assertThat(leaverTold.isToldMore("second")).isFalse();
      assertThat(newTold.isToldMore("second")).isFalse();
      clients.forEach(ResoluteClient::close);
      clients.forEach(client -> client.terminated().join());
    }
  }

  private static void everybodyTalks(List<ClientRoom> rooms, List<Witness> told, String what)
      throws InterruptedException {
    for (int speaker = 0; speaker < rooms.size(); speaker++) {
      String text = what + " " + speaker;
      SendResult sent = rooms.get(speaker).sendToAll(text).join();
      assertThat(sent.recipients()).isEqualTo(rooms.size() - 1);
      assertThat(sent.unreached()).isEmpty();
      for (int listener = 0; listener < rooms.size(); listener++) {
        if (listener != speaker) {
          assertThat(told.get(listener).next()).endsWith(": " + text);
        }
      }
    }
  }

  private static Set<String> safetyNumbers(List<ClientRoom> rooms) {
    Set<String> numbers = new HashSet<>();
    rooms.forEach(room -> numbers.add(room.safetyNumber().join().orElseThrow().digits()));
    return numbers;
  }
}
