package io.resolute.kotlin

import io.resolute.client.Invite
import io.resolute.client.e2ee.Entrance
import io.resolute.client.e2ee.Rejection
import io.resolute.client.e2ee.RoomCipher
import io.resolute.client.e2ee.SafetyNumber
import io.resolute.client.e2ee.Sealed
import io.resolute.client.e2ee.SealedScheme
import io.resolute.protocol.ClientPacket.KeyKind
import io.resolute.protocol.JoinKey
import io.resolute.protocol.RoomId
import io.resolute.protocol.UserId
import io.vertx.core.json.JsonObject
import java.net.URI
import java.security.SecureRandom
import kotlin.jvm.optionals.getOrNull
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.transformWhile
import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.withLock

/** Another member of a sealed room; without a [name], it is none that was invited. */
class Peer(val id: UserId, val name: String?)

/** What happens in a sealed room. */
sealed interface RoomEvent {
  class Joined(val who: Peer) : RoomEvent

  /** [isPrivate] if it was said to this member alone. */
  class Said(val who: Peer, val text: String, val isPrivate: Boolean) : RoomEvent

  class Unreadable(val who: Peer, val why: Rejection) : RoomEvent

  class Left(val who: Peer, val reason: String) : RoomEvent

  class Closed(val reason: String) : RoomEvent
}

/**
 * A sealed room that a connection is in, and its only one: it takes all the packets of the
 * connection. Texts and names are encrypted from end to end, as `docs/e2ee.md` says.
 */
