package io.resolute.client;

import java.time.Duration;

/**
 * How a {@link ResoluteClient} connects, and what it bounds. Immutable; {@link #builder} starts
 * with the defaults.
 */
public final class ConnectOptions {
  private final Trust trust;
  private final Duration connectTimeout;
  private final Duration requestTimeout;
  private final Duration silenceTimeout;
  private final int maxIncomingBytes;
  private final int maxQueuedBytes;
  private final boolean allowRsa;
  private final ConnectionListener listener;

  private ConnectOptions(Builder builder) {
    trust = builder.trust;
    connectTimeout = builder.connectTimeout;
    requestTimeout = builder.requestTimeout;
    silenceTimeout = builder.silenceTimeout;
    maxIncomingBytes = builder.maxIncomingBytes;
    maxQueuedBytes = builder.maxQueuedBytes;
    allowRsa = builder.allowRsa;
    listener = builder.listener;
  }

  /** Returns the defaults: the system's roots, and what the builder's methods name. */
  public static ConnectOptions defaults() {
    return builder().build();
  }

  /** Returns a builder that holds the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns which servers are trusted. */
  public Trust trust() {
    return trust;
  }

  /** Returns how long it may take until the WebSocket is open. */
  public Duration connectTimeout() {
    return connectTimeout;
  }

  /** Returns how long the server may take to answer a request. */
  public Duration requestTimeout() {
    return requestTimeout;
  }

  /** Returns how long the server may be silent before it counts as dead. */
  public Duration silenceTimeout() {
    return silenceTimeout;
  }

  /** Returns the length of the longest message from the server. */
  public int maxIncomingBytes() {
    return maxIncomingBytes;
  }

  /** Returns how much may wait: to be sent, and to be taken by the listeners. */
  public int maxQueuedBytes() {
    return maxQueuedBytes;
  }

  /** Returns whether peers are talked to that know RSA alone. */
  public boolean allowRsa() {
    return allowRsa;
  }

  /** Returns who is told when the connection is lost. */
  public ConnectionListener listener() {
    return listener;
  }

  /** Collects options. Not safe for use by several threads. */
  public static final class Builder {
    private static final int MIB = 1024 * 1024;

    private Trust trust = Trust.systemRoots();
    private Duration connectTimeout = Duration.ofSeconds(10);
    private Duration requestTimeout = Duration.ofSeconds(15);
    private Duration silenceTimeout = Duration.ofSeconds(60);
    private int maxIncomingBytes = 4 * MIB;
    private int maxQueuedBytes = MIB;
    private boolean allowRsa;
    private ConnectionListener listener = why -> {};

    private Builder() {}

    /** Sets which servers are trusted. Default: {@link Trust#systemRoots}. */
    public Builder trust(Trust trust) {
      this.trust = trust;
      return this;
    }

    /**
     * Sets how long it may take until the WebSocket is open, from 1 ms up. Default: 10 seconds.
     *
     * @throws IllegalArgumentException if it is shorter than 1 ms
     */
    public Builder connectTimeout(Duration timeout) {
      this.connectTimeout = requirePositive(timeout);
      return this;
    }

    /**
     * Sets how long the server may take to answer a request, from 1 ms up. Default: 15 seconds.
     *
     * @throws IllegalArgumentException if it is shorter than 1 ms
     */
    public Builder requestTimeout(Duration timeout) {
      this.requestTimeout = requirePositive(timeout);
      return this;
    }

    /**
     * Sets how long the server may be silent before the connection counts as lost, from 1 ms up. In
     * the middle of that time it is sent a ping, which a live server answers. Default: 60 seconds.
     *
     * @throws IllegalArgumentException if it is shorter than 1 ms
     */
    public Builder silenceTimeout(Duration timeout) {
      this.silenceTimeout = requirePositive(timeout);
      return this;
    }

    /**
     * Sets the length of the longest message that is taken from the server, in UTF-16 code units,
     * which is at most its bytes; a longer one ends the connection. Default: 4 MiB.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public Builder maxIncomingBytes(int bytes) {
      this.maxIncomingBytes = requirePositive(bytes);
      return this;
    }

    /**
     * Sets how many bytes may wait to be sent; past it a request fails with {@link
     * SendQueueFullException}. As many may wait for the listeners; past it the server is not read
     * until they have caught up. Default: 1 MiB.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public Builder maxQueuedBytes(int bytes) {
      this.maxQueuedBytes = requirePositive(bytes);
      return this;
    }

    /**
     * Sets whether peers are talked to that know RSA alone, as the clients of the Go system do. It
     * is weak: the server can put its own key in the place of any member's, and then read and write
     * what is said. Default: no.
     */
    public Builder allowRsa(boolean allow) {
      this.allowRsa = allow;
      return this;
    }

    /** Sets who is told when the connection is lost. Default: nobody. */
    public Builder listener(ConnectionListener listener) {
      this.listener = listener;
      return this;
    }

    /** Returns the options. */
    public ConnectOptions build() {
      return new ConnectOptions(this);
    }

    private static Duration requirePositive(Duration timeout) {
      if (timeout.toMillis() < 1) {
        throw new IllegalArgumentException("a timeout is at least one millisecond");
      }
      return timeout;
    }

    private static int requirePositive(int bytes) {
      if (bytes < 1) {
        throw new IllegalArgumentException("a number of bytes is at least one");
      }
      return bytes;
    }
  }
}
