package io.resolute.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import io.resolute.limits.AddressLimits;
import io.resolute.limits.ClientAddress;
import io.resolute.limits.Places;
import io.vertx.core.net.impl.ShutdownEvent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * TLS of one connection, which is let in only if its address may begin a handshake by now and there
 * is a place for it until that is done, and closed without a word otherwise. Who speaks HTTP
 * without TLS is told so, and keeps the place until it has gone or the time for the handshake is
 * over.
 */
final class TlsHandler extends SslHandler {
  // Of a request that was answered. Closed while some of it is unread, a socket takes the answer
  // with it.
  private static final int MOST_DISCARDED = 64 * 1024;

  // For a socket that is being closed to take the last bytes of TLS, behind what it has not read.
  private static final Duration FAREWELL = Duration.ofSeconds(1);

  private final Sources sources;
  private final Places places;
  private final AddressLimits addresses;
  private Places.@Nullable Place place;
  private boolean begun;
  private boolean plain;
  private int discarded;

  /**
   * Makes the handler of a connection that has been accepted.
   *
   * @param executor runs what the engine delegates
   */
  TlsHandler(
      SSLEngine engine,
      Executor executor,
      Sources sources,
      Places places,
      AddressLimits addresses) {
    super(engine, false, executor);
    this.sources = sources;
    this.places = places;
    this.addresses = addresses;
    setCloseNotifyFlushTimeoutMillis(FAREWELL.toMillis());
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) throws Exception {
    super.handlerAdded(ctx);
    ctx.channel().config().setRecvByteBufAllocator(CiphertextReads.INSTANCE);
    if (sources.isAuthentic(ctx.channel())) {
      Optional<ClientAddress> source = sources.of(ctx.channel());
      place = places.take(source).orElse(null);
      if (place != null && !source.map(this::mayBegin).orElse(true)) {
        giveBackPlace();
      }
    }
    if (place == null) {
      var unused = ctx.close();
      return;
    }
    var unused =
        handshakeFuture()
            .addListener(
                done -> {
                  if (done.isSuccess()) {
                    giveBackPlace();
                  }
                });
  }

  private boolean mayBegin(ClientAddress address) {
    Optional<AddressLimits.Admission.Refused> refusal = addresses.beginHandshake(address);
    refusal.ifPresent(Clients::warnOnceAnHour);
    return refusal.isEmpty();
  }

  private void giveBackPlace() {
    if (place != null) {
      place.giveBack();
      place = null;
    }
  }

  /** Vert.x knows nothing of sockets before the end of the handshake, and would wait for them. */
  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
    if (event instanceof ShutdownEvent && !handshakeFuture().isSuccess()) {
      var unused = ctx.close();
    }
    super.userEventTriggered(ctx, event);
  }

  @Override
  public void handlerRemoved0(ChannelHandlerContext ctx) throws Exception {
    giveBackPlace();
    super.handlerRemoved0(ctx);
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out)
      throws SSLException {
    if (!begun && in.readableBytes() >= PlainHttp.ENOUGH) {
      begun = true;
      plain = PlainHttp.begins(in);
      if (plain) {
        answer(ctx);
      }
    }
    if (plain) {
      discard(ctx, in);
    } else if (engine().isInboundDone() || engine().isOutboundDone()) {
      in.skipBytes(in.readableBytes()); // The engine may read no more, and Netty would keep it all.
    } else {
      super.decode(ctx, in, out);
    }
  }

  /** Goes past TLS: what a handler writes to its own context is for those in front of it. */
  private static void answer(ChannelHandlerContext ctx) {
    var unused =
        ctx.writeAndFlush(PlainHttp.answer())
            .addListener((ChannelFuture answered) -> endOutput(answered, ctx));
  }

  private static void endOutput(ChannelFuture answered, ChannelHandlerContext ctx) {
    var unused =
        answered.isSuccess() && ctx.channel() instanceof DuplexChannel duplex
            ? duplex.shutdownOutput().addListener(ChannelFutureListener.CLOSE_ON_FAILURE)
            : ctx.close();
  }

  private void discard(ChannelHandlerContext ctx, ByteBuf in) {
    discarded += in.readableBytes();
    in.skipBytes(in.readableBytes());
    if (discarded > MOST_DISCARDED) {
      var unused = ctx.close();
    }
  }
}
