package io.resolute.client;

import io.resolute.protocol.ServerPacket;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** The requests that wait for their answer. For the connection's thread alone. */
final class Requests {
  private final ScheduledExecutorService thread;
  private final Duration timeout;
  private final Map<String, Pending<?>> pending = new HashMap<>();
  private long lastId;

  Requests(ScheduledExecutorService thread, Duration timeout) {
    this.thread = thread;
    this.timeout = timeout;
  }

  private record Pending<T extends ServerPacket>(
      Class<T> type, CompletableFuture<T> future, ScheduledFuture<?> deadline) {
    void answer(ServerPacket answer) {
      deadline.cancel(false);
      if (type.isInstance(answer)) {
        future.complete(type.cast(answer));
      } else if (answer instanceof ServerPacket.Failure failure) {
        future.completeExceptionally(
            new RequestRefusedException(failure.code(), failure.retryAfter()));
      } else {
        future.completeExceptionally(
            new UnsupportedServerException("the server answered another question", null));
      }
    }

    void fail(ResoluteException why) {
      deadline.cancel(false);
      future.completeExceptionally(why);
    }
  }

  /** Returns an id that no request of this connection has had. */
  String nextId() {
    return Long.toString(++lastId);
  }

  /** Returns the future answer to the request with this id, and starts to wait for it. */
  <T extends ServerPacket> CompletableFuture<T> await(String id, Class<T> type) {
    CompletableFuture<T> future = new CompletableFuture<>();
    ScheduledFuture<?> deadline =
        thread.schedule(() -> expire(id), timeout.toMillis(), TimeUnit.MILLISECONDS);
    pending.put(id, new Pending<>(type, future, deadline));
    return future;
  }

  /**
   * Settles a request.
   *
   * @return whether it was still waiting
   */
  boolean answer(String id, ServerPacket answer) {
    Pending<?> waiting = pending.remove(id);
    if (waiting == null) {
      return false;
    }
    waiting.answer(answer);
    return true;
  }

  /** Returns whether nothing waits for an answer. */
  boolean isEmpty() {
    return pending.isEmpty();
  }

  /** Fails all that wait. */
  void failAll(ResoluteException why) {
    List<Pending<?>> all = List.copyOf(pending.values());
    pending.clear();
    all.forEach(waiting -> waiting.fail(why));
  }

  private void expire(String id) {
    Pending<?> waiting = pending.remove(id);
    if (waiting != null) {
      waiting.fail(new RequestTimeoutException(timeout));
    }
  }
}
