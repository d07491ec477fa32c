package io.resolute.bench;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;

/**
 * MQTT 3.1.1 over WebSocket, quality of service 0: a topic a member. Each WebSocket message of the
 * broker is one control packet or several.
 */
final class MqttDialect implements Dialect {
  private static final String SUBPROTOCOL = "mqtt";
  private static final int CONNECT = 0x10;
  private static final int CONNACK = 2;
  private static final int PUBLISH = 0x30;
  private static final int PUBLISHED = 3;
  private static final int SUBSCRIBE = 0x82;
  private static final int SUBACK = 9;
  private static final int CLEAN_SESSION = 2;
  private static final int VERSION = 4;
  private static final int MORE = 0x80;

  @Override
  public CompletableFuture<List<Seat>> open(
      Lane lane, URI uri, int room, int members, IntFunction<Hearer> hearers) {
    List<Seat> seats = new ArrayList<>();
    CompletableFuture<Member> last = CompletableFuture.completedFuture(null);
    for (int i = 0; i < members; i++) {
      Member member = new Member(room, i, hearers.apply(i));
      seats.add(member);
      last = last.thenCompose(before -> member.connect(lane, uri));
    }
    return last.thenApply(connected -> seats);
  }

  private static byte[] topic(int room, int member) {
    return ("bench/" + room + "/" + member).getBytes(StandardCharsets.US_ASCII);
  }

  private static final class Member implements Seat, Socket.Listener {
    private final int room;
    private final int index;
    private final Hearer hearer;
    private final CompletableFuture<Member> subscribed = new CompletableFuture<>();
    private Socket socket;
    private boolean closing;

    Member(int room, int index, Hearer hearer) {
      this.room = room;
      this.index = index;
      this.hearer = hearer;
    }

    CompletableFuture<Member> connect(Lane lane, URI uri) {
      return Socket.open(lane, uri, SUBPROTOCOL, this)
          .thenCompose(
              opened -> {
                socket = opened;
                ByteBuf body = Unpooled.buffer();
                text(body, "MQTT".getBytes(StandardCharsets.US_ASCII));
                body.writeByte(VERSION).writeByte(CLEAN_SESSION).writeShort(0);
                text(body, new byte[0]);
                write(CONNECT, body);
                socket.flush();
                return subscribed;
              });
    }

    private static void text(ByteBuf body, byte[] text) {
      body.writeShort(text.length).writeBytes(text);
    }

    private void write(int type, ByteBuf body) {
      ByteBuf packet = socket.buffer(body.readableBytes() + Long.BYTES).writeByte(type);
      for (int rest = body.readableBytes(); ; rest /= MORE) {
        if (rest < MORE) {
          packet.writeByte(rest);
          break;
        }
        packet.writeByte((rest % MORE) | MORE);
      }
      socket.send(packet.writeBytes(body));
    }

    @Override
    public void send(int to, byte[] content) {
      ByteBuf body = Unpooled.buffer(content.length + Long.BYTES * 2);
      text(body, topic(room, to));
      write(PUBLISH, body.writeBytes(content));
    }

    @Override
    public void close() {
      closing = true;
      socket.close();
    }

    @Override
    public void onMessage(byte[] message, int length) {
      int at = 0;
      while (at < length) {
        int type = (message[at++] & 0xFF) >>> 4;
        int size = 0;
        int shift = 0;
        while ((message[at] & MORE) != 0) {
          size |= (message[at++] & (MORE - 1)) << shift;
          shift += 7;
        }
        size |= message[at++] << shift;
        packet(type, message, at, size);
        at += size;
      }
    }

    private void packet(int type, byte[] message, int at, int size) {
      switch (type) {
        case CONNACK -> {
          ByteBuf body = Unpooled.buffer().writeShort(1);
          text(body, topic(room, index));
          write(SUBSCRIBE, body.writeByte(0));
          socket.flush();
        }
        case SUBACK -> subscribed.complete(this);
        case PUBLISHED -> {
          int topic = ((message[at] & 0xFF) << Byte.SIZE) | (message[at + 1] & 0xFF);
          int head = Short.BYTES + topic;
          hearer.heard(Hearer.UNNAMED, message, at + head, size - head);
        }
        default -> hearer.failed("the broker has sent a packet of type " + type);
      }
    }

    @Override
    public void onClosed(String why) {
      if (!closing) {
        hearer.failed(why);
      }
    }
  }
}
