package io.resolute.kotlin

import io.vertx.core.json.JsonObject
import kotlinx.coroutines.flow.Flow

/**
 * A connection to the relay, whatever carries its packets: those of `Client-API.md`, as objects. It
 * is one user. Safe for use by several coroutines.
 */
interface RelayConnection {
  /**
   * What the server sends unasked, in its order. For one collector at a time. Completes when this
   * side closes, and fails with [ConnectionLostException] otherwise. Whoever lets more than
   * [EVENTS_KEPT] packets wait loses the connection.
   */
  val packets: Flow<JsonObject>

  /**
   * Sends a packet and returns its answer.
   *
   * @throws RequestRefusedException if the answer is an error
   * @throws NoAnswerException if none comes in time
   * @throws ConnectionLostException if the connection ends before
   */
  suspend fun request(packet: JsonObject): JsonObject

  /** Sends a packet. The answer, if there is one, comes among the [packets]. */
  suspend fun send(packet: JsonObject)

  /** Ends the connection, and leaves its rooms by that. */
  suspend fun close()
}

/** The most packets that wait for the collector of [RelayConnection.packets]. */
const val EVENTS_KEPT = 256

/** Makes a packet. */
fun packet(command: String, vararg data: Pair<String, Any>): JsonObject =
  JsonObject.of("cmd", command, "data", JsonObject(mapOf(*data)))

/** Returns this answer, unless it is an error. */
fun JsonObject.unlessRefused(): JsonObject {
  if (!getString("cmd").endsWith("error")) return this
  val error = getJsonObject("data")
  throw RequestRefusedException(error.getString("code"), error.getString("msg"))
}

/** The server refuses a request; [code] is one of those in `Client-API.md`. */
class RequestRefusedException(val code: String, message: String) : Exception("$code: $message")

/** The server did not answer in time. */
class NoAnswerException : Exception("no answer came in time")

/** The connection has ended, and this side did not ask for it. */
class ConnectionLostException(message: String, cause: Throwable? = null) : Exception(message, cause)
