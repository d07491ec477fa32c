package io.resolute.docs;

import io.resolute.MainVerticle;
import io.resolute.config.ServerConfig;
import io.vertx.core.Vertx;

/** What {@code docs/operating.md} shows of embedding, so that it is compiled. */
final class EmbeddingExample {
  private EmbeddingExample() {}

  static void deploy(Vertx vertx) {
    MainVerticle relay = new MainVerticle(ServerConfig.defaults());
    vertx
        .deployVerticle(relay)
        .onSuccess(id -> System.out.println("The relay listens on port " + relay.port()))
        .onFailure(failure -> System.err.println("The relay could not start: " + failure));
  }
}
