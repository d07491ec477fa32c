package io.resolute.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A WebSocket client that sends and takes frames as they are, for tests. */
public final class RawClient implements AutoCloseable {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newBuilder().sslContext(Trust.anyone()).build();
  private static final long PATIENCE_SECONDS = 20;

  private final BlockingQueue<String> frames = new LinkedBlockingQueue<>();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private final WebSocket socket;

  private RawClient(int port, String path) {
    URI uri = URI.create("wss://localhost:" + port + path);
    this.socket = HTTP.newWebSocketBuilder().buildAsync(uri, new Listener()).join();
  }

  /** Connects to the server under test at {@code port}. */
  public static RawClient connect(int port) {
    return connect(port, "/v1");
  }

  /** Connects to another path of the server under test. */
  public static RawClient connect(int port, String path) {
    return new RawClient(port, path);
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder message = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
      message.append(data);
      if (last) {
        frames.add(message.toString());
        message.setLength(0);
      }
      webSocket.request(1);
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
      closed.complete(code);
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
      closed.complete(1006);
    }
  }

  /** Sends {@code json} as one text message. */
  public RawClient send(String json) {
    socket.sendText(json, true).join();
    return this;
  }

  /** Sends {@code json} as one text message unless the connection has ended. */
  public void trySend(String json) {
    socket.sendText(json, true).exceptionally(gone -> socket).join();
  }

  /** Sends a request with {@code data}, written with single quotes for double ones. */
  public RawClient send(String cmd, String data) {
    return send(("{'cmd':'" + cmd + "','data':" + data + "}").replace('\'', '"'));
  }

  /** Sends {@code bytes} as one binary message. */
  public void sendBinary(byte[] bytes) {
    socket.sendBinary(ByteBuffer.wrap(bytes), true).join();
  }

  /** Returns the next frame as it came; waits for it. */
  public String nextText() {
    try {
      String frame = frames.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (frame == null) {
        throw new AssertionError("no frame came within " + PATIENCE_SECONDS + " s");
      }
      return frame;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Returns the next frame; waits for it. */
  public JsonNode next() {
    try {
      return MAPPER.readTree(nextText());
    } catch (JsonProcessingException e) {
      throw new AssertionError("the server sent something that is not JSON", e);
    }
  }

  /** Returns the {@code data} of the next frame, which must be a {@code cmd}. */
  public JsonNode next(String cmd) {
    JsonNode frame = next();
    if (!frame.path("cmd").asText().equals(cmd)) {
      throw new AssertionError("expected " + cmd + " but got " + frame);
    }
    return frame.has("data") ? frame.get("data") : frame;
  }

  /** Returns whether no frame is waiting. Meaningful after an answer that would come later. */
  public boolean hasNoFrame() {
    return frames.isEmpty();
  }

  /** Returns the status code that the connection was closed with; waits for it. */
  public int closeCode() {
    try {
      return closed.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError("the connection was not closed", e);
    }
  }

  /** Ends the connection without a closing handshake. */
  public void abort() {
    socket.abort();
  }

  /** Closes with 1000 and waits for the server's answer. */
  @Override
  public void close() {
    if (!socket.isOutputClosed()) {
      socket.sendClose(WebSocket.NORMAL_CLOSURE, "").exceptionally(gone -> socket).join();
      closed.completeOnTimeout(1006, PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }
  }
}
