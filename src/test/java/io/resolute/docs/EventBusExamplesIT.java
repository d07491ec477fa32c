package io.resolute.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.resolute.docs.Markdown.Block;
import io.resolute.docs.Markdown.Comment;
import io.resolute.testing.BusSocket;
import io.resolute.testing.RawClient;
import io.resolute.testing.TestServer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Runs the conversation of {@code docs/event-bus.md} with a real server: {@code json client alice}
 * is sent by alice, and {@code json server alice} is the next frame that she gets.
 */
class EventBusExamplesIT {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Map<String, BusSocket> clients = new TreeMap<>();
  private final Placeholders placeholders = new Placeholders();

  @Test
  void everyFrameIsWhatTheBridgeTakesAndGives() throws IOException {
    try (TestServer server = TestServer.start("'rates':{}")) {
      for (Markdown.Element element :
          Markdown.read("docs/event-bus.md").section("A first conversation").elements()) {
        if (element instanceof Block block && block.isIn("json")) {
          String[] info = block.info().split(" ", -1);
          run(info[1], client(server, info[2]).socket(), block);
        } else if (element instanceof Comment comment) {
          assertThat(comment.text()).endsWith(" says hello");
          client(server, comment.text().split(" ", -1)[0]).register();
        }
      }
      assertThat(clients).containsOnlyKeys("alice", "bob");
      clients.values().forEach(EventBusExamplesIT::checkThatNothingWasLeftOut);
    } finally {
      clients.values().forEach(BusSocket::close);
    }
  }

  @Test
  void everythingThatIsRefusedIsAnsweredWithItsWord() {
    List<List<String>> refused =
        Markdown.read("docs/event-bus.md").section("What is refused").table();
    assertThat(refused).hasSizeGreaterThan(5);
    try (TestServer server = TestServer.start();
        BusSocket client = BusSocket.connect(server.port())) {
      client.register();
      for (List<String> row : refused) {
        client.socket().send(row.get(0));
        assertThat(client.nextError()).as(row.get(0)).isEqualTo(row.get(1));
      }
    }
  }

  @Test
  void theSixteenthRefusalClosesTheConnection() {
    try (TestServer server = TestServer.start();
        BusSocket client = BusSocket.connect(server.port())) {
      for (int i = 0; i < 15; i++) {
        client.frame("register", "elsewhere", "");
        assertThat(client.nextError()).isEqualTo("rejected");
      }
      client.ask("dance", "{}");
      client.frame("register", "elsewhere", "");
      assertThat(client.socket().closeCode()).isEqualTo(1008);
    }
  }

  private void run(String who, RawClient client, Block block) throws IOException {
    String where = "the frame at line " + block.line();
    assertThat(who).as(where).isIn("client", "server");
    if (who.equals("client")) {
      client.send(placeholders.fill(block.text()));
    } else {
      placeholders.match(MAPPER.readTree(block.text()), client.next(), where);
    }
  }

  private BusSocket client(TestServer server, String name) {
    return clients.computeIfAbsent(name, first -> BusSocket.connect(server.port()));
  }

  /** What the server sent before the answer to a last request must have been in an example. */
  private static void checkThatNothingWasLeftOut(BusSocket client) {
    assertThat(client.ask("dance", "{}").path("cmd").asText()).isEqualTo("error");
  }
}
