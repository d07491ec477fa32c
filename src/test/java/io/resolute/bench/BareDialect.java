package io.resolute.bench;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;

/** Of {@link BareRelay}: who connects to one path is paired, and frames are content alone. */
final class BareDialect implements Dialect {
  @Override
  public CompletableFuture<List<Seat>> open(
      Lane lane, URI uri, int room, int members, IntFunction<Hearer> hearers) {
    if (members != 2) {
      throw new IllegalArgumentException("the bare relay has rooms of two");
    }
    List<Seat> seats = new ArrayList<>();
    URI pair = uri.resolve("/" + room);
    return connect(lane, pair, hearers.apply(0))
        .thenCompose(
            first -> {
              seats.add(first);
              return connect(lane, pair, hearers.apply(1));
            })
        .thenApply(
            second -> {
              seats.add(second);
              return seats;
            });
  }

  private static CompletableFuture<Seat> connect(Lane lane, URI uri, Hearer hearer) {
    Member member = new Member(hearer);
    return Socket.open(lane, uri, member)
        .thenApply(
            socket -> {
              member.socket = socket;
              return member;
            });
  }

  private static final class Member implements Seat, Socket.Listener {
    private final Hearer hearer;
    private Socket socket;
    private boolean closing;

    Member(Hearer hearer) {
      this.hearer = hearer;
    }

    @Override
    public void send(int to, byte[] content) {
      socket.send(socket.buffer(content.length).writeBytes(content));
    }

    @Override
    public void close() {
      closing = true;
      socket.close();
    }

    @Override
    public void onMessage(byte[] message, int length) {
      hearer.heard(Hearer.UNNAMED, message, 0, length);
    }

    @Override
    public void onClosed(String why) {
      if (!closing) {
        hearer.failed(why);
      }
    }
  }
}
