package io.resolute.kotlin

import io.resolute.client.Invite
import io.vertx.core.Vertx
import io.vertx.kotlin.coroutines.coAwait

suspend fun main(arguments: Array<String>) {
  val (link, fingerprint) = arguments
  val vertx = Vertx.vertx()
  try {
    val invite = Invite.parse(link)
    val bus = BusClient.connect(vertx, invite.host(), invite.port(), pin(fingerprint))
    val room = Conversation.join(bus, invite, "echo")
    room.events.collect { event ->
      if (event is RoomEvent.Said) room.say("You said: ${event.text}", event.who)
    }
  } finally {
    vertx.close().coAwait()
  }
}
