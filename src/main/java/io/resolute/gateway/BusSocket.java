package io.resolute.gateway;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import io.resolute.bus.Addresses;
import io.resolute.bus.BridgeFrames;
import io.resolute.bus.BridgePolicy;
import io.resolute.bus.ConnectionId;
import io.resolute.limits.AddressLimits;
import io.resolute.protocol.CloseCode;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.impl.MessageConsumerImpl;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.handler.sockjs.BridgeEvent;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/**
 * A socket behind which the event-bus bridge is. The {@link WebSocketPeer} in front holds it to RFC
 * 6455 and to the bounds of every socket; from there messages go on to Vert.x, whose bridge sends
 * the packets in them over the event bus to the connection. What Vert.x writes goes back through
 * the peer. To be used on the socket's event loop alone.
 */
final class BusSocket implements Clients.Session, BusClient.Gate {
  // Refusals in one connection after which it is not by mistake.
  private static final int MAX_REFUSALS = 16;
  // Vert.x keeps to itself, without a bound, what it writes to a socket that has too much waiting.
  // With this one nothing is too much, so that all of it comes to the peer, which has a bound.
  private static final WriteBufferWaterMark NEVER_TOO_MUCH =
      new WriteBufferWaterMark(Integer.MAX_VALUE / 2, Integer.MAX_VALUE);

  private final WebSocketPeer peer;
  private final BridgeFrames frames;
  private final ConnectionId inbox;
  private final MessageConsumer<Object> consumer;
  private final BusClient client;
  private final LongAdder refusalsOfAll;
  private final ChannelHandlerContext bridge;
  private final Deque<BridgeEvent> waiting = new ArrayDeque<>();
  private int refusals;
  private boolean registered;
  private boolean passing;
  private boolean sending;
  private boolean full;
  private boolean held;
  private boolean ended;

  /**
   * Puts itself between {@code peer} and Vert.x.
   *
   * @param frames how the client writes its frames
   * @param ticket the client's place among those of its address
   * @param refusals counts what is refused
   */
  BusSocket(
      Connection.Shared shared,
      WebSocketPeer peer,
      Channel socket,
      BridgeFrames frames,
      AddressLimits.Ticket ticket,
      LongAdder refusals) {
    this.peer = peer;
    this.frames = frames;
    this.refusalsOfAll = refusals;
    this.inbox = new ConnectionId(shared.random().next());
    // First what fails where the socket is gone already, and nobody would end the rest.
    ChannelPipeline pipeline = socket.pipeline();
    Outbound outbound = new Outbound();
    pipeline.addBefore(WebSocketPeer.VERTX_HANDLER, "resolute-bridge", outbound);
    socket.config().setWriteBufferWaterMark(NEVER_TOO_MUCH);
    this.bridge = pipeline.context(outbound);
    this.client = new BusClient(shared, this, ticket);
    this.consumer = shared.bus().localConsumer(Addresses.ofPackets(inbox), this::arrived);
    // What is under way when the client goes comes too late; Vert.x would log its address.
    ((MessageConsumerImpl<Object>) consumer).discardHandler(BusClient::giveUp);
  }

  /** Writes what Vert.x writes as the peer does, within its bounds. */
  private final class Outbound extends ChannelOutboundHandlerAdapter {
    // Vert.x writes a message in pieces that is longer than those that it takes.
    private ByteArrayOutputStream pieces = new ByteArrayOutputStream(0);

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
      try {
        if (message instanceof TextWebSocketFrame
            || message instanceof BinaryWebSocketFrame
            || message instanceof ContinuationWebSocketFrame) {
          // JSON, which the bridge writes as a binary message where there is no SockJS around it.
          write((WebSocketFrame) message);
        } else if (message instanceof CloseWebSocketFrame close) {
          peer.close(CloseCode.of(close.statusCode()).orElse(CloseCode.NORMAL));
        }
      } finally {
        ReferenceCountUtil.release(message);
      }
      promise.trySuccess();
    }

    private void write(WebSocketFrame piece) {
      byte[] bytes = ByteBufUtil.getBytes(piece.content());
      if (piece.isFinalFragment() && pieces.size() == 0) {
        peer.send(bytes);
        return;
      }
      pieces.writeBytes(bytes);
      if (piece.isFinalFragment()) {
        byte[] whole = pieces.toByteArray();
        pieces = new ByteArrayOutputStream(0); // Not to keep the space of a large message.
        peer.send(whole);
      }
    }
  }

  /** Passes one message to Vert.x, and the next one once it is known what is in this one. */
  @Override
  public void receive(byte[] text) {
    Optional<String> fault = frames.faultIn(text);
    if (fault.isPresent()) {
      refuse();
      peer.send(frames.refusal(fault.get()).getBytes(StandardCharsets.UTF_8));
      return;
    }
    passing = true;
    flow();
    bridge.fireChannelRead(new TextWebSocketFrame(Unpooled.copiedBuffer(text)));
    bridge.executor().execute(this::passed);
  }

  private void passed() {
    passing = false;
    flow();
  }

  /** Judges what the client wants to send, and lets it go once nothing is before it. */
  void send(BridgeEvent event) {
    if (ended) {
      event.complete(false);
    } else if (BridgePolicy.permitSend(event.getRawMessage(), inbox)) {
      waiting.add(event);
      flow();
    } else {
      event.complete(refuse());
    }
  }

  private void arrived(Message<Object> packet) {
    sending = false;
    client.receive(packet);
    flow();
  }

  /** Judges where the client wants to listen. */
  boolean register(JsonObject frame) {
    if (registered || !BridgePolicy.permitRegister(frame, client.address())) {
      return refuse();
    }
    registered = true;
    return true;
  }

  /** Judges where the client does not want to listen any more. */
  boolean unregister(JsonObject frame) {
    if (!registered || !BridgePolicy.permitRegister(frame, client.address())) {
      return refuse();
    }
    registered = false;
    return true;
  }

  /** Refuses something, and the client itself once it has been refused too often. */
  boolean refuse() {
    refusalsOfAll.increment();
    refusals++;
    if (refusals >= MAX_REFUSALS) {
      peer.expel();
    }
    return false;
  }

  @Override
  public void pause() {
    full = true;
    flow();
  }

  @Override
  public void resume() {
    full = false;
    flow();
  }

  /**
   * One packet at a time is on its way to the connection, and none while that has its share under
   * way. Meanwhile the socket is not read.
   */
  private void flow() {
    if (!sending && !full && !waiting.isEmpty()) {
      sending = true;
      waiting.remove().complete(true);
    }
    boolean busy = passing || sending || full;
    if (busy != held) {
      held = busy;
      if (busy) {
        peer.pause();
      } else {
        peer.resume();
      }
    }
  }

  @Override
  public void spend(int messages, long bytes) {
    peer.spend(messages, bytes);
  }

  @Override
  public void expel() {
    peer.expel();
  }

  @Override
  public void end() {
    stop();
    client.end();
  }

  @Override
  public void detach() {
    stop();
    client.detach();
  }

  private void stop() {
    ended = true;
    consumer.unregister();
    waiting.clear();
  }
}
