package io.resolute.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.resolute.bus.Addresses;
import io.resolute.bus.KeyCommand;
import io.resolute.bus.KeyReply;
import io.resolute.bus.LocalCodec;
import io.resolute.bus.Shards;
import io.resolute.memory.SecretMac;
import io.resolute.protocol.ClientPacket.KeyKind;
import io.resolute.protocol.JoinKey;
import io.resolute.protocol.RandomTokens;
import io.resolute.protocol.RoomId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.junit5.VertxExtension;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class KeyVerticleTest {
  private static final KeyReply DONE = new KeyReply.Done();
  private static final KeyReply REFUSED = new KeyReply.Refused();
  private static final int INSTANCES = 3;
  private static final Shards SHARDS = new Shards(INSTANCES);
  private static final int LIMIT = 2;

  private final RandomTokens random = new RandomTokens(new SecureRandom());
  private final RoomId room = random.roomId();
  private final SecretMac secret = SecretMac.draw();
  private final List<JoinKeys> keys = new ArrayList<>();

  @BeforeEach
  void deploy(Vertx vertx) throws TimeoutException {
    LocalCodec.registerAll(vertx.eventBus());
    for (int i = 0; i < INSTANCES; i++) {
      JoinKeys part = new JoinKeys(LIMIT, random, new HmacKeyDerivation(secret));
      keys.add(part);
      await(vertx.deployVerticle(new KeyVerticle(i, part)));
    }
  }

  @AfterEach
  void wipe() {
    secret.close();
  }

  private static <T> T await(Future<T> future) throws TimeoutException {
    return future.await(10, TimeUnit.SECONDS);
  }

  private static Future<KeyReply> ask(Vertx vertx, KeyCommand command) {
    return vertx
        .eventBus()
        .<KeyReply>request(
            Addresses.ofKeyShard(SHARDS.of(command.room())), command, LocalCodec.TO_KEYS)
        .map(Message::body);
  }

  private JoinKey issue(Vertx vertx, KeyKind kind) throws TimeoutException {
    KeyReply reply = await(ask(vertx, new KeyCommand.Issue(room, kind)));
    assertThat(reply).isInstanceOf(KeyReply.Issued.class);
    return ((KeyReply.Issued) reply).key();
  }

  @Test
  void aKeyThatWasIssuedIsRightOnce(Vertx vertx) throws TimeoutException {
    JoinKey key = issue(vertx, KeyKind.ONE_TIME);
    KeyCommand look = new KeyCommand.Redeem(room, KeyKind.ONE_TIME, key, false);
    KeyCommand redeem = new KeyCommand.Redeem(room, KeyKind.ONE_TIME, key, true);
    assertThat(await(ask(vertx, look))).isEqualTo(DONE);
    assertThat(await(ask(vertx, redeem))).isEqualTo(DONE);
    assertThat(await(ask(vertx, redeem))).isEqualTo(REFUSED);
  }

  @Test
  void ofManyWhoRaceForOneKeyOneGetsIn(Vertx vertx) throws TimeoutException {
    for (int round = 0; round < 100; round++) {
      JoinKey key = issue(vertx, KeyKind.ONE_TIME);
      KeyCommand redeem = new KeyCommand.Redeem(room, KeyKind.ONE_TIME, key, true);
      List<Future<KeyReply>> replies =
          IntStream.range(0, 50).parallel().mapToObj(i -> ask(vertx, redeem)).toList();
      await(Future.all(replies));
      assertThat(replies.stream().map(Future::result).filter(DONE::equals)).hasSize(1);
    }
  }

  @Test
  void aKeyWhoseReplyReachesNobodyIsWiped() throws Exception {
    Vertx vertx = Vertx.vertx();
    LocalCodec.registerAll(vertx.eventBus());
    for (int i = 0; i < INSTANCES; i++) {
      await(vertx.deployVerticle(new KeyVerticle(i, keys.get(i), Duration.ofMillis(1))));
    }
    JoinKey key = issue(vertx, KeyKind.ONE_TIME);
    CountDownLatch wiped = new CountDownLatch(1);
    vertx.setPeriodic(
        1,
        timer -> {
          if (key.isWiped()) {
            wiped.countDown();
          }
        });
    assertThat(wiped.await(10, TimeUnit.SECONDS)).isTrue();
    await(vertx.close());
  }

  @Test
  void aResetKillsBothKindsOfKeys(Vertx vertx) throws TimeoutException {
    JoinKey once = issue(vertx, KeyKind.ONE_TIME);
    JoinKey forever = issue(vertx, KeyKind.FOREVER);
    assertThat(await(ask(vertx, new KeyCommand.Reset(room)))).isEqualTo(DONE);
    assertThat(await(ask(vertx, new KeyCommand.Redeem(room, KeyKind.ONE_TIME, once, true))))
        .isEqualTo(REFUSED);
    assertThat(await(ask(vertx, new KeyCommand.Redeem(room, KeyKind.FOREVER, forever, true))))
        .isEqualTo(REFUSED);
    assertThat(issue(vertx, KeyKind.FOREVER)).isNotEqualTo(forever);
  }

  @Test
  void aRoomWithAsManyKeysAsItMayHaveIsRefusedAnother(Vertx vertx) throws TimeoutException {
    for (int i = 0; i < LIMIT; i++) {
      issue(vertx, KeyKind.ONE_TIME);
    }
    assertThat(await(ask(vertx, new KeyCommand.Issue(room, KeyKind.ONE_TIME)))).isEqualTo(REFUSED);
  }

  @Test
  void nothingOfAForgottenRoomIsKept(Vertx vertx) throws TimeoutException {
    issue(vertx, KeyKind.ONE_TIME);
    assertThat(keys.stream().mapToInt(JoinKeys::rooms).sum()).isEqualTo(1);
    assertThat(await(ask(vertx, new KeyCommand.Forget(room)))).isEqualTo(DONE);
    assertThat(keys.stream().mapToInt(JoinKeys::rooms).sum()).isZero();
  }

  @Test
  void aKeeperThatFailsSaysSoAndServesOn(Vertx vertx) throws TimeoutException {
    RoomId broken = RoomId.parse("B".repeat(32)).orElseThrow();
    JoinKeys part =
        new JoinKeys(
            LIMIT,
            random,
            (room, resets) -> {
              throw new IllegalStateException("closed");
            });
    int shard = INSTANCES;
    await(vertx.deployVerticle(new KeyVerticle(shard, part)));
    Future<Message<KeyReply>> asked =
        vertx
            .eventBus()
            .request(
                Addresses.ofKeyShard(shard),
                new KeyCommand.Issue(broken, KeyKind.FOREVER),
                LocalCodec.TO_KEYS);
    assertThatThrownBy(() -> await(asked))
        .isInstanceOf(ReplyException.class)
        .hasMessage("the keeper of keys failed")
        .extracting(e -> ((ReplyException) e).failureType())
        .isEqualTo(ReplyFailure.RECIPIENT_FAILURE);
    Future<Message<KeyReply>> next =
        vertx
            .eventBus()
            .request(
                Addresses.ofKeyShard(shard),
                new KeyCommand.Issue(broken, KeyKind.ONE_TIME),
                LocalCodec.TO_KEYS);
    assertThat(await(next).body()).isInstanceOf(KeyReply.Issued.class);
  }

  @Test
  void everyRoomHasAKeeper(Vertx vertx) throws TimeoutException {
    for (int i = 0; i < 500; i++) {
      KeyCommand command =
          new KeyCommand.Redeem(random.roomId(), KeyKind.FOREVER, random.joinKey(), true);
      assertThat(await(ask(vertx, command))).isEqualTo(REFUSED);
    }
  }
}
