package io.resolute.client;

import io.resolute.client.InvalidInviteException.Problem;
import io.resolute.client.e2ee.RoomSecret;
import io.resolute.protocol.ClientPacket.KeyKind;
import io.resolute.protocol.JoinKey;
import io.resolute.protocol.RoomId;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Lets its holder into a room: the link {@code https://HOST:PORT/#ROOM_ID.KIND.JOIN_KEY.S}, where
 * KIND is {@code o} for a key that works once and {@code f} for one that works until the keys are
 * reset, and S is the room's secret. What stands behind the {@code #} is secret, and no browser
 * sends it to a server. A room of old peers has no secret, and the link ends with the key.
 *
 * @param host a name or an address, as it stands in a URI: an IPv6 address is in brackets
 * @param port 1 to 65535
 * @param secret what members are told from others by, and what the server never gets; null in a
 *     room of old peers
 */
public record Invite(
    String host, int port, RoomId room, KeyKind kind, JoinKey key, @Nullable RoomSecret secret) {
  /** The path under which every server that an invite names serves this protocol. */
  private static final String PATH = "/v1";

  private static final int HTTPS_PORT = 443;
  private static final int MAX_PORT = 65535;

  /**
   * Checks {@code host} and {@code port}.
   *
   * @throws InvalidInviteException if one of them is not what it should be
   */
  public Invite {
    if (port < 1 || port > MAX_PORT) {
      throw new InvalidInviteException(Problem.PORT);
    }
    if (!host.equals(uri("https", host, port, "/").getHost())) {
      throw new InvalidInviteException(Problem.HOST);
    }
  }

  /** Makes an invite to a room of old peers. */
  public Invite(String host, int port, RoomId room, KeyKind kind, JoinKey key) {
    this(host, port, room, kind, key, null);
  }

  /**
   * Reads a link. Nothing around it is tolerated, not even a space.
   *
   * @throws InvalidInviteException if {@code link} is not of the form that {@link #toLink} writes;
   *     the port may be missing and is 443 then, and so may the slash behind it
   */
  public static Invite parse(String link) {
    URI uri;
    try {
      uri = new URI(link);
    } catch (URISyntaxException malformed) {
      // Not kept as the cause: it quotes the link.
      throw new InvalidInviteException(Problem.NOT_A_LINK);
    }
    if (uri.getScheme() == null) {
      throw new InvalidInviteException(Problem.NOT_A_LINK);
    }
    if (!uri.getScheme().equalsIgnoreCase("https")) {
      throw new InvalidInviteException(Problem.NOT_HTTPS);
    }
    if (uri.isOpaque() || uri.getHost() == null) {
      throw new InvalidInviteException(Problem.HOST);
    }
    boolean path = !uri.getRawPath().isEmpty() && !uri.getRawPath().equals("/");
    if (path || uri.getRawUserInfo() != null || uri.getRawQuery() != null) {
      throw new InvalidInviteException(Problem.EXTRA_PARTS);
    }
    return parse(
        uri.getHost(), portOf(uri), uri.getRawFragment() == null ? "" : uri.getRawFragment());
  }

  private static Invite parse(String host, int port, String fragment) {
    String[] parts = fragment.split("\\.", -1);
    if (parts.length != 3 && parts.length != 4) {
      throw new InvalidInviteException(Problem.PARTS);
    }
    RoomId room =
        RoomId.parse(parts[0]).orElseThrow(() -> new InvalidInviteException(Problem.ROOM_ID));
    KeyKind kind =
        switch (parts[1]) {
          case "o" -> KeyKind.ONE_TIME;
          case "f" -> KeyKind.FOREVER;
          default -> throw new InvalidInviteException(Problem.KIND);
        };
    JoinKey key =
        JoinKey.parse(parts[2]).orElseThrow(() -> new InvalidInviteException(Problem.JOIN_KEY));
    return new Invite(host, port, room, kind, key, parts.length == 3 ? null : secret(parts[3]));
  }

  private static RoomSecret secret(String text) {
    return RoomSecret.parse(text)
        .orElseThrow(() -> new InvalidInviteException(Problem.ROOM_SECRET));
  }

  /**
   * Returns this invite, if it is one to a sealed room.
   *
   * @throws InvalidInviteException if it holds no secret
   */
  public Invite requireSecret() {
    if (secret == null) {
      throw new InvalidInviteException(Problem.NO_ROOM_SECRET);
    }
    return this;
  }

  /** Returns the port that {@code uri} names, or the one that its scheme stands for. */
  static int portOf(URI uri) {
    return uri.getPort() == -1 ? HTTPS_PORT : uri.getPort();
  }

  /** Returns where to connect to: {@code wss://HOST:PORT/v1}. */
  public URI server() {
    return uri("wss", host, port, PATH);
  }

  /** Returns the link, which {@link #parse} reads. It is a secret. */
  public String toLink() {
    String letter = kind == KeyKind.ONE_TIME ? "o" : "f";
    String old = room.value() + "." + letter + "." + key.value();
    String fragment = secret == null ? old : old + "." + secret.toText();
    return uri("https", host, port, "/") + "#" + fragment;
  }

  /** Hides the secret; {@link #toLink} gives it. */
  @Override
  public String toString() {
    return "Invite[REDACTED]";
  }

  private static URI uri(String scheme, String host, int port, String path) {
    try {
      return new URI(scheme + "://" + host + ":" + port + path);
    } catch (URISyntaxException malformed) {
      throw new InvalidInviteException(Problem.HOST);
    }
  }
}
