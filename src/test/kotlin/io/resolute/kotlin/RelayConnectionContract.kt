package io.resolute.kotlin

import io.resolute.testing.Keys
import io.resolute.testing.Room
import io.vertx.core.Vertx
import io.vertx.core.json.JsonArray
import io.vertx.core.json.JsonObject
import io.vertx.junit5.VertxExtension
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.toList
import org.assertj.core.api.Assertions.assertThat
import org.awaitility.Awaitility.await
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.extension.ExtendWith

/** What a connection does, whatever carries it: all that a client of `/v1` does. */
@ExtendWith(VertxExtension::class)
abstract class RelayConnectionContract {
  /** Connects to the server of the scene. */
  protected abstract suspend fun Scene.connect(): RelayConnection

  @Test
  fun helloTellsTheVersionAndTheLimits(vertx: Vertx) =
    Scene.play(vertx) { scene ->
      val hello = scene.connect().request(packet("hello", "versions" to JsonArray.of(1)))
      assertThat(hello.data.getInteger("version")).isEqualTo(1)
      assertThat(hello.data.getJsonObject("limits").getInteger("message")).isEqualTo(65536)
    }

  @Test
  fun bothKindsOfKeyLetSomebodyInAndTheOwnerIsTold(vertx: Vertx) =
    Scene.play(vertx) { scene ->
      val owner = scene.connect()
      val room = owner.createRoom()
      val guest = scene.connect()
      val joined = guest.joinOneTime(room, owner.oneTimeKey(room))
      assertThat(joined.getString("room_name")).isEqualTo("Plans")
      assertThat(joined.names()).containsExactly("alice")
      assertThat(owner.next("user-joined-onetime").getString("user_id"))
        .isEqualTo(joined.getString("user_id"))
      val third = scene.connect().joinForever(room, owner.foreverKey(room), "carol")
      assertThat(third.names()).containsExactly("alice", "bob")
      for (member in listOf(owner, guest)) {
        assertThat(member.next("user-joined-forever").getString("username")).isEqualTo("carol")
      }
      val listed = guest.request(packet("list-members", "room_id" to room)).data
      assertThat(listed.names()).containsExactly("alice", "bob", "carol")
    }

  @Test
  fun noKeyFromBeforeAResetLetsAnybodyIn(vertx: Vertx) =
    Scene.play(vertx) { scene ->
      val owner = scene.connect()
      val room = owner.createRoom()
      val oneTime = owner.oneTimeKey(room)
      val forever = owner.foreverKey(room)
      owner.request(packet("reset-room-keys", "room_id" to room))
      val guest = scene.connect()
      assertThat(codeOf { guest.joinOneTime(room, oneTime) }).isEqualTo("bad-key")
      assertThat(codeOf { guest.joinForever(room, forever) }).isEqualTo("bad-key")
      guest.joinForever(room, owner.foreverKey(room))
    }

  @Test
  fun messagesReachOneOrAllAndTheirSenderIsToldHowMany(vertx: Vertx) =
    Scene.play(vertx) { scene ->
      val owner = scene.connect()
      val room = owner.createRoom()
      val forever = owner.foreverKey(room)
      val bob = scene.connect()
      val bobsId = bob.joinForever(room, forever).getString("user_id")
      val carol = scene.connect()
      carol.joinForever(room, forever, "carol")
      bob.next("user-joined-forever")
      val toAll = packet("send-message", "room_id" to room, "content" to "to all")
      assertThat(owner.request(toAll).data.getInteger("recipients")).isEqualTo(2)
      val toOne =
        packet("send-message", "room_id" to room, "to_user_id" to bobsId, "content" to "to bob")
      assertThat(carol.request(toOne).data.getInteger("recipients")).isEqualTo(1)
      val first = bob.next("send-message")
      assertThat(first.getString("username")).isEqualTo("alice")
      assertThat(first.getString("content")).isEqualTo("to all")
      assertThat(bob.next("send-message").getString("content")).isEqualTo("to bob")
      assertThat(carol.next("send-message").getString("content")).isEqualTo("to all")
    }

  @Test
  fun whoeverLeavesOrIsDisconnectedIsAnnounced(vertx: Vertx) =
    Scene.play(vertx) { scene ->
      val owner = scene.connect()
      val room = owner.createRoom()
      for (reason in listOf("left", "disconnected")) {
        val guest = scene.connect()
        val id = guest.joinForever(room, owner.foreverKey(room)).getString("user_id")
        owner.next("user-joined-forever")
        if (reason == "left") guest.request(packet("leave-room", "room_id" to room))
        else guest.close()
        val left = owner.next("user-left")
        assertThat(left.getString("user_id")).isEqualTo(id)
        assertThat(left.getString("reason")).isEqualTo(reason)
      }
    }

  @Test
  fun aRoomEndsWhenItsOwnerClosesOrLeavesItOrIsGone(vertx: Vertx) =
    Scene.play(vertx) { scene ->
      val ends =
        listOf<Pair<String, suspend RelayConnection.(String) -> Unit>>(
          "closed" to { request(packet("close-room", "room_id" to it)) },
          "owner-left" to { request(packet("leave-room", "room_id" to it)) },
          "owner-left" to { close() },
        )
      for ((reason, end) in ends) {
        val owner = scene.connect()
        val room = owner.createRoom()
        val guest = scene.connect()
        guest.joinForever(room, owner.foreverKey(room))
        owner.end(room)
        assertThat(guest.next("room-closed").getString("reason")).isEqualTo(reason)
      }
    }

