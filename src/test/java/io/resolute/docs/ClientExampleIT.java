package io.resolute.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.resolute.client.ClientRoom;
import io.resolute.client.ConnectOptions;
import io.resolute.client.Member;
import io.resolute.client.ResoluteClient;
import io.resolute.client.RoomListener;
import io.resolute.client.Trust;
import io.resolute.protocol.ClientPacket.KeyKind;
import io.resolute.testing.ServerProcess;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Runs the client that {@code README.md} shows. */
class ClientExampleIT {
  @Test
  void clientOfTheReadmeAnswersWhatItIsToldUntilTheRoomEnds() throws Exception {
    CompletableFuture<Member> joined = new CompletableFuture<>();
    CompletableFuture<String> answer = new CompletableFuture<>();
    RoomListener listener =
        new RoomListener() {
          @Override
          public void memberJoined(ClientRoom room, Member member) {
            joined.complete(member);
          }

          @Override
          public void message(ClientRoom room, Member from, String text) {
            answer.complete(text);
          }
        };
    try (ServerProcess server = ServerProcess.start("")) {
      URI address = URI.create("wss://localhost:" + server.port() + "/v1");
      String fingerprint = server.fingerprint();
      ConnectOptions options = ConnectOptions.builder().trust(Trust.pin(fingerprint)).build();
      ResoluteClient alice = ResoluteClient.connect(address, options).join();
      ClientRoom room = alice.createRoom("Plans", "alice", listener).join();
      String link = room.invite(KeyKind.ONE_TIME).join().toLink();
      CompletableFuture<Void> example =
          CompletableFuture.runAsync(() -> ClientExample.answer(link, fingerprint));
      assertThat(joined.get(20, TimeUnit.SECONDS).username()).isEqualTo("echo");
      room.sendToAll("hello").join();
      assertThat(answer.get(20, TimeUnit.SECONDS)).isEqualTo("You said: hello");
      alice.close();
      example.get(20, TimeUnit.SECONDS);
    }
  }
}
