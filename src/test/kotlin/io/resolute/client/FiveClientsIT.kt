package io.resolute.client

import io.resolute.kotlin.Conversation
import io.resolute.kotlin.Heard
import io.resolute.kotlin.RoomEvent
import io.resolute.kotlin.Scene
import io.resolute.kotlin.next
import io.vertx.core.Vertx
import io.vertx.core.json.JsonObject
import io.vertx.junit5.VertxExtension
import java.util.Base64
import java.util.concurrent.CompletableFuture
import kotlin.time.Duration.Companion.minutes
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.channels.ReceiveChannel
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.flow.produceIn
import kotlinx.coroutines.future.await
import kotlinx.coroutines.launch
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.extension.ExtendWith

private const val TEXTS = 5

/**
 * One sealed room and every way into it: two people with a browser, the Java library, TypeScript in
 * Node over the event bus, and Kotlin over the event bus.
 */
@ExtendWith(VertxExtension::class)
class FiveClientsIT {
  @Test
  fun fiveClientsReadEverythingThatIsSaidAndGoOnWhenOneLeaves(vertx: Vertx) =
    Scene.play(vertx, 3.minutes) { scene ->
      Puppet.startPages().use { browser ->
        Puppet.start().use { node ->
          val ada = OnPage.create(browser, scene, "Ada")
          val room = mutableListOf<Guest>(ada)
          suspend fun comesIn(join: suspend (String) -> Guest) {
            val newcomer = join(ada.invite())
            room.forEach { assertThat(it.hears()).isEqualTo("${newcomer.name} came in") }
            room += newcomer
          }
          comesIn { link -> OnPage.join(browser, link, "Ben") }
          comesIn { link -> InJava.join(scene, link, "Juno") }
          comesIn { link -> InNode.join(node, scene, link, "Noel") }
          comesIn { link -> InKotlin.join(this, scene, link, "Kim") }

          allAreVerifiedAndHaveOneSafetyNumber(room)
          oneAfterTheOther(room, "Good morning")
          ada.photograph("five-ada")
          (room[1] as OnPage).photograph("five-ben")
          allAtOnce(room)

          val juno = room.removeAt(2)
          juno.leave()
          room.forEach { assertThat(it.hears()).isEqualTo("Juno left") }
          allAreVerifiedAndHaveOneSafetyNumber(room)
          oneAfterTheOther(room, "Good night")
          browser.ask("", "end", JsonObject()).await()
        }
      }
    }

  private suspend fun allAreVerifiedAndHaveOneSafetyNumber(room: List<Guest>) {
    for (person in room) {
      assertThat(person.verified()).isEqualTo(room.map { it.name }.toSet() - person.name)
    }
    val numbers = room.map { it.safetyNumber() }
    assertThat(numbers.toSet()).hasSize(1)
    assertThat(numbers.first()).matches("\\d{60}")
  }

  private suspend fun oneAfterTheOther(room: List<Guest>, text: String) {
    for (speaker in room) {
      speaker.say("$text from ${speaker.name}")
      for (listener in room - speaker) {
        assertThat(listener.hears()).isEqualTo("${speaker.name}: $text from ${speaker.name}")
      }
    }
  }

  /** Nobody says in which order different people are heard, but each is in order. */
  private suspend fun allAtOnce(room: List<Guest>) = coroutineScope {
    val texts = List(TEXTS) { "text $it" }
    room.forEach { speaker -> launch { texts.forEach { speaker.say(it) } } }
    for (listener in room) {
      val heard = List((room.size - 1) * TEXTS) { listener.hears() }
      assertThat(heard.groupBy({ it.substringBefore(": ") }, { it.substringAfter(": ") }))
        .isEqualTo((room - listener).associate { it.name to texts })
    }
  }
}

/** Somebody in the room, with whichever client. */
private interface Guest {
  val name: String

  /** Says something, and waits until it is sent. */
  suspend fun say(text: String)

  /** Returns, in words, what this one is told next; waits for it. */
  suspend fun hears(): String

  /**
   * Returns the names of the others, as far as they are shown as verified, or as invited by a page.
   */
  suspend fun verified(): Set<String>

  /** Returns the digits. */
  suspend fun safetyNumber(): String

  suspend fun leave()
}

private class InJava(
  override val name: String,
  private val room: ClientRoom,
  private val heard: Heard,
) : Guest {
  override suspend fun say(text: String) {
    check(room.sendToAll(text).await().unreached().isEmpty())
  }

  override suspend fun hears() = heard.next().replace(" joined VERIFIED", " came in")

  override suspend fun verified() =
    room.members().filter { it.isVerified }.map { it.username() }.toSet()

  override suspend fun safetyNumber(): String = room.safetyNumber().await().orElseThrow().digits()

  override suspend fun leave() {
    room.leave().await()
  }

  companion object {
    suspend fun join(scene: Scene, link: String, name: String): Guest {
      val heard = Heard()
      return InJava(name, scene.java().join(Invite.parse(link), name, heard).await(), heard)
    }
  }
}

