package io.resolute.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** What {@link CompletableFuture} lacks. */
final class Futures {
  private Futures() {}

  /**
   * Completes {@code target} as {@code source} completes, on a thread where the application's code
   * may block.
   */
  static <T> void relay(CompletableFuture<T> source, CompletableFuture<T> target) {
    var unused =
        source.whenCompleteAsync(
            (value, failure) -> {
              if (failure == null) {
                target.complete(value);
              } else {
                target.completeExceptionally(unwrap(failure));
              }
            });
  }

  /** Fails {@code target} on a thread where the application's code may block. */
  static <T> void fail(CompletableFuture<T> target, Throwable failure) {
    relay(CompletableFuture.failedFuture(failure), target);
  }

  /** Returns what a stage failed with, without the wrapping of the stages behind it. */
  static Throwable unwrap(Throwable failure) {
    Throwable cause = failure.getCause();
    return failure instanceof CompletionException && cause != null ? unwrap(cause) : failure;
  }
}
