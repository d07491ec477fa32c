package io.resolute.client.cli;

import io.resolute.client.ResoluteException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Waits, which a person at a terminal does anyway. */
final class Await {
  private Await() {}

  /**
   * Returns what the future yields.
   *
   * @throws ResoluteException what it fails with, if it is one
   */
  static <T> T result(CompletableFuture<T> future) {
    try {
      return future.join();
    } catch (CompletionException failure) {
      if (failure.getCause() instanceof ResoluteException cause) {
        throw cause;
      }
      throw failure;
    }
  }
}
