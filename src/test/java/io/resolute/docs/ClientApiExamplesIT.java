package io.resolute.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.resolute.docs.Markdown.Block;
import io.resolute.docs.Markdown.Comment;
import io.resolute.testing.RawClient;
import io.resolute.testing.TestServer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs the conversations of {@code Client-API.md} with a real server. Each section with examples is
 * one conversation: {@code json client alice} is sent by alice, who connects when she is first
 * named, and {@code json server alice bob} is the next frame that alice and bob each get.
 */
class ClientApiExamplesIT {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Markdown DOCUMENT = Markdown.read("Client-API.md");

  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start("'rates':{}");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  static List<String> conversations() {
    return DOCUMENT.headings(2).stream()
        .filter(heading -> !DOCUMENT.section(heading).blocks("json").isEmpty())
        .toList();
  }

  @ParameterizedTest
  @MethodSource("conversations")
  void everyExampleIsWhatTheServerTakesAndGives(String section) throws IOException {
    try (Conversation conversation = new Conversation()) {
      for (Markdown.Element element : DOCUMENT.section(section).elements()) {
        if (element instanceof Block block && block.isIn("json")) {
          conversation.run(block);
        } else if (element instanceof Comment comment) {
          conversation.run(comment);
        }
      }
      conversation.checkThatNothingWasLeftOut();
    }
  }

  @Test
  void documentHasExamplesToRun() {
    assertThat(conversations()).contains("A minimal session", "Frames", "Commands");
  }

  private static final class Conversation implements AutoCloseable {
    private final Map<String, RawClient> clients = new TreeMap<>();
    private final Placeholders placeholders = new Placeholders();

    void run(Block block) throws IOException {
      List<String> info = List.of(block.info().split(" "));
      String where = "the example at line " + block.line();
      switch (info.get(1)) {
        case "client" -> say(info, block.text(), where);
        case "server" -> hear(info.subList(2, info.size()), block.text(), where);
        default -> throw new AssertionError("nobody says " + where);
      }
    }

    private void say(List<String> info, String text, String where) throws IOException {
      if (info.contains("malformed")) {
        client(info.get(2)).send(text);
        return;
      }
      assertThat(MAPPER.readTree(text).isObject()).as(where).isTrue();
      client(info.get(2)).send(placeholders.fill(text));
    }

    private void hear(List<String> names, String text, String where) throws IOException {
      assertThat(names).as("who hears " + where).isNotEmpty();
      JsonNode example = MAPPER.readTree(text);
      for (String name : names) {
        placeholders.match(example, client(name).next(), where + ", " + name);
      }
    }

    void run(Comment comment) {
      List<String> words = List.of(comment.text().split(" "));
      assertThat(words.get(1)).as("the comment at line " + comment.line()).isEqualTo("disconnects");
      client(words.get(0)).close();
      clients.remove(words.get(0));
    }

    private RawClient client(String name) {
      return clients.computeIfAbsent(name, first -> server.connect());
    }

    /** What the server sent before the answer to a last request must have been in an example. */
    void checkThatNothingWasLeftOut() {
      String room = placeholders.fill("RoomE5cXn8uHt3yBq6wKp1zMv9sLd4gJ");
      clients.forEach(
          (name, client) -> {
            client.send(
                "{\"cmd\":\"list-members\",\"id\":\"last\",\"data\":{\"room_id\":\""
                    + room
                    + "\"}}");
            assertThat(client.next().path("id").asText())
                .as("what " + name + " gets")
                .isEqualTo("last");
          });
    }

    @Override
    public void close() {
      clients.values().forEach(RawClient::close);
    }
  }
}
