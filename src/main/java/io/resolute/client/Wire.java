package io.resolute.client;

import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket as whole text messages: puts together what comes in parts, sends one message at a
 * time as the JDK demands, and bounds both. Its own methods are for the connection's thread; the
 * JDK calls those of {@link WebSocket.Listener} on threads of its own, one after the other.
 */
final class Wire implements WebSocket.Listener {
  private static final int NORMAL_CLOSURE = 1000;

  /** Told what comes in, on the threads of the JDK, one call at a time. */
  interface Events {
    /** Something came, if only a ping: the server is alive. */
    void heard();

    /** A message came. The next one does only after {@link Wire#readNext}. */
    void received(String message);

    /** The connection is over. May be called more than once. */
    void ended(ConnectionLostException why);
  }

  private final Events events;
  private final Executor thread;
  private final int maxIncomingChars;
  private final int maxQueuedBytes;

  private final StringBuilder parts = new StringBuilder();

  private final Queue<byte[]> queue = new ArrayDeque<>();
  private long queuedBytes;
  private boolean sending;
  private boolean closeWhenSent;
  private @Nullable WebSocket socket;

  Wire(Events events, Executor thread, ConnectOptions options) {
    this.events = events;
    this.thread = thread;
    this.maxIncomingChars = options.maxIncomingBytes();
    this.maxQueuedBytes = options.maxQueuedBytes();
  }

  /** Takes the open socket, and lets the first message come in. */
  void start(WebSocket open) {
    socket = open;
    open.request(1);
  }

  /** Lets the next message come in. */
  void readNext() {
    if (socket != null) {
      socket.request(1);
    }
  }

  /**
   * Queues messages, all of them or none.
   *
   * @throws SendQueueFullException if too much waits already
   */
  void send(List<byte[]> messages) {
    long bytes = messages.stream().mapToLong(message -> message.length).sum();
    if (queuedBytes + bytes > maxQueuedBytes) {
      throw new SendQueueFullException();
    }
    queuedBytes += bytes;
    queue.addAll(messages);
    sendNext();
  }

  /** Asks the server for a sign of life. */
  void ping() {
    if (socket != null) {
      // It fails if the one before is not on its way yet, and then that one is question enough.
      var unused = socket.sendPing(ByteBuffer.allocate(0));
    }
  }

  /** Closes with 1000 once all that is queued is sent. */
  void close() {
    closeWhenSent = true;
    sendNext();
  }

  /** Ends the TCP connection at once, without a close frame. */
  void abort() {
    queue.clear();
    if (socket != null) {
      socket.abort();
    }
  }

  private void sendNext() {
    if (sending || socket == null) {
      return;
    }
    byte[] next = queue.poll();
    if (next != null) {
      sending = true;
      var unused =
          socket
              .sendText(new String(next, StandardCharsets.UTF_8), true)
              .whenCompleteAsync((same, failure) -> sent(next.length, failure), thread);
    } else if (closeWhenSent) {
      closeWhenSent = false;
      var unused =
          socket
              .sendClose(NORMAL_CLOSURE, "")
              .whenComplete((same, failure) -> reportBroken(failure));
    }
  }

  private void sent(int bytes, @Nullable Throwable failure) {
    sending = false;
    queuedBytes -= bytes;
    reportBroken(failure);
    if (failure == null) {
      sendNext();
    }
  }

  private void reportBroken(@Nullable Throwable failure) {
    if (failure != null) {
      events.ended(ConnectionLostException.broken("nothing can be sent", failure));
    }
  }

  @Override
  public void onOpen(WebSocket opened) {
    // Not the default, which would let the first message in before start.
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
    events.heard();
    if (parts.length() + part.length() > maxIncomingChars) {
      events.ended(ConnectionLostException.broken("the server sent a message too long", null));
      return null;
    }
    parts.append(part);
    if (last) {
      String message = parts.toString();
      parts.setLength(0);
      events.received(message);
    } else {
      from.request(1);
    }
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer part, boolean last) {
    events.ended(ConnectionLostException.broken("the server sent a binary message", null));
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onPing(WebSocket from, ByteBuffer payload) {
    // The JDK has answered it.
    events.heard();
    from.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onPong(WebSocket from, ByteBuffer payload) {
    events.heard();
    from.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    // The JDK gives this code when the connection ends without a close frame.
    events.ended(
        code == ConnectionLostException.NO_CLOSE_FRAME
            ? ConnectionLostException.broken("it broke off", null)
            : ConnectionLostException.closed(code, reason));
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable failure) {
    events.ended(ConnectionLostException.broken("the network or the server failed", failure));
  }
}
