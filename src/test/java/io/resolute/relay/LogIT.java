package io.resolute.relay;

import static io.resolute.testing.FrameSocket.BINARY;
import static io.resolute.testing.FrameSocket.FIN;
import static io.resolute.testing.FrameSocket.TEXT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.resolute.testing.BusSocket;
import io.resolute.testing.FrameSocket;
import io.resolute.testing.Keys;
import io.resolute.testing.RawClient;
import io.resolute.testing.Room;
import io.resolute.testing.ServerProcess;
import io.vertx.core.json.JsonArray;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The log of a whole conversation with everything in it that may go wrong, and what is not in it;
 * and that nothing is left where the server was started.
 */
class LogIT {
  private static final Pattern ANY_ID = Pattern.compile("(?<!\\w)[A-Za-z0-9]{32}(?!\\w)");

  @TempDir private Path folder;
  @TempDir private Path directory;

  @Test
  void namesNobodyAndQuotesNothing() throws IOException {
    String content = "the content of a message";
    List<String> secrets = new ArrayList<>(List.of(content, "alice", "bob", "test room"));
    secrets.addAll(List.of("127.0.0.1", Keys.PEM.substring(40, 80)));
    List<String> log;
    try (ServerProcess server =
        ServerProcess.startBelow(
            List.of(), directory, "'timeouts':{'close':'500ms'}", everythingLogged())) {
      converse(server, content, secrets);
      misbehave(server);
      misbehaveOnTheBus(server, secrets);
      stall(server);
      server.terminate();
      log = server.output();
    }
    assertThat(directory).as("where the server was started").isEmptyDirectory();
    assertThat(log).anyMatch(line -> line.contains("Listening"));
    assertThat(log).anyMatch(line -> line.contains("A handshake failed"));
    assertThat(log).noneMatch(line -> ANY_ID.matcher(line).find());
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

  /** A member that stops reading is cut off in the hard way. */
  private static void stall(ServerProcess server) throws IOException {
    try (RawClient owner = server.connect();
        FrameSocket deaf = FrameSocket.open(server.port())) {
      Room room = Room.create(owner);
      deaf.frame(FIN | TEXT, room.joinPacket());
      owner.next("user-joined-onetime");
      String large = room.toAll("x".repeat(60 * 1024));
      JsonNode left = null;
      while (left == null) {
        owner.send("send-message", large);
        left = owner.hasNoFrame() ? null : owner.next("user-left");
      }
    }
  }

  private static void misbehaveOnTheBus(ServerProcess server, List<String> secrets)
      throws IOException {
    try (BusSocket client = BusSocket.connect(server.port())) {
      secrets.add(client.register());
      for (String frame :
          new String[] {
            "{'type':'alice','address':'bob'}",
            "{'type':'send','address':'alice','body':'bob'}",
            "{'type':'publish','address':'resolute.packets','body':'alice'}",
            "{'type':'register','address':'resolute.connections.alice'}",
            "{'type':'register','address':'" + "alice".repeat(100) + "'}",
            "{'type':'send','address':'resolute.packets','replyAddress':'"
                + "bob".repeat(50)
                + "'}",
            "alice says {"
          }) {
        client.frame(frame);
        assertThat(client.nextError()).isNotBlank();
      }
      client.ask("alice", "{'headers':'bob'}");
    }
    goWithAPacketUnderWay(server);
    for (String path : new String[] {"/eventbus/alice", "/eventbus/alice/bob/websocket"}) {
      try (FrameSocket socket = FrameSocket.tls(server.port())) {
        socket.http("GET " + path, "Sec-WebSocket-Version: 13", "Origin: https://alice.example");
      }
    }
  }

  /** Is expelled by the frames that stand in one SockJS message with a packet. */
  private static void goWithAPacketUnderWay(ServerProcess server) throws IOException {
    List<String> frames = new ArrayList<>();
    frames.add("{\"type\":\"send\",\"address\":\"resolute.packets\",\"body\":{\"cmd\":\"hello\"}}");
    frames.addAll(Collections.nCopies(16, "{\"type\":\"register\",\"address\":\"alice\"}"));
    try (FrameSocket socket = FrameSocket.open(server.port(), "/eventbus/000/alice/websocket")) {
      assertThat(socket.read().text()).isEqualTo("o");
      socket.frame(FIN | TEXT, new JsonArray(frames).encode());
      assertThat(socket.readPast(TEXT).closeCode()).isEqualTo(1008);
    }
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
    for (String request :
        new String[] {"GET /v1", "GET /%ZZalice", "GET alice", "GET *", "HEAD /alice"}) {
      try (FrameSocket socket = FrameSocket.tls(server.port())) {
        socket.http(request, "Sec-WebSocket-Version: alice");
      }
    }
    try (FrameSocket socket = FrameSocket.tls(server.port())) {
      socket.write("GET /alice HTTP/1.1\r\n\r\n".getBytes(UTF_8));
      assertThat(socket.isEnded()).isFalse();
    }
    try (Socket plain = new Socket("localhost", server.port())) {
      plain.getOutputStream().write("GET /alice HTTP/1.1\r\n\r\n".getBytes(UTF_8));
      assertThat(plain.getInputStream().readAllBytes()).isNotNull();
    }
  }
}
