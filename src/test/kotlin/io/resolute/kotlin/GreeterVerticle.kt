package io.resolute.kotlin

import io.resolute.client.Invite
import io.vertx.kotlin.coroutines.CoroutineEventBusSupport
import io.vertx.kotlin.coroutines.CoroutineVerticle
import java.net.URI
import kotlinx.coroutines.launch

/**
 * A bot for the Vert.x that the relay is deployed in: greets everybody who comes into its room.
 *
 * Configuration: `invite`, a link to the room. Without one it makes a room, and answers any message
 * to `greeter.invites` with a link that lets one person in, beginning with `server`.
 */
class GreeterVerticle : CoroutineVerticle(), CoroutineEventBusSupport {
  private lateinit var relay: RelayConnection
  private lateinit var room: Conversation

  override suspend fun start() {
    relay = LocalConnection.open(vertx)
    val invite: String? = config.getString("invite")
    room = if (invite == null) openRoom() else Conversation.join(relay, Invite.parse(invite), NAME)
    launch {
      room.events.collect { event ->
        if (event is RoomEvent.Joined) event.who.name?.let { room.say("Welcome, $it!", event.who) }
      }
    }
  }

  private suspend fun openRoom(): Conversation {
    val server = URI(config.getString("server"))
    val lobby = Conversation.create(relay, "Lobby", NAME)
    vertx.eventBus().coConsumer<Any>("greeter.invites") { it.reply(lobby.invite(server).toLink()) }
    return lobby
  }

  override suspend fun stop() {
    relay.close()
    room.forget()
  }

  private companion object {
    const val NAME = "greeter"
  }
}
