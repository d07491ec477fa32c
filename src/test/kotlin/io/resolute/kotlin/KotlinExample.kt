package io.resolute.kotlin

import io.resolute.client.Invite
import io.vertx.core.Vertx

/** What `README.md` shows of Kotlin, so that it is compiled and run. */
object KotlinExample {
  suspend fun answer(vertx: Vertx, link: String, fingerprint: String) {
    val invite = Invite.parse(link)
    val bus = BusClient.connect(vertx, invite.host(), invite.port(), pin(fingerprint))
    val room = Conversation.join(bus, invite, "echo")
    room.events.collect { event ->
      if (event is RoomEvent.Said) room.say("You said: ${event.text}", event.who)
    }
    bus.close()
  }
}
