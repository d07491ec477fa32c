package io.resolute.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.resolute.protocol.ClientPacket.KeyKind;
import io.resolute.protocol.RoomId;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.junit5.VertxExtension;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class LocalCodecTest {
  private static final RoomId ROOM = new RoomId("R".repeat(32));

  @Test
  void oneBusTakesOneRelay(Vertx vertx) {
    LocalCodec.registerAll(vertx.eventBus());
    assertThatIllegalStateException().isThrownBy(() -> LocalCodec.registerAll(vertx.eventBus()));
  }

  @Test
  void aBusMayTakeAnotherRelayAfterTheFirstIsGone(Vertx vertx) {
    LocalCodec.registerAll(vertx.eventBus());
    LocalCodec.unregisterAll(vertx.eventBus());
    LocalCodec.registerAll(vertx.eventBus());
  }

  @Test
  void aBodyArrivesByReference(Vertx vertx) throws InterruptedException {
    LocalCodec.registerAll(vertx.eventBus());
    BlockingQueue<KeyCommand> received = new LinkedBlockingQueue<>();
    vertx
        .eventBus()
        .localConsumer(
            Addresses.ofKeyShard(0), (Message<KeyCommand> message) -> received.add(message.body()));
    KeyCommand sent = new KeyCommand.Issue(ROOM, KeyKind.ONE_TIME);
    vertx.eventBus().send(Addresses.ofKeyShard(0), sent, LocalCodec.TO_KEYS);
    assertThat(received.poll(10, TimeUnit.SECONDS)).isSameAs(sent);
  }

  @Test
  void everyBodyStaysInThisProcess() {
    assertThat(LocalCodec.TO_ROOM.isLocalOnly()).isTrue();
    assertThat(LocalCodec.TO_KEYS.isLocalOnly()).isTrue();
    assertThat(LocalCodec.FROM_KEYS.isLocalOnly()).isTrue();
    assertThat(LocalCodec.TO_CONNECTION.isLocalOnly()).isTrue();
  }
}
