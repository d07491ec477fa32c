package io.resolute.kotlin

import io.vertx.core.Vertx
import io.vertx.core.eventbus.DeliveryOptions
import io.vertx.core.eventbus.ReplyException
import io.vertx.core.json.JsonArray
import io.vertx.core.json.JsonObject
import io.vertx.kotlin.coroutines.coAwait
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.flow.receiveAsFlow

/** A connection to the relay from a verticle in the same Vert.x, over its event bus. */
class LocalConnection private constructor(vertx: Vertx, address: String) : RelayConnection {
  private val bus = vertx.eventBus()
  private val from = DeliveryOptions().addHeader("connection", address).setLocalOnly(true)
  private val events = Channel<JsonObject>(EVENTS_KEPT)
  private val consumer = bus.localConsumer<JsonObject>(address) { received(it.body()) }
  override val packets = events.receiveAsFlow()

  override suspend fun request(packet: JsonObject): JsonObject =
    try {
      bus.request<JsonObject>(RELAY, packet, from).coAwait().body().orRefused()
    } catch (e: ReplyException) {
      throw ConnectionLostException("the relay does not answer", e)
    }

  override suspend fun send(packet: JsonObject) {
    bus.send(RELAY, packet, from)
  }

  override suspend fun close() {
    events.close()
    consumer.unregister().coAwait()
  }

  private fun received(packet: JsonObject) {
    if (events.trySend(packet).isFailure) {
      events.close(ConnectionLostException("too many packets wait for their collector"))
      consumer.unregister()
    }
  }

  companion object {
    private const val RELAY = "resolute.packets"

    /** Connects to the relay that is deployed in [vertx]. */
    suspend fun open(vertx: Vertx): LocalConnection {
      val hello = packet("hello", "client" to "kotlin", "versions" to JsonArray.of(1))
      val welcome = vertx.eventBus().request<JsonObject>(RELAY, hello).coAwait().body().orRefused()
      return LocalConnection(vertx, welcome.getJsonObject("data").getString("address"))
    }
  }
}
