package io.resolute.kotlin

import io.resolute.protocol.ClientPacket.KeyKind
import io.resolute.testing.Keys
import io.vertx.core.Vertx
import io.vertx.junit5.VertxExtension
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.produceIn
import kotlinx.coroutines.future.await
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.extension.ExtendWith

/** Sealed rooms: one member speaks Kotlin over the event bus, the other is of the Java library. */
@ExtendWith(VertxExtension::class)
class ConversationIT {
  @Test
  fun aClientOfTheJavaLibraryTalksInARoomThatWasMadeInKotlin(vertx: Vertx) =
    Scene.play(vertx) { scene ->
      val alice = Conversation.create(scene.bus(), "Plans", "alice")
      val aliceHears = alice.events.produceIn(this)
      val bobHears = Heard()
      val bob = scene.java().join(alice.invite(scene.https), "bob", bobHears).await()
      assertThat(bob.name()).isEqualTo("Plans")
      assertThat(aliceHears.next()).isEqualTo("bob joined")
      alice.say("hello to all")
      assertThat(bobHears.next()).isEqualTo("alice: hello to all")
      assertThat(bob.sendToAll("hello alice").await().recipients()).isEqualTo(1)
      assertThat(aliceHears.next()).isEqualTo("bob: hello alice")
      bob.leave().await()
      assertThat(aliceHears.next()).isEqualTo("bob left: left")
    }

  @Test
  fun kotlinTalksInARoomThatWasMadeByTheJavaLibrary(vertx: Vertx) =
    Scene.play(vertx) { scene ->
      val aliceHears = Heard()
      val alice = scene.java().createRoom("Plans", "alice", aliceHears).await()
      val bob = Conversation.join(scene.bus(), alice.invite(KeyKind.ONE_TIME).await(), "bob")
      val bobHears = bob.events.produceIn(this)
      assertThat(aliceHears.next()).isEqualTo("bob joined VERIFIED")
      bob.say("hello alice")
      assertThat(aliceHears.next()).isEqualTo("bob: hello alice")
      alice.sendToAll("hello to all").await()
      assertThat(bobHears.next()).isEqualTo("alice: hello to all")
      val carol = Conversation.join(scene.bus(), alice.invite(KeyKind.FOREVER).await(), "carol")
      val carolHears = carol.events.produceIn(this)
      assertThat(bobHears.next()).isEqualTo("carol joined")
      assertThat(aliceHears.next()).isEqualTo("carol joined VERIFIED")
      bob.say("all of you")
      assertThat(aliceHears.next()).isEqualTo("bob: all of you")
      assertThat(carolHears.next()).isEqualTo("bob: all of you")
      carol.leave()
      assertThat(bobHears.next()).isEqualTo("carol left: left")
      bob.say("without carol")
      assertThat(aliceHears.next()).isEqualTo("carol left LEFT")
      assertThat(aliceHears.next()).isEqualTo("bob: without carol")
      alice.close().await()
      assertThat(bobHears.next()).isEqualTo("closed: closed")
      assertThat(bobHears.receiveCatching().isClosed).isTrue()
    }

  @Test
  fun whatIsSaidToOneReachesThatOneAlone(vertx: Vertx) =
    Scene.play(vertx) { scene ->
      val alice = Conversation.create(scene.bus(), "Plans", "alice")
      val hears = mapOf("bob" to Heard(), "carol" to Heard())
      hears.forEach { (name, heard) ->
        scene.java().join(alice.invite(scene.https), name, heard).await()
      }
      val (bob, _) = List(2) { alice.events.first() as RoomEvent.Joined }
      alice.say("to bob", bob.who)
      alice.say("to all")
      assertThat(hears.getValue("bob").next()).isEqualTo("carol joined VERIFIED")
      assertThat(hears.getValue("bob").next()).isEqualTo("alice to one: to bob")
      assertThat(hears.getValue("bob").next()).isEqualTo("alice: to all")
      assertThat(hears.getValue("carol").next()).isEqualTo("alice: to all")
    }

  @Test
  fun whoeverWasNotInvitedHasNoNameAndIsSentNothing(vertx: Vertx) =
    Scene.play(vertx) { scene ->
      val alice = Conversation.create(scene.bus(), "Plans", "alice")
      val aliceHears = alice.events.produceIn(this)
      val ghost = scene.bus()
      // Has the room's key, as the relay's operator would, but not the secret of the invite.
      val invite = alice.invite(scene.https)
      val joined =
        ghost.request(
          packet(
            "join-room-onetime",
            "room_id" to invite.room().value,
            "one_time_key" to invite.key().value(),
            "username" to "ghost",
            "public_key" to Keys.rsaPublicKey(Keys.rsa()),
          )
        )
      assertThat(aliceHears.next()).isEqualTo("null joined")
      alice.say("nobody reads this")
      val room = joined.getJsonObject("data").getString("room_id")
      ghost.request(packet("send-message", "room_id" to room, "content" to "boo"))
      assertThat(aliceHears.next()).isEqualTo("null is unreadable: NOT_VERIFIED")
      alice.leave()
      assertThat(ghost.next("room-closed").getString("reason")).isEqualTo("owner-left")
    }

  @Test
  fun aJoinThatIsRefusedSaysWhy(vertx: Vertx) =
    Scene.play(vertx) { scene ->
      val alice = Conversation.create(scene.bus(), "Plans", "alice")
      val invite = alice.invite(scene.https)
      Conversation.join(scene.bus(), invite, "bob")
      assertThat(codeOf { Conversation.join(scene.bus(), invite, "carol") }).isEqualTo("bad-key")
    }
}
