package io.resolute.client;

import io.resolute.protocol.ClientPacket;
import io.resolute.protocol.PacketJson;
import io.resolute.protocol.RoomId;
import io.resolute.protocol.ServerFrame;
import io.resolute.protocol.ServerPacket;
import io.resolute.protocol.ServerPacketDecoder;
import io.resolute.protocol.ServerPacketDecoder.MalformedFrameException;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * One connection from its opening to its end. All its state, and that of its rooms, belongs to one
 * thread; {@link #call} and {@link #execute} get there from any other, and all other methods are
 * for that thread unless they say otherwise.
 */
final class Connection implements Wire.Events {
  private static final long CLOSE_TIMEOUT_MILLIS = 2_000;

  private final ConnectOptions options;
  private final ScheduledThreadPoolExecutor thread;
  private final Callbacks callbacks;
  private final Wire wire;
  private final Requests requests;
  private final EventRouter rooms = new EventRouter();
  private final ServerPacketDecoder decoder = new ServerPacketDecoder();
  private final CompletableFuture<ConnectionLostException> over = new CompletableFuture<>();

  private volatile long lastHeardNanos = System.nanoTime();
  private boolean established;
  private boolean paused;
  private boolean closing;

  Connection(ConnectOptions options) {
    this.options = options;
    thread =
        new ScheduledThreadPoolExecutor(1, task -> Callbacks.daemon(task, "resolute-connection"));
    thread.setRemoveOnCancelPolicy(true);
    thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    callbacks = new Callbacks(options.maxQueuedBytes(), () -> execute(this::resume));
    wire = new Wire(this, this::execute, options);
    requests = new Requests(thread, options.requestTimeout());
  }

  /** Runs something on the connection's thread; drops it if the connection is over. */
  void execute(Runnable action) {
    try {
      thread.execute(action);
    } catch (RejectedExecutionException overAlready) {
      // There is nothing left that it could act on.
    }
  }

  /**
   * Starts something on the connection's thread.
   *
   * @return what {@code action} yields. Its dependents run elsewhere, where they may block.
   */
  <T> CompletableFuture<T> call(Supplier<CompletableFuture<T>> action) {
    CompletableFuture<T> result = new CompletableFuture<>();
    try {
      thread.execute(
          () -> {
            try {
              requireOpen();
              Futures.relay(action.get(), result);
            } catch (RuntimeException | Error failure) {
              Futures.fail(result, failure);
            }
          });
    } catch (RejectedExecutionException overAlready) {
      Futures.relay(over.thenCompose(CompletableFuture::failedFuture), result);
    }
    return result;
  }

  /** Returns what receives the messages of the WebSocket that is yet to be opened. */
  WebSocket.Listener socketListener() {
    return wire;
  }

  /** Takes the open WebSocket. */
  void start(WebSocket socket) {
    if (over.isDone()) {
      socket.abort();
      return;
    }
    wire.start(socket);
    lastHeardNanos = System.nanoTime();
    long period = Math.max(1, options.silenceTimeout().toMillis() / 4);
    var unused =
        thread.scheduleWithFixedDelay(this::checkSilence, period, period, TimeUnit.MILLISECONDS);
  }

  /** From here on there is an application that is told when the connection is lost. */
  void established() {
    established = true;
  }

  /** Sends one request; see {@link #requestAll}. */
  <T extends ServerPacket> CompletableFuture<T> request(ClientPacket packet, Class<T> reply) {
    return requestAll(List.of(packet), reply).get(0);
  }

  /**
   * Sends requests, all of them or none. The dependents of the answers run on this thread before
   * anything that came later from the server is looked at.
   *
   * @throws SendQueueFullException if too much waits to be sent
   * @throws ConnectionLostException if the connection is over
   */
  <T extends ServerPacket> List<CompletableFuture<T>> requestAll(
      List<? extends ClientPacket> packets, Class<T> reply) {
    requireOpen();
    List<String> ids = new ArrayList<>();
    List<byte[]> frames = new ArrayList<>();
    for (ClientPacket packet : packets) {
      String id = requests.nextId();
      ids.add(id);
      frames.add(PacketJson.encode(packet, id));
    }
    wire.send(frames);
    List<CompletableFuture<T>> answers = ids.stream().map(id -> requests.await(id, reply)).toList();
    resume(); // The answers stand behind what is not read yet.
    return answers;
  }

  /** Returns where the events of rooms go. */
  EventRouter rooms() {
    return rooms;
  }

  /** Returns where listeners are called. */
  Callbacks callbacks() {
    return callbacks;
  }

  /** Says goodbye; {@link #over} tells when that is done. From any thread. */
  void close() {
    execute(
        () -> {
          if (!closing) {
            closing = true;
            // Now, not when the server has answered: until then it would keep the keys alive.
            rooms.endAll(closedHere());
            wire.close();
            var unused =
                thread.schedule(
                    () -> end(closedHere()), CLOSE_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
          }
        });
  }

  /**
   * Returns how the connection ended, once it has. Its dependents run on the connection's thread,
   * after all requests have failed and all rooms are of no use any more.
   */
  CompletableFuture<ConnectionLostException> over() {
    return over;
  }

  @Override
  public void heard() {
    lastHeardNanos = System.nanoTime();
  }

  @Override
  public void received(String message) {
    execute(() -> take(message));
  }

  @Override
  public void ended(ConnectionLostException why) {
    execute(() -> end(why));
  }

  private void take(String message) {
    if (over.isDone()) {
      return;
    }
    try {
      decoder.decode(message).ifPresent(this::dispatch);
    } catch (MalformedFrameException malformed) {
      end(ConnectionLostException.broken("the server does not speak this protocol", malformed));
      return;
    } catch (RuntimeException | Error unforeseen) {
      // Going on would leave this side with another idea of its rooms than the server has.
      end(ConnectionLostException.broken("this client failed", unforeseen));
      return;
    }
    if (callbacks.isHopeless()) {
      end(ConnectionLostException.broken("the listeners are too slow", null));
    } else if (callbacks.isFull() && requests.isEmpty()) {
      paused = true;
    } else {
      wire.readNext(); // Though they lag behind: a listener may wait for an answer.
    }
  }

  private void dispatch(ServerFrame frame) {
    if (frame.id() == null) {
      frame.packet().accept(rooms);
    } else if (!requests.answer(frame.id(), frame.packet())) {
      roomEntered(frame.packet()).ifPresent(this::leaveUnwanted);
    }
  }

  private static Optional<RoomId> roomEntered(ServerPacket packet) {
    if (packet instanceof ServerPacket.Joined joined) {
      return Optional.of(joined.room());
    }
    return packet instanceof ServerPacket.RoomCreated created
        ? Optional.of(created.room())
        : Optional.empty();
  }

  /** The answer to a request that was given up: nobody here knows that this client is in there. */
  private void leaveUnwanted(RoomId room) {
    if (!closing && !rooms.has(room)) {
      // Nobody waits for the answer: a server could make this client wait for any number of them.
      wire.send(List.of(PacketJson.encode(new ClientPacket.LeaveRoom(room), requests.nextId())));
    }
  }

  private void resume() {
    if (paused && !over.isDone()) {
      paused = false;
      heard();
      wire.readNext();
    }
  }

  private void checkSilence() {
    // Nothing is read while the listeners lag behind, so that the silence is this side's own.
    if (paused) {
      return;
    }
    long silent = System.nanoTime() - lastHeardNanos;
    long limit = options.silenceTimeout().toNanos();
    if (silent >= limit) {
      end(ConnectionLostException.broken("nothing is heard from the server any more", null));
    } else if (silent >= limit / 2) {
      wire.ping();
    }
  }

  /**
   * Does nothing on a connection that is neither over nor closing.
   *
   * @throws ConnectionLostException otherwise
   */
  void requireOpen() {
    if (over.isDone()) {
      throw over.join();
    }
    if (closing) {
      throw closedHere();
    }
  }

  private static ConnectionLostException closedHere() {
    return ConnectionLostException.closed(1000, "");
  }

  /** Ends everything. The first reason is the one that counts. */
  void end(ConnectionLostException why) {
    if (over.isDone()) {
      return;
    }
    ConnectionLostException reason = closing ? closedHere() : why;
    wire.abort();
    rooms.endAll(reason);
    requests.failAll(reason);
    if (established && !closing) {
      callbacks.run(0, () -> options.listener().connectionLost(reason));
    }
    callbacks.shutdown();
    over.complete(reason);
    thread.shutdown();
  }
}
