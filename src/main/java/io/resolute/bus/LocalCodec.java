package io.resolute.bus;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageCodec;
import java.time.Duration;
import java.util.List;

/**
 * Hands the immutable bodies of this package from one event loop to another by reference. One codec
 * a hierarchy of bodies, chosen by the name in the {@link DeliveryOptions} of each address.
 */
public final class LocalCodec<T> implements MessageCodec<T, T> {
  /** For what goes to rooms. */
  public static final DeliveryOptions TO_ROOM = options(RoomCommands.class);

  /** For what goes to the keeper of join keys, who answers within milliseconds or not at all. */
  public static final DeliveryOptions TO_KEYS =
      options(KeyCommand.class).setSendTimeout(Duration.ofSeconds(5).toMillis());

  /** For what the keeper of join keys answers. */
  public static final DeliveryOptions FROM_KEYS = options(KeyReply.class);

  /** For what goes to connections. */
  public static final DeliveryOptions TO_CONNECTION = options(Parcel.class);

  private static final List<Class<?>> BODIES =
      List.of(RoomCommands.class, KeyCommand.class, KeyReply.class, Parcel.class);

  private final String name;

  private LocalCodec(Class<T> body) {
    this.name = body.getName();
  }

  /**
   * Makes the bodies known to an event bus.
   *
   * @throws IllegalStateException if they are already, because the relay runs on this bus
   */
  public static void registerAll(EventBus bus) {
    BODIES.forEach(body -> bus.registerCodec(new LocalCodec<>(body)));
  }

  /** Undoes {@link #registerAll}. */
  public static void unregisterAll(EventBus bus) {
    BODIES.forEach(body -> bus.unregisterCodec(body.getName()));
  }

  private static DeliveryOptions options(Class<?> body) {
    return new DeliveryOptions().setCodecName(body.getName()).setLocalOnly(true);
  }

  @Override
  public T transform(T body) {
    return body;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public byte systemCodecID() {
    return -1;
  }

  @Override
  public void encodeToWire(Buffer buffer, T body) {
    throw new UnsupportedOperationException("the relay's bodies stay inside one JVM");
  }

  @Override
  public T decodeFromWire(int position, Buffer buffer) {
    throw new UnsupportedOperationException("the relay's bodies stay inside one JVM");
  }
}
