package io.resolute.kotlin

import io.resolute.client.Invite
import io.resolute.protocol.ClientPacket.KeyKind
import io.resolute.testing.TestServer
import io.vertx.core.DeploymentOptions
import io.vertx.core.Vertx
import io.vertx.core.json.JsonObject
import io.vertx.junit5.VertxExtension
import io.vertx.kotlin.coroutines.coAwait
import kotlinx.coroutines.future.await
import org.assertj.core.api.Assertions.assertThat
import org.awaitility.Awaitility.await
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.extension.ExtendWith

/** The bot of the documents, in the Vert.x of the relay, with guests of the Java library. */
@ExtendWith(VertxExtension::class)
class GreeterVerticleIT {
  @Test
  fun whoeverComesInIsGreetedByName(vertx: Vertx) =
    Scene.play(vertx) { scene ->
      scene.server.deployGreeter("server" to scene.https.toString())
      for (name in listOf("bob", "carol")) {
        val hears = Heard()
        val room = scene.java().join(scene.server.invite(), name, hears).await()
        assertThat(room.name()).isEqualTo("Lobby")
        assertThat(hears.next()).isEqualTo("greeter to one: Welcome, $name!")
      }
    }

  @Test
  fun aRoomThatItIsInvitedToIsGreetedIn(vertx: Vertx) =
    Scene.play(vertx) { scene ->
      val aliceHears = Heard()
      val alice = scene.java().createRoom("Plans", "alice", aliceHears).await()
      scene.server.deployGreeter("invite" to alice.invite(KeyKind.ONE_TIME).await().toLink())
      assertThat(aliceHears.next()).isEqualTo("greeter joined VERIFIED")
      val bobHears = Heard()
      scene.java().join(alice.invite(KeyKind.ONE_TIME).await(), "bob", bobHears).await()
      assertThat(bobHears.next()).isEqualTo("greeter to one: Welcome, bob!")
      assertThat(aliceHears.next()).isEqualTo("bob joined VERIFIED")
    }

  @Test
  fun undeployingItEndsItsRoomAndItsConnection(vertx: Vertx) =
    Scene.play(vertx) { scene ->
      val greeter = scene.server.deployGreeter("server" to scene.https.toString())
      val hears = Heard()
      val guest = scene.java()
      guest.join(scene.server.invite(), "bob", hears).await()
      assertThat(hears.next()).isEqualTo("greeter to one: Welcome, bob!")
      val others = scene.server.consumers()
      scene.server.vertx().undeploy(greeter).coAwait()
      assertThat(hears.next()).isEqualTo("closed OWNER_LEFT")
      await().until { scene.server.counts().connections() == 1 }
      assertThat(scene.server.consumers()).isLessThan(others)
    }

  @Test
  fun aGuestWhoIsGoneAgainDoesNotStopIt(vertx: Vertx) =
    Scene.play(vertx) { scene ->
      scene.server.deployGreeter("server" to scene.https.toString())
      repeat(5) { scene.java().join(scene.server.invite(), "brief", Heard()).await().leave() }
      val hears = Heard()
      scene.java().join(scene.server.invite(), "bob", hears).await()
      var heard = hears.next()
      while (heard.startsWith("brief left")) heard = hears.next()
      assertThat(heard).isEqualTo("greeter to one: Welcome, bob!")
    }
}

private suspend fun TestServer.deployGreeter(vararg config: Pair<String, Any>): String {
  val options = DeploymentOptions().setConfig(JsonObject(mapOf(*config)))
  return vertx().deployVerticle(GreeterVerticle(), options).coAwait()
}

private suspend fun TestServer.invite(): Invite =
  Invite.parse(vertx().eventBus().request<String>("greeter.invites", null).coAwait().body())
