package io.resolute.kotlin

import io.vertx.core.Promise
import io.vertx.core.Vertx
import io.vertx.core.http.HttpServerOptions
import io.vertx.core.json.JsonObject
import io.vertx.core.net.SelfSignedCertificate
import io.vertx.junit5.VertxExtension
import io.vertx.kotlin.coroutines.coAwait
import kotlin.time.Duration
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.minutes
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.Timeout
import org.junit.jupiter.api.extension.ExtendWith

/** The Kotlin client at bridges that do what the relay's never does. */
@ExtendWith(VertxExtension::class)
@Timeout(60)
class BusClientTest {
  @Test
  fun aBridgeThatDoesNotAnswerIsGivenUp(vertx: Vertx) {
    runBlocking {
      val bridge = Bridge.start(vertx) { emptyList() }
      failureOf<NoAnswerException> { bridge.connect(vertx, 300.milliseconds) }
    }
  }

  @Test
  fun anAnswerThatNobodyWaitsForAnyMoreIsNotTakenForAnEvent(vertx: Vertx) {
    runBlocking {
      val held = ArrayDeque<JsonObject>()
      val bridge =
        Bridge.start(vertx) { frame ->
          held += frame.answer()
          if (frame.command == "late") emptyList() else held.toList()
        }
      val client = bridge.connect(vertx, 1.minutes)
      val late = launch(start = CoroutineStart.UNDISPATCHED) { client.request(packet("late")) }
      late.cancelAndJoin()
      client.request(packet("in time"))
      assertThat(held.map { it.command }).containsExactly("hello", "late", "in time")
      client.close()
      assertThat(client.packets.toList()).isEmpty()
    }
  }

  @Test
  fun whoeverIsRefusedByTheBridgeLosesTheConnection(vertx: Vertx) {
    runBlocking {
      val bridge =
        Bridge.start(vertx) { frame ->
          if (frame.command == "hello") listOf(frame.answer())
          else listOf(JsonObject.of("type", "err", "body", "rejected"))
        }
      val client = bridge.connect(vertx, 1.minutes)
      assertThat(failureOf<ConnectionLostException> { client.request(packet("dance")) })
        .hasMessage("refused by the bridge")
      failureOf<ConnectionLostException> { client.packets.toList() }
      bridge.left.future().coAwait()
    }
  }

  @Test
  fun whatIsNoFrameEndsTheConnection(vertx: Vertx) {
    runBlocking {
      val bridge =
        Bridge.start(vertx) { frame ->
          if (frame.command == "hello") listOf(frame.answer())
          else listOf(JsonObject.of("type", "rec", "body", 7))
        }
      val client = bridge.connect(vertx, 1.minutes)
      failureOf<ConnectionLostException> { client.request(packet("dance")) }
      bridge.left.future().coAwait()
    }
  }
}

/** A bridge that answers each packet with frames of the test's choice. */
private class Bridge(val left: Promise<Unit>, private val port: Int) {
  suspend fun connect(vertx: Vertx, patience: Duration): BusClient =
    BusClient.connect(vertx, "localhost", port, CERTIFICATE.trustOptions(), patience)

  companion object {
    private val CERTIFICATE = SelfSignedCertificate.create("localhost")

    suspend fun start(vertx: Vertx, answer: (JsonObject) -> List<JsonObject>): Bridge {
      val options = HttpServerOptions().setSsl(true).setKeyCertOptions(CERTIFICATE.keyCertOptions())
      val left = Promise.promise<Unit>()
      val server =
        vertx
          .createHttpServer(options)
          .webSocketHandler { socket ->
            socket.closeHandler { left.tryComplete() }
            socket.textMessageHandler { message ->
              val frame = JsonObject(message)
              if (frame.getString("type") == "send") {
                answer(frame).forEach { socket.writeTextMessage(it.encode()) }
              }
            }
          }
          .listen(0, "localhost")
          .coAwait()
      return Bridge(left, server.actualPort())
    }
  }
}

private val JsonObject.command: String
  get() = getJsonObject("body").getString("cmd")

private fun JsonObject.answer(): JsonObject {
  val packet = packet(command, "address" to "resolute.connections.a")
  return JsonObject.of("type", "rec", "address", getString("replyAddress"), "body", packet)
}
