package io.resolute.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A connection that speaks version 1 of the protocol, Client-API.md. */
final class Session implements Socket.Listener {
  private static final JsonMapper JSON = new JsonMapper();
  private static final JsonFactory STREAMS = new JsonFactory();
  private static final String MESSAGE = "send-message";
  private static final String SENT = "message-sent";

  /** Who hears what no one has asked for. */
  interface Listener {
    /**
     * A message has arrived.
     *
     * @param bytes where its content is, without escapes
     */
    void onMessage(String room, String user, byte[] bytes, int offset, int length);

    /**
     * A message of this connection was answered.
     *
     * @param id the one that it had
     */
    void onSent(String id, int recipients);

    /** The server has said or done what it should not. */
    void onFailure(String what);
  }

  private final Listener listener;
  private final Map<String, CompletableFuture<JsonNode>> asked = new HashMap<>();
  private @Nullable Socket socket;
  private final CompletableFuture<Void> closed = new CompletableFuture<>();
  private boolean closing;

  // What was found in the frame that is being read.
  private @Nullable String command;
  private @Nullable String id;
  private @Nullable String room;
  private @Nullable String user;
  private int contentOffset;
  private int contentLength;
  private int recipients;

  private Session(Listener listener) {
    this.listener = listener;
  }

  static CompletableFuture<Session> open(Lane lane, URI uri, Listener listener) {
    Session session = new Session(listener);
    return Socket.open(lane, uri, session)
        .thenApply(
            socket -> {
              session.socket = socket;
              return session;
            });
  }

  /** Returns an object for {@link #ask}. */
  static ObjectNode data() {
    return JSON.createObjectNode();
  }

  Socket socket() {
    return socket;
  }

  /** Sends a request, and returns its answer. */
  CompletableFuture<JsonNode> ask(String command, ObjectNode data) {
    String number = Integer.toString(asked.size() + 1);
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    asked.put(number, answer);
    ObjectNode frame = JSON.createObjectNode().put("cmd", command).put("id", number);
    frame.set("data", data);
    byte[] bytes = frame.toString().getBytes(StandardCharsets.UTF_8);
    socket.send(socket.buffer(bytes.length).writeBytes(bytes));
    socket.flush();
    return answer;
  }

  /** Closes the connection, and returns when the server has closed it too. */
  CompletableFuture<Void> close() {
    closing = true;
    socket.close();
    return closed;
  }

  @Override
  public void onMessage(byte[] message, int length) {
    try (JsonParser frame = STREAMS.createParser(message, 0, length)) {
      read(frame);
    } catch (IOException e) {
      listener.onFailure("the server has sent what is not JSON");
      return;
    }
    if (id != null && SENT.equals(command)) {
      listener.onSent(id, recipients);
    } else if (id != null) {
      answer(message, length);
    } else if (MESSAGE.equals(command) && room != null && user != null && contentLength >= 0) {
      listener.onMessage(room, user, message, contentOffset, contentLength);
    } else if (isWrong(command)) {
      listener.onFailure("the server has sent " + words(message, length));
    }
  }

  private static boolean isRefusal(String command) {
    return command.endsWith("error");
  }

  private boolean isWrong(@Nullable String command) {
    return command == null || isRefusal(command) || (command.equals("room-closed") && !closing);
  }

  private void read(JsonParser frame) throws IOException {
    command = null;
    id = null;
    room = null;
    user = null;
    contentLength = -1;
    recipients = -1;
    if (frame.nextToken() != JsonToken.START_OBJECT) {
      throw new IOException("no object");
    }
    while (frame.nextToken() == JsonToken.FIELD_NAME) {
      String name = frame.currentName();
      JsonToken value = frame.nextToken();
      switch (name) {
        case "cmd" -> command = frame.getText();
        case "id" -> id = frame.getText();
        case "data" -> {
          if (value == JsonToken.START_OBJECT) {
            readData(frame);
          }
        }
        default -> frame.skipChildren();
      }
    }
    if (frame.currentToken() != JsonToken.END_OBJECT || frame.nextToken() != null) {
      throw new IOException("more than an object");
    }
  }

  private void readData(JsonParser frame) throws IOException {
    while (frame.nextToken() == JsonToken.FIELD_NAME) {
      String name = frame.currentName();
      frame.nextToken();
      switch (name) {
        case "room_id" -> room = frame.getText();
        case "user_id" -> user = frame.getText();
        case "recipients" -> recipients = frame.getIntValue();
        case "content" -> {
          contentOffset = (int) frame.currentTokenLocation().getByteOffset() + 1;
          contentLength = frame.getTextLength();
        }
        default -> frame.skipChildren();
      }
    }
  }

  /** Returns what a frame says, for people: an error's code and message as well. */
  private static String words(JsonNode frame) {
    JsonNode data = frame.path("data");
    String command = frame.path("cmd").asText("a frame without cmd");
    return data.has("code")
        ? command + ": " + data.path("code").asText() + ", " + data.path("msg").asText()
        : command;
  }

  private static String words(byte[] message, int length) {
    try {
      return words(JSON.readTree(message, 0, length));
    } catch (IOException e) {
      return "what is not JSON";
    }
  }

  private void answer(byte[] message, int length) {
    CompletableFuture<JsonNode> answer = asked.get(id);
    try {
      JsonNode frame = JSON.readTree(message, 0, length);
      boolean awaited = answer != null && !answer.isDone();
      if (isRefusal(frame.path("cmd").asText())) {
        if (awaited) {
          answer.completeExceptionally(new IOException(words(frame)));
        } else { // Of a message, which is asked for nothing here.
          listener.onFailure("the server has sent " + words(frame));
        }
      } else if (awaited) {
        answer.complete(frame);
      } else {
        listener.onFailure("the server has answered twice, or what was not asked");
      }
    } catch (IOException e) {
      listener.onFailure("the server has sent what is not JSON");
    }
  }

  @Override
  public void onClosed(String why) {
    asked.values().forEach(answer -> answer.completeExceptionally(new IOException(why)));
    if (!closing) {
      listener.onFailure(why);
    }
    closed.complete(null);
  }
}
