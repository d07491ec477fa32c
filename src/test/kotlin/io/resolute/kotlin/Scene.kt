package io.resolute.kotlin

import io.resolute.client.ClientRoom
import io.resolute.client.ConnectOptions
import io.resolute.client.Member
import io.resolute.client.ResoluteClient
import io.resolute.client.RoomListener
import io.resolute.client.Trust
import io.resolute.protocol.ServerPacket.RoomClosed.ClosedReason
import io.resolute.protocol.ServerPacket.UserLeft.LeftReason
import io.resolute.testing.TestServer
import io.vertx.core.Vertx
import io.vertx.core.json.JsonObject
import java.net.URI
import java.security.MessageDigest
import java.security.cert.Certificate
import java.util.HexFormat
import javax.net.ssl.SSLSocket
import kotlin.time.Duration
import kotlin.time.Duration.Companion.seconds
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.cancelChildren
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.channels.ReceiveChannel
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.future.await
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout

/** A server under test, and clients that trust its certificate. Ends what it started. */
class Scene private constructor(val server: TestServer, private val vertx: Vertx) {
  /** Its certificate. */
  val certificate = certificateOf(server.port())
  /** The SHA-256 of that, as the server prints it. */
  val fingerprint = fingerprintOf(certificate)
  private val open = ArrayDeque<suspend () -> Unit>()
  val https: URI = URI("https://localhost:${server.port()}")

  /** Connects a Kotlin client over the event-bus bridge. */
  suspend fun bus(): BusClient =
    BusClient.connect(vertx, "localhost", server.port(), pin(fingerprint)).also { client ->
      open += { client.close() }
    }

  /** Connects a client of the Java library to `/v1`. */
  suspend fun java(): ResoluteClient {
    val options = ConnectOptions.builder().trust(Trust.pin(fingerprint)).build()
    val client = ResoluteClient.connect(https.wss(), options).await()
    open += {
      client.close()
      client.terminated().await()
    }
    return client
  }

  private fun URI.wss() = URI("wss://$authority/v1")

  companion object {
    /** Plays a test with a server of its own. */
    fun play(
      vertx: Vertx,
      patience: Duration = 60.seconds,
      block: suspend CoroutineScope.(Scene) -> Unit,
    ) {
      TestServer.start().use { server ->
        val scene = Scene(server, vertx)
        runBlocking {
          try {
            withTimeout(patience) {
              block(scene)
              coroutineContext.cancelChildren()
            }
          } finally {
            scene.open.forEach { it() }
          }
        }
      }
    }

    /** Returns the SHA-256 of the certificate that is presented at [port]. */
    fun fingerprintOf(port: Int): String = fingerprintOf(certificateOf(port))

    private fun fingerprintOf(certificate: Certificate): String {
      val digest = MessageDigest.getInstance("SHA-256").digest(certificate.encoded)
      return HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest)
    }

    private fun certificateOf(port: Int): Certificate {
      val socket =
        io.resolute.testing.Trust.anyone().socketFactory.createSocket("localhost", port)
          as SSLSocket
      return socket.use {
        it.startHandshake()
        it.session.peerCertificates[0]
      }
    }
  }
}

/** Returns the `data` of the next packet, which must be a [command]. */
suspend fun RelayConnection.next(command: String): JsonObject {
  val packet = packets.first()
  check(packet.getString("cmd") == command) { "expected $command but got $packet" }
  return packet.getJsonObject("data")
}

/** Returns, in words, what happens next in a conversation that is collected into this channel. */
suspend fun ReceiveChannel<RoomEvent>.next(): String =
  when (val event = receive()) {
    is RoomEvent.Joined -> "${event.who.name} joined"
    is RoomEvent.Said -> "${event.who.name}${if (event.isPrivate) " to one" else ""}: ${event.text}"
    is RoomEvent.Unreadable -> "${event.who.name} is unreadable: ${event.why}"
    is RoomEvent.Left -> "${event.who.name} left: ${event.reason}"
    is RoomEvent.Closed -> "closed: ${event.reason}"
  }

/** Writes down, in words, what a client of the Java library is told. */
class Heard : RoomListener {
  private val told = Channel<String>(Channel.UNLIMITED)

  /** Returns what it is told next; waits for it. */
  suspend fun next(): String = told.receive()

  override fun message(room: ClientRoom, from: Member, text: String, isPrivate: Boolean) =
    tell("${from.username()}${if (isPrivate) " to one" else ""}: $text")

  override fun unreadable(room: ClientRoom, from: Member) = tell("${from.username()} is unreadable")

  override fun memberJoined(room: ClientRoom, member: Member) =
    tell("${member.username()} joined ${member.status()}")

  override fun memberLeft(room: ClientRoom, member: Member, reason: LeftReason) =
    tell("${member.username()} left $reason")

  override fun roomClosed(room: ClientRoom, reason: ClosedReason) = tell("closed $reason")

  private fun tell(what: String) {
    told.trySend(what)
  }
}

/** Returns the error code that a request is refused with. */
suspend fun codeOf(request: suspend () -> Any): String =
  failureOf<RequestRefusedException>(request).code

/** Returns what a block fails with. */
suspend inline fun <reified T : Throwable> failureOf(block: suspend () -> Any): T {
  try {
    block()
  } catch (e: Throwable) {
    return e as? T ?: throw e
  }
  throw AssertionError("nothing failed")
}
