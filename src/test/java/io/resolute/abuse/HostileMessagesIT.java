package io.resolute.abuse;

import static org.assertj.core.api.Assertions.assertThat;

import io.resolute.testing.BusSocket;
import io.resolute.testing.RawClient;
import io.resolute.testing.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each of the messages that are hard to read once, as part of every build. */
class HostileMessagesIT {
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start(Hostile.LIMITS);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @EnumSource
  void aMessageIsAnsweredAndTheNextOneToo(Hostile kind) {
    try (RawClient client = RawClient.connect(server.port())) {
      client.send(kind.message("/v1").replace('\'', '"'));
      assertThat(client.next().get("cmd").asText()).isEqualTo(kind.answer());
      client.send("hello", "{'versions':[1]}").next("hello");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aMessageToTheEventBusIsAnsweredAndTheNextOneToo(Hostile kind) {
    try (BusSocket client = BusSocket.connect(server.port())) {
      client.socket().send(kind.message("/eventbus/websocket").replace('\'', '"'));
      assertThat(client.socket().next().get("type").asText()).isIn("err", "rec");
      assertThat(client.ask("hello", "{'versions':[1]}").get("cmd").asText()).isEqualTo("hello");
    }
  }
}
