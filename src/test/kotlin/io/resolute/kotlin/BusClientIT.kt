package io.resolute.kotlin

import io.vertx.core.Vertx
import kotlinx.coroutines.flow.first
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test

/** The Kotlin client of the documents, over the bridge of a real server. */
class BusClientIT : RelayConnectionContract() {
  override suspend fun Scene.connect() = bus()

  @Test
  fun packetsFailWithTheCloseCodeWhenTheServerGoesAway(vertx: Vertx) =
    Scene.play(vertx) { scene ->
      val client = scene.bus()
      scene.server.close()
      assertThat(failureOf<ConnectionLostException> { client.packets.first() })
        .hasMessage("closed with 1001")
    }

  @Test
  fun whatIsAskedAfterTheEndFailsAtOnce(vertx: Vertx) =
    Scene.play(vertx) { scene ->
      val client = scene.bus()
      client.close()
      failureOf<ConnectionLostException> { client.request(packet("dance")) }
    }

  @Test
  fun aServerWithAnotherCertificateIsRefused(vertx: Vertx) =
    Scene.play(vertx) { scene ->
      val other = pin(List(32) { "00" }.joinToString(":"))
      val failure =
        failureOf<Exception> { BusClient.connect(vertx, "localhost", scene.server.port(), other) }
      assertThat(failure).hasRootCauseMessage("the certificate has another fingerprint")
    }
}