private class InKotlin(
  override val name: String,
  private val room: Conversation,
  private val heard: ReceiveChannel<RoomEvent>,
) : Guest {
  override suspend fun say(text: String) = room.say(text)

  override suspend fun hears() =
    heard.next().replace(" joined", " came in").replace(" left: left", " left")

  override suspend fun verified() = room.others().mapNotNull { it.name }.toSet()

  override suspend fun safetyNumber(): String = room.safetyNumber().digits()

  override suspend fun leave() = room.leave()

  companion object {
    suspend fun join(scope: CoroutineScope, scene: Scene, link: String, name: String): Guest {
      val room = Conversation.join(scene.bus(), Invite.parse(link), name)
      return InKotlin(name, room, room.events.produceIn(scope))
    }
  }
}

/** The library for JavaScript, over the event bus of `@vertx/eventbus-bridge-client.js`. */
private class InNode(override val name: String, private val node: Puppet) : Guest {
  private val events = Channel<JsonObject>(Channel.UNLIMITED)

  init {
    node.listen(name) { events.trySend(it) }
  }

  private fun ask(op: String, vararg fields: Pair<String, Any>): CompletableFuture<JsonObject> =
    node.ask(name, op, JsonObject(fields.toMap()))

  override suspend fun say(text: String) {
    check(ask("send", "text" to text).await().getJsonArray("unreached").isEmpty)
  }

  override suspend fun hears(): String {
    val event = events.receive()
    val from = event.getJsonObject("from")?.getString("username")
    val member = event.getJsonObject("member")
    return when (event.getString("event")) {
      "message" -> "$from: ${event.getString("text")}"
      "memberJoined" -> "${member.getString("username")} came in"
      "memberLeft" -> "${member.getString("username")} left"
      else -> event.encode()
    }
  }

  override suspend fun verified() =
    ask("members").await().members { it.getString("status") == "VERIFIED" }

  override suspend fun safetyNumber(): String = ask("safetyNumber").await().getString("digits")

  override suspend fun leave() {
    ask("leave").await()
  }

  companion object {
    suspend fun join(node: Puppet, scene: Scene, link: String, name: String): Guest {
      val person = InNode(name, node)
      val bus = "${scene.https}/eventbus"
      val server = Invite.parse(link).server().toString()
      person
        .ask("connect", "server" to server, "eventBus" to bus, "certificate" to scene.pem())
        .await()
      person.ask("join", "invite" to link, "username" to name).await()
      return person
    }

    private fun Scene.pem(): String {
      val lines = Base64.getMimeEncoder(64, byteArrayOf('\n'.code.toByte()))
      val encoded = lines.encodeToString(certificate.encoded)
      return "-----BEGIN CERTIFICATE-----\n$encoded\n-----END CERTIFICATE-----\n"
    }
  }
}

/**
 * What the page says of those who have the room's secret: who was invited, and who made the room.
 */
private val INVITED = setOf("Invited", "Not yet verified")

/** Somebody who looks at the page in Chromium. */
private class OnPage(override val name: String, private val browser: Puppet) : Guest {
  private var shown = 0

  private suspend fun ask(op: String, vararg fields: Pair<String, Any>): JsonObject =
    browser.ask(name, op, JsonObject(fields.toMap())).await()

  suspend fun invite(): String = ask("invite").getString("invite")

  /** Keeps what is seen in `target/screenshots`. */
  suspend fun photograph(picture: String) {
    ask("picture", "name" to picture)
  }

  override suspend fun say(text: String) {
    ask("say", "text" to text)
  }

  override suspend fun hears(): String =
    ask("shown", "number" to shown++).getString("text").removeSuffix(".")

  override suspend fun verified() = ask("members").members { it.getString("standing") in INVITED }

  override suspend fun safetyNumber(): String = ask("safetyNumber").getString("digits")

  override suspend fun leave() {
    ask("leave")
  }

  companion object {
    suspend fun create(browser: Puppet, scene: Scene, name: String): OnPage {
      val person = OnPage(name, browser)
      val url = scene.https.toString()
      person.ask("create", "url" to url, "username" to name, "name" to "Five of us")
      return person
    }

    /** Opens the link in the browser. */
    suspend fun join(browser: Puppet, link: String, name: String): OnPage {
      val person = OnPage(name, browser)
      person.ask("join", "invite" to link, "username" to name)
      assertThat(person.hears()).isEqualTo("You came in. Here: Ada")
      return person
    }
  }
}

private fun JsonObject.members(isVerified: (JsonObject) -> Boolean): Set<String> =
  getJsonArray("members")
    .map { it as JsonObject }
    .filter(isVerified)
    .map { it.getString("name") ?: it.getString("username") }
    .toSet()
