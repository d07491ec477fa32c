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
  private final IssuedKeys issued;

  /** Makes the verticle for {@code shard}, whose keys are all in {@code keys}. */
  public KeyVerticle(int shard, JoinKeys keys) {
    this(shard, keys, PATIENCE);
  }

  /**
   * Makes a verticle.
   *
   * @param patience 1 ms or more: how long, at the least, what it has issued is left to whoever
   *     asked for it; nobody else having done so, it wipes that before twice as long
   */
  KeyVerticle(int shard, JoinKeys keys, Duration patience) {
    this.shard = shard;
    this.keys = keys;
    this.patience = patience;
    this.issued = new IssuedKeys(patience);
  }

  @Override
  public Future<?> start() {
    vertx.setPeriodic(patience.toMillis(), timer -> issued.tidy(System.nanoTime()));
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
    issued.add(key, System.nanoTime());
    return new KeyReply.Issued(key);
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