class Conversation
private constructor(
  private val relay: RelayConnection,
  private val cipher: RoomCipher,
  private val id: RoomId,
) {
  // The cipher's order is that of the wire, both ways.
  private val lock = Mutex()
  private val peers = HashMap<UserId, Peer>()

  /** What happens here; to be collected, because who comes and goes is learned by that. */
  val events: Flow<RoomEvent> =
    relay.packets.transformWhile { packet ->
      val event = lock.withLock { eventOf(packet) }
      event?.let { emit(it) }
      event !is RoomEvent.Closed
    }

  /** Says [text] to everybody who was invited. */
  suspend fun say(text: String) = lock.withLock { send(cipher.sealForAll(text)) }

  /** Says [text] to one member, if it is still there: not to somebody else who has its id now. */
  suspend fun say(text: String, to: Peer) = lock.withLock {
    if (peers[to.id] === to) send(cipher.sealFor(to.id, text))
  }

  /** Returns who else is here. */
  suspend fun others(): List<Peer> = lock.withLock { peers.values.toList() }

  /** Returns the number that is the same for all who see the same members. */
  suspend fun safetyNumber(): SafetyNumber = lock.withLock { cipher.safetyNumber().orElseThrow() }

  /** Makes an invite for one person, by the owner. [server] is what the link begins with. */
  suspend fun invite(server: URI): Invite {
    val key = relay.request(inRoom("room-key-onetime")).getJsonObject("data")
    val joinKey = JoinKey(key.getString("one_time_key"))
    val secret = cipher.secret().getOrNull()
    return Invite(server.host, server.port, id, KeyKind.ONE_TIME, joinKey, secret)
  }

  /** Leaves the room, and ends it if it is one's own. Nothing may be called from here on. */
  suspend fun leave() {
    relay.request(inRoom("leave-room"))
    forget()
  }

  /** Erases the keys, for when the connection has ended. Nothing may be called from here on. */
  suspend fun forget() = lock.withLock { cipher.wipe() }

  private suspend fun send(parts: List<Sealed>) {
    try {
      for (part in parts) {
        val packet = inRoom("send-message", "content" to part.content())
        part.to()?.let { packet.getJsonObject("data").put("to_user_id", it.value) }
        requestUnlessGone(packet)
      }
    } catch (e: Throwable) {
      cipher.renew() // Somebody may be without the key that was on its way.
      throw e
    }
  }

  private suspend fun requestUnlessGone(packet: JsonObject) {
    try {
      relay.request(packet)
    } catch (e: RequestRefusedException) {
      if (e.code != "no-such-member") throw e
    }
  }

  private fun eventOf(packet: JsonObject): RoomEvent? {
    val data = packet.getJsonObject("data")
    if (data?.getString("room_id") != id.value) return null
    return when (packet.getString("cmd")) {
      "user-joined-onetime",
      "user-joined-forever" -> RoomEvent.Joined(admit(data, "public_key"))
      "send-message" -> open(peer(data), data.getString("content"))
      "user-left" -> RoomEvent.Left(dismiss(peer(data)), data.getString("reason"))
      "room-closed" -> RoomEvent.Closed(data.getString("reason"))
      else -> null
    }
  }

  private fun admit(user: JsonObject, keyField: String): Peer {
    val member = UserId(user.getString("user_id"))
    peers[member]?.let { if (cipher.knows(member, user.getString(keyField))) return it }
    cipher.admit(member, user.getString(keyField))
    val name = cipher.usernameOf(member, user.getString("username")).getOrNull()
    return Peer(member, name).also { peers[member] = it }
  }

  private fun dismiss(gone: Peer): Peer {
    cipher.remove(gone.id)
    peers.remove(gone.id)
    return gone
  }

  private fun peer(data: JsonObject): Peer {
    val member = UserId(data.getString("user_id"))
    return peers[member] ?: Peer(member, null)
  }

  private fun open(sender: Peer, content: String): RoomEvent? {
    var event: RoomEvent? = null
    val reader =
      object : RoomCipher.Reader {
        override fun missing(messages: Int) = Unit

        override fun text(text: String, isPrivate: Boolean) {
          event = RoomEvent.Said(sender, text, isPrivate)
        }

        override fun unreadable(why: Rejection) {
          event = RoomEvent.Unreadable(sender, why)
        }
      }
    cipher.open(sender.id, content, reader)
    return event
  }

  private fun inRoom(command: String, vararg data: Pair<String, Any>) =
    packet(command, "room_id" to id.value, *data)

  companion object {
    /** Makes a room. */
    suspend fun create(relay: RelayConnection, name: String, username: String): Conversation =
      enter(SealedScheme.strict(SecureRandom()).createRoom()) { entrance ->
        val packet =
          packet(
            "create-room",
            "name" to entrance.sealRoomName(name),
            "username" to entrance.sealUsername(username),
            "client_room_id" to "",
            "public_key_string" to entrance.publicKey(),
          )
        val room = RoomId(relay.request(packet).getJsonObject("room").getString("room_id"))
        Conversation(relay, entrance.enter(room), room)
      }

    /** Enters the room that [invite] is for. */
    suspend fun join(relay: RelayConnection, invite: Invite, username: String): Conversation =
      enter(SealedScheme.strict(SecureRandom()).joinRoom(invite.secret()).orElseThrow()) { entrance
        ->
        val kind = if (invite.kind() == KeyKind.ONE_TIME) "onetime" else "forever"
        val packet =
          packet(
            "join-room-$kind",
            "room_id" to invite.room().value,
            (if (kind == "onetime") "one_time_key" else "forever_key") to invite.key().value(),
            "username" to entrance.sealUsername(username),
            "public_key" to entrance.publicKey(),
          )
        val joined = relay.request(packet).getJsonObject("data")
        Conversation(relay, entrance.enter(invite.room()), invite.room()).also { conversation ->
          joined.getJsonArray("users").forEach {
            conversation.admit(it as JsonObject, "public_key_string")
          }
        }
      }

    private suspend fun enter(
      entrance: Entrance,
      request: suspend (Entrance) -> Conversation,
    ): Conversation =
      try {
        request(entrance)
      } catch (e: Throwable) {
        entrance.wipe()
        throw e
      }
  }
}