  @Test
  fun everyErrorIsThrownWithItsCode(vertx: Vertx) =
    Scene.play(vertx) { scene ->
      val owner = scene.connect()
      val room = owner.createRoom()
      val key = owner.foreverKey(room)
      val guest = scene.connect()
      guest.joinForever(room, key)
      val stranger = scene.connect()
      val nobody = "A".repeat(32)
      val errors =
        listOf<Pair<String, suspend () -> Any>>(
          "unknown-command" to { guest.request(packet("dance")) },
          "bad-packet" to { guest.request(packet("list-members")) },
          "unsupported-version" to
            {
              guest.request(packet("hello", "versions" to JsonArray.of(2)))
            },
          "not-found" to { stranger.request(packet("list-members", "room_id" to room)) },
          "forbidden" to { guest.request(packet("close-room", "room_id" to room)) },
          "bad-key" to { stranger.joinForever(room, nobody) },
          "already-joined" to { guest.joinForever(room, key) },
          "no-such-member" to
            {
              val data = arrayOf("room_id" to room, "to_user_id" to nobody, "content" to "")
              guest.request(packet("send-message", *data))
            },
          "bad-public-key" to { stranger.createRoom(publicKey = "no PEM") },
          "too-large" to { stranger.createRoom(name = "a".repeat(1025)) },
          "limit-reached" to { repeat(17) { stranger.createRoom() } },
        )
      for ((code, request) in errors) {
        assertThat(codeOf(request)).isEqualTo(code)
      }
    }

  @Test
  fun whatIsSentWithoutWaitingIsAnsweredAmongThePackets(vertx: Vertx) =
    Scene.play(vertx) { scene ->
      val client = scene.connect()
      client.send(packet("list-members", "room_id" to "A".repeat(32)))
      assertThat(client.next("list-members-error").getString("code")).isEqualTo("not-found")
    }

  @Test
  fun packetsEndWhenTheClientClosesAndItsConnectionIsGone(vertx: Vertx) =
    Scene.play(vertx) { scene ->
      val client = scene.connect()
      client.close()
      assertThat(client.packets.toList()).isEmpty()
      await().until { scene.server.counts().connections() == 0 }
    }

  @Test
  fun aClientOfVersionOneIsInTheSameRoom(vertx: Vertx) =
    Scene.play(vertx) { scene ->
      scene.server.connect().use { owner ->
        val room = Room.create(owner)
        val guest = scene.connect()
        guest.joinForever(room.id, room.foreverKey())
        assertThat(owner.next("user-joined-forever")["username"].asText()).isEqualTo("bob")
        guest.request(packet("send-message", "room_id" to room.id, "content" to "from the bus"))
        assertThat(owner.next("send-message")["content"].asText()).isEqualTo("from the bus")
        owner.send("send-message", room.toAll("from /v1"))
        assertThat(guest.next("send-message").getString("content")).isEqualTo("from /v1")
      }
    }

  @Test
  fun whoeverLetsTooManyPacketsWaitLosesTheConnection(vertx: Vertx) =
    Scene.play(vertx) { scene ->
      val owner = scene.connect()
      val room = owner.createRoom()
      val idle = scene.connect()
      idle.joinForever(room, owner.foreverKey(room))
      val message = packet("send-message", "room_id" to room, "content" to "again")
      repeat(EVENTS_KEPT + 1) { owner.request(message) }
      owner.next("user-joined-forever")
      assertThat(owner.next("user-left").getString("reason")).isEqualTo("disconnected")
      assertThat(failureOf<ConnectionLostException> { idle.packets.toList() })
        .hasMessageContaining("too many packets")
    }
}

private val JsonObject.data: JsonObject
  get() = getJsonObject("data")

private fun JsonObject.names(): List<String> =
  getJsonArray("users").map { (it as JsonObject).getString("username") }

private suspend fun RelayConnection.createRoom(
  name: String = "Plans",
  publicKey: String = PEM,
): String {
  val data = arrayOf("name" to name, "username" to "alice", "client_room_id" to "")
  val created = request(packet("create-room", "public_key_string" to publicKey, *data))
  return created.getJsonObject("room").getString("room_id")
}

private suspend fun RelayConnection.oneTimeKey(room: String): String =
  request(packet("room-key-onetime", "room_id" to room)).data.getString("one_time_key")

private suspend fun RelayConnection.foreverKey(room: String): String =
  request(packet("room-key-forever", "room_id" to room)).data.getString("forever_join_key")

private suspend fun RelayConnection.joinOneTime(room: String, key: String): JsonObject {
  val data = arrayOf("room_id" to room, "username" to "bob", "public_key" to PEM)
  return request(packet("join-room-onetime", "one_time_key" to key, *data)).data
}

private suspend fun RelayConnection.joinForever(
  room: String,
  key: String,
  username: String = "bob",
): JsonObject {
  val data = arrayOf("room_id" to room, "username" to username, "public_key" to PEM)
  return request(packet("join-room-forever", "forever_key" to key, *data)).data
}

private val PEM = Keys.rsaPublicKey(Keys.rsa())
