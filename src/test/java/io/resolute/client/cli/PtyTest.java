package io.resolute.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.resolute.client.FakeServer;
import io.resolute.client.FakeServer.Request;
import io.resolute.protocol.ClientPacket.KeyKind;
import io.resolute.protocol.Command;
import io.resolute.protocol.JoinKey;
import io.resolute.protocol.RoomId;
import io.resolute.protocol.ServerPacket;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What only shows on a terminal, in a process of its own. */
@EnabledOnOs(OS.LINUX)
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PtyTest {
  private static final RoomId ROOM = new RoomId("R".repeat(32));
  private static final JoinKey KEY = new JoinKey("K".repeat(32));
  private static final String PROMPT = "alice: ";

  private FakeServer server;

  @BeforeEach
  void start() throws Exception {
    server = FakeServer.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void whatTheTerminalAnswersLateIsNotTakenForTyped() throws Exception {
    try (PtyProcess chat = create()) {
      chat.await(PROMPT);
      chat.awaitAnswers();
      chat.type("/who\r");
      server.answer(
          server.take("list-members"), new ServerPacket.Members(ROOM, FakeServer.SELF, List.of()));
      chat.await("here: alice (you, the owner)");
      leave(chat);
    }
  }

  @Test
  void aTextFarTooLongDoesNoHarm() throws Exception {
    try (PtyProcess chat = create()) {
      chat.await(PROMPT);
      chat.type("x".repeat(500_000) + "\r/safety\r");
      chat.await("is not sent");
      chat.await("safety number");
      leave(chat);
    }
  }

  @Test
  void whenToldToEndItLeavesAndTheShellGetsAFreshLine() throws Exception {
    try (PtyProcess chat = create()) {
      chat.await(PROMPT);
      chat.type("half a mess");
      chat.await("half a mess");
      chat.terminate();
      server.answer(server.take("leave-room"), new ServerPacket.Done(Command.LEAVE_ROOM, ROOM));
      String end = chat.screenAtTheEnd();
      assertThat(end.substring(end.lastIndexOf("half a mess"))).contains("\r\n");
    }
  }

  private void leave(PtyProcess chat) throws InterruptedException {
    chat.type("/leave\r");
    server.answer(server.take("leave-room"), new ServerPacket.Done(Command.LEAVE_ROOM, ROOM));
    chat.screenAtTheEnd();
  }

  private PtyProcess create() throws Exception {
    PtyProcess chat =
        PtyProcess.start(
            Map.of("RESOLUTE_PIN", server.fingerprint()),
            "create",
            "--as",
            "alice",
            server.uri().toString());
    server.welcome();
    Request create = server.take("create-room");
    server.answer(create, new ServerPacket.RoomCreated(ROOM, FakeServer.SELF, "tea", "room"));
    server.answer(
        server.take("room-key-onetime"), new ServerPacket.KeyIssued(ROOM, KeyKind.ONE_TIME, KEY));
    return chat;
  }
}
