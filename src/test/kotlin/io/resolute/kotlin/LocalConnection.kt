package io.resolute.kotlin

import io.vertx.core.Future
import io.vertx.core.Vertx
import io.vertx.core.eventbus.DeliveryOptions
import io.vertx.core.eventbus.EventBus
import io.vertx.core.eventbus.ReplyException
import io.vertx.core.eventbus.ReplyFailure.TIMEOUT
import io.vertx.core.json.JsonArray
import io.vertx.core.json.JsonObject
import io.vertx.kotlin.coroutines.coAwait
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.flow.receiveAsFlow

/** A connection to the relay from a verticle in the same Vert.x, over its event bus. */
class LocalConnection private constructor(vertx: Vertx, address: String) : RelayConnection {
  private val bus = vertx.eventBus()
  private val from = DeliveryOptions(LOCAL).addHeader("connection", address)
  private val events = Channel<JsonObject>(EVENTS_KEPT)
  private val consumer = bus.localConsumer<JsonObject>(address) { received(it.body()) }
  override val packets = events.receiveAsFlow()

  override suspend fun request(packet: JsonObject) = ask(bus, packet, from)

  override suspend fun send(packet: JsonObject) {
    bus.send(RELAY, packet, from)
  }

  override suspend fun close() {
    end(null).coAwait()
  }

  private fun received(packet: JsonObject) {
    if (events.trySend(packet).isFailure) {
      end(ConnectionLostException("too many packets wait for their collector"))
    }
  }

  private fun end(why: ConnectionLostException?): Future<Void> {
    events.close(why)
    bus.send(RELAY, packet("goodbye"), from)
    return consumer.unregister()
  }

  companion object {
    private const val RELAY = "resolute.packets"
    private val LOCAL = DeliveryOptions().setLocalOnly(true)
    private val HELLO = packet("hello", "client" to "kotlin", "versions" to JsonArray.of(1))

    /** Connects to the relay that is deployed in [vertx]. */
    suspend fun open(vertx: Vertx): LocalConnection {
      val welcome = ask(vertx.eventBus(), HELLO, LOCAL).getJsonObject("data")
      return LocalConnection(vertx, welcome.getString("address"))
    }

    private suspend fun ask(bus: EventBus, packet: JsonObject, how: DeliveryOptions): JsonObject =
      try {
        bus.request<JsonObject>(RELAY, packet, how).coAwait().body().unlessRefused()
      } catch (e: ReplyException) {
        throw if (e.failureType() == TIMEOUT) NoAnswerException()
        else ConnectionLostException("there is no relay", e)
      }
  }
}
