package io.resolute.kotlin

import io.resolute.protocol.ClientPacket.KeyKind
import io.vertx.core.Vertx
import io.vertx.junit5.VertxExtension
import kotlinx.coroutines.future.await
import kotlinx.coroutines.launch
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.extension.ExtendWith

/** Runs the Kotlin that `README.md` shows. */
@ExtendWith(VertxExtension::class)
class KotlinExampleIT {
  @Test
  fun kotlinOfTheReadmeAnswersWhatItIsToldUntilTheRoomEnds(vertx: Vertx) =
    Scene.play(vertx) { scene ->
      val hears = Heard()
      val room = scene.java().createRoom("Plans", "alice", hears).await()
      val link = room.invite(KeyKind.ONE_TIME).await().toLink()
      val example = launch { main(arrayOf(link, scene.fingerprint)) }
      assertThat(hears.next()).isEqualTo("echo joined VERIFIED")
      room.sendToAll("hello").await()
      assertThat(hears.next()).isEqualTo("echo to one: You said: hello")
      room.close().await()
      example.join()
    }
}
