package io.resolute.kotlin

import io.vertx.core.Future
import io.vertx.core.Vertx
import io.vertx.core.http.WebSocketClient
import io.vertx.core.http.WebSocketClientOptions
import io.vertx.core.json.JsonArray
import io.vertx.core.json.JsonObject
import io.vertx.core.net.TrustOptions
import io.vertx.kotlin.coroutines.coAwait
import java.util.concurrent.ConcurrentHashMap
import java.util.concurrent.atomic.AtomicLong
import kotlin.time.Duration
import kotlin.time.Duration.Companion.seconds
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.flow.receiveAsFlow
import kotlinx.coroutines.withTimeoutOrNull

/** A connection to the relay's event bus from elsewhere: `wss://HOST:PORT/eventbus/websocket`. */
class BusClient
private constructor(private val client: WebSocketClient, private val patience: Duration) :
  RelayConnection {
  private val socket = client.webSocket()
  private val waiting = ConcurrentHashMap<String, CompletableDeferred<JsonObject>>()
  private val requests = AtomicLong()
  private val events = Channel<JsonObject>(EVENTS_KEPT)
  override val packets = events.receiveAsFlow()

  private suspend fun connect(host: String, port: Int) {
    socket.textMessageHandler { message ->
      try {
        received(JsonObject(message))
      } catch (e: RuntimeException) {
        end(ConnectionLostException("the server sent what is no frame", e))
      }
    }
    socket.exceptionHandler { end(ConnectionLostException("the connection broke", it)) }
    socket.closeHandler { end(ConnectionLostException("closed with ${socket.closeStatusCode()}")) }
    inTime { socket.connect(port, host, "/eventbus/websocket").coAwait() }
    val welcome = request(packet("hello", "client" to "kotlin", "versions" to JsonArray.of(1)))
    val address = welcome.getJsonObject("data").getString("address")
    write(JsonObject.of("type", "register", "address", address))
  }

  override suspend fun request(packet: JsonObject): JsonObject {
    val replyAddress = "reply.${requests.incrementAndGet()}"
    val answer = CompletableDeferred<JsonObject>()
    waiting[replyAddress] = answer
    try {
      write(frame(packet).put("replyAddress", replyAddress))
      return inTime { answer.await() }.unlessRefused()
    } finally {
      waiting.remove(replyAddress)
    }
  }

  override suspend fun send(packet: JsonObject) = write(frame(packet))

  override suspend fun close() {
    end(null)
    client.close().coAwait()
  }

  private fun frame(packet: JsonObject) =
    JsonObject.of("type", "send", "address", "resolute.packets", "body", packet)

  private suspend fun write(frame: JsonObject) {
    socket
      .writeTextMessage(frame.encode())
      .recover { Future.failedFuture(ConnectionLostException("the connection has ended", it)) }
      .coAwait()
  }

  private fun received(frame: JsonObject) {
    val address = frame.getString("address").orEmpty()
    when {
      frame.getString("type") != "rec" -> end(ConnectionLostException("refused by the bridge"))
      address.startsWith("reply.") -> waiting[address]?.complete(frame.getJsonObject("body"))
      events.trySend(frame.getJsonObject("body")).isFailure ->
        end(ConnectionLostException("too many packets wait for their collector"))
    }
  }

  private fun end(why: ConnectionLostException?) {
    events.close(why)
    waiting.values.forEach { it.completeExceptionally(why ?: ConnectionLostException("closed")) }
    socket.close()
  }

  private suspend fun <T : Any> inTime(block: suspend () -> T): T =
    withTimeoutOrNull(patience) { block() } ?: throw NoAnswerException()

  companion object {
    // `joined` carries the public keys of all members.
    private const val LONGEST_MESSAGE = 4 * 1024 * 1024

    /** Connects. Without [trust], the server's certificate must be signed by a known authority. */
    suspend fun connect(
      vertx: Vertx,
      host: String,
      port: Int,
      trust: TrustOptions? = null,
      patience: Duration = 10.seconds,
    ): BusClient {
      val options = WebSocketClientOptions().setSsl(true).setMaxFrameSize(LONGEST_MESSAGE)
      options.setMaxMessageSize(LONGEST_MESSAGE).setTrustOptions(trust)
      // Kept by the client's object: Vert.x closes those that nobody holds any more.
      val connection = BusClient(vertx.createWebSocketClient(options), patience)
      try {
        connection.connect(host, port)
        return connection
      } catch (e: Throwable) {
        connection.client.close()
        throw e
      }
    }
  }
}
