package io.resolute.bench;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * One thread of the bench and what belongs to it: a room's members are all on one lane, so that
 * nothing of a room is shared between threads.
 */
final class Lane implements AutoCloseable {
  /** What sockets are made of. */
  static final Class<? extends SocketChannel> SOCKET =
      Epoll.isAvailable() ? EpollSocketChannel.class : NioSocketChannel.class;

  private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, handlers());
  private final EventLoop loop = group.next();
  private final Tls tls;
  private final List<Socket> unflushed = new ArrayList<>();
  private final LongAdder open = new LongAdder();
  private byte[] scratch = new byte[0];

  Lane(Tls tls) {
    this.tls = tls;
  }

  private static IoHandlerFactory handlers() {
    return Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
  }

  EventLoop loop() {
    return loop;
  }

  Tls tls() {
    return tls;
  }

  /** Returns an array of at least that length, which the next caller gets too. */
  byte[] scratch(int length) {
    if (scratch.length < length) {
      scratch = new byte[Math.max(length, 2 * scratch.length)];
    }
    return scratch;
  }

  /** A socket of this lane has been opened. */
  void opened() {
    open.increment();
  }

  /** A socket of this lane has ended. */
  void ended() {
    open.decrement();
  }

  /** Returns how many sockets are open; may be called by any thread. */
  long open() {
    return open.sum();
  }

  void toFlush(Socket socket) {
    unflushed.add(socket);
  }

  /** Hands to the system what was sent since: each socket once, however much that was. */
  void flush() {
    for (int i = 0; i < unflushed.size(); i++) {
      unflushed.get(i).flush();
    }
    unflushed.clear();
  }

  /** Does something on this lane, and returns when it is done. */
  void run(Runnable something) {
    CompletableFuture.runAsync(something, loop).join();
  }

  @Override
  public void close() {
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
