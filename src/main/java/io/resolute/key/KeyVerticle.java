package io.resolute.key;

import io.resolute.bus.Addresses;
import io.resolute.bus.Failures;
import io.resolute.bus.KeyCommand;
import io.resolute.bus.KeyReply;
import io.resolute.bus.LocalCodec;
import io.resolute.protocol.JoinKey;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers {@link KeyCommand}s for one shard out of a {@link JoinKeys}, each in one atomic step. */
public final class KeyVerticle extends VerticleBase implements KeyCommand.Visitor<KeyReply> {
  private static final Logger LOG = LoggerFactory.getLogger(KeyVerticle.class);
  private static final int FAILED = 500;
  // Whoever asked has the answer by then, or has given up.
  private static final Duration PATIENCE =
      Duration.ofMillis(2 * LocalCodec.TO_KEYS.getSendTimeout());
  private static final KeyReply DONE = new KeyReply.Done();
  private static final KeyReply REFUSED = new KeyReply.Refused();

  private final int shard;
  private final JoinKeys keys;
  private final Duration patience;
  private final IssuedKeys issued = new IssuedKeys();
  private boolean timed;

  /** Makes the verticle for {@code shard}, whose keys are all in {@code keys}. */
  public KeyVerticle(int shard, JoinKeys keys) {
    this(shard, keys, PATIENCE);
  }

  /**
   * Makes a verticle.
   *
   * @param patience after which, or twice that, it wipes what it has issued, should nobody else
   */
  KeyVerticle(int shard, JoinKeys keys, Duration patience) {
    this.shard = shard;
    this.keys = keys;
    this.patience = patience;
  }

  @Override
  public Future<?> start() {
    MessageConsumer<KeyCommand> consumer =
        vertx.eventBus().localConsumer(Addresses.ofKeyShard(shard), this::handle);
    return consumer.completion();
  }

  private void handle(Message<KeyCommand> message) {
    try {
      message.reply(message.body().accept(this), LocalCodec.FROM_KEYS);
    } catch (RuntimeException e) {
      LOG.error("A request about keys failed: {}", Failures.describe(e));
      message.fail(FAILED, "the keeper of keys failed");
    }
  }

  @Override
  public KeyReply issue(KeyCommand.Issue command) {
    return keys.issue(command.room(), command.kind()).map(this::issued).orElse(REFUSED);
  }

  /** A reply that comes after its deadline reaches nobody, and nobody wipes its key. */
  private KeyReply issued(JoinKey key) {
    long now = System.nanoTime();
    issued.tidy(now);
    issued.add(key, now + patience.toNanos());
    tidyInTime();
    return new KeyReply.Issued(key);
  }

  private void tidyInTime() {
    if (!timed && issued.size() > 0) {
      timed = true;
      vertx.setTimer(
          patience.toMillis(),
          timer -> {
            timed = false;
            issued.tidy(System.nanoTime());
            tidyInTime();
          });
    }
  }

  @Override
  public KeyReply redeem(KeyCommand.Redeem command) {
    return keys.redeem(command.room(), command.kind(), command.key(), command.consume())
        ? DONE
        : REFUSED;
  }

  @Override
  public KeyReply reset(KeyCommand.Reset command) {
    keys.reset(command.room());
    return DONE;
  }

  @Override
  public KeyReply forget(KeyCommand.Forget command) {
    keys.forget(command.room());
    return DONE;
  }
}
