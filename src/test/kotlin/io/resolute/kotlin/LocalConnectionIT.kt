package io.resolute.kotlin

import io.vertx.core.Vertx
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test

/** The connection of a verticle in the relay's Vert.x. */
class LocalConnectionIT : RelayConnectionContract() {
  override suspend fun Scene.connect() = LocalConnection.open(server.vertx())

  @Test
  fun whatIsAskedOfAConnectionThatHasEndedIsRefused(vertx: Vertx) =
    Scene.play(vertx) { scene ->
      val client = scene.connect()
      client.close()
      // The bus keeps the order, and so this comes after the end.
      assertThat(codeOf { client.request(packet("dance")) }).isEqualTo("not-found")
    }

  @Test
  fun whatIsAskedOfARelayThatIsGoneFails(vertx: Vertx) =
    Scene.play(vertx) { scene ->
      val client = scene.connect()
      scene.server.undeploy()
      failureOf<ConnectionLostException> { client.request(packet("dance")) }
      failureOf<ConnectionLostException> { scene.connect() }
    }
}
