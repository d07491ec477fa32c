package io.resolute.relay;

import static io.resolute.testing.FrameSocket.BINARY;
import static io.resolute.testing.FrameSocket.FIN;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.resolute.testing.FrameSocket;
import io.resolute.testing.Keys;
import io.resolute.testing.RawClient;
import io.resolute.testing.Room;
import io.resolute.testing.ServerProcess;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The log of a whole conversation with everything in it that may go wrong, and what is not in it.
 */
class LogIT {
  @TempDir private Path folder;

  @Test
  void namesNobodyAndQuotesNothing() throws IOException {
    String content = "the content of a message";
    List<String> secrets = new ArrayList<>(List.of(content, "alice", "bob", "test room"));
    secrets.addAll(List.of("127.0.0.1", Keys.PEM.substring(40, 80)));
    List<String> log;
    try (ServerProcess server = ServerProcess.start("", everythingLogged())) {
      converse(server, content, secrets);
      misbehave(server);
      server.terminate();
      log = server.output();
    }
    assertThat(log).anyMatch(line -> line.contains("Listening"));
    assertThat(log).anyMatch(line -> line.contains("A handshake failed"));
    assertThat(secrets).hasSizeGreaterThan(10);
    for (String secret : secrets) {
      assertThat(log).noneMatch(line -> line.contains(secret));
    }
  }

  /** The shipped configuration, but with the server's own most talkative level. */
  private String everythingLogged() throws IOException {
    String xml =
        Files.readString(Path.of("conf/logback.xml"))
            .replace("<root ", "<logger name=\"io.resolute\" level=\"TRACE\" />\n<root ");
    Path file = Files.writeString(folder.resolve("logback.xml"), xml);
    return "-Dlogback.configurationFile=" + file;
  }

  private static void converse(ServerProcess server, String content, List<String> secrets) {
    RawClient owner = server.connect();
    try (RawClient guest = server.connect()) {
      Room room = Room.create(owner);
      secrets.add(room.id());
      secrets.add(room.ownerId());
      String guestId = room.admit(guest);
      secrets.add(guestId);
      secrets.add(room.oneTimeKey());
      secrets.add(room.foreverKey());
      owner.send("send-message", room.toAll(content));
      guest.next("send-message");
      guest.send("send-message", room.toOne(room.ownerId(), content));
      owner.next("send-message");
      guest.send("reset-room-keys", room.inRoom()).next("reset-room-keys-error");
      guest.send("send-message", room.toOne("A".repeat(32), content)).next("send-message-error");
      guest.send("join-room-forever", room.joinForever("A".repeat(32)));
      guest.next("join-room-forever-error");
      JsonNode members = guest.send("list-members", room.inRoom()).next("list-members");
      assertThat(members.get("users")).hasSize(2);
      for (int i = 0; i < 200; i++) {
        owner.send("send-message", room.toAll(content));
      }
      guest.abort(); // With messages for it under way.
      JsonNode frame = owner.next();
      assertThat(frame.get("cmd").asText()).isEqualTo("user-left");
    }
    owner.abort();
  }

  private static void misbehave(ServerProcess server) throws IOException {
    try (RawClient client = server.connect()) {
      client.send("alice says {").next("error");
      client.send("create-room", "{'name':'test room','username':'alice'}").next("error");
    }
    try (FrameSocket socket = FrameSocket.open(server.port())) {
      assertThat(socket.frame(FIN | BINARY, "alice").read().closeCode()).isEqualTo(1003);
    }
    try (FrameSocket socket = FrameSocket.tls(server.port())) {
      socket.http("GET /alice", "Sec-WebSocket-Version: 13");
    }
    try (FrameSocket socket = FrameSocket.tls(server.port())) {
      socket.http("GET /v1", "Sec-WebSocket-Version: alice");
    }
    try (Socket plain = new Socket("localhost", server.port())) {
      plain.getOutputStream().write("GET /alice HTTP/1.1\r\n\r\n".getBytes(UTF_8));
      assertThat(plain.getInputStream().readAllBytes()).isNotNull();
    }
  }
}
