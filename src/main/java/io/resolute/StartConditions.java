package io.resolute;

import io.resolute.config.ConfigException;
import io.resolute.config.ListenConfig;
import io.resolute.config.SecretsConfig;
import io.resolute.config.ServerConfig;
import io.resolute.memory.Protection;
import io.resolute.memory.SecretMac;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.UnresolvedAddressException;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a right configuration needs of the machine, and how it is told what is missing. */
final class StartConditions {
  private StartConditions() {}

  /**
   * Returns why the server could not start, in the line with which a start fails; empty if nothing
   * is known against it. The port is not tried. Blocks while it looks up a host name.
   */
  static Optional<String> obstacle(ServerConfig config) {
    try {
      if (config.secrets().requireLocked()) {
        tryLock(config.secrets());
      }
      tryHost(config.listen().host());
      return Optional.empty();
    } catch (ConfigException | IOException | UnsupportedAddressTypeException e) {
      return Optional.of(explain(config.listen(), e));
    }
  }

  private static void tryLock(SecretsConfig secrets) throws ConfigException {
    try (SecretMac secret = SecretMac.draw()) {
      requireLock(secrets, secret.protection());
    }
  }

  /**
   * Requires that what is configured holds of the secret.
   *
   * @throws ConfigException if the secret is to be locked and is not
   */
  static void requireLock(SecretsConfig secrets, Protection secret) throws ConfigException {
    if (secrets.requireLocked() && !secret.locked()) {
      throw new ConfigException(
          "secrets.requireLocked: the secret cannot be locked; " + secret.mend());
    }
  }

  private static void tryHost(String host) throws IOException {
    InetAddress address = InetAddress.getByName(host);
    try (ServerSocketChannel channel = ServerSocketChannel.open()) {
      channel.bind(new InetSocketAddress(address, 0));
    } catch (IOException e) {
      if (isOfAnotherMachine(e)) {
        throw e;
      } // Another port than any may well be free, or permitted.
    }
  }

  /** Returns the line for the person who runs the server. */
  static String explain(ListenConfig listen, @Nullable Throwable failure) {
    if (failure instanceof UnknownHostException || failure instanceof UnresolvedAddressException) {
      return "listen.host: " + listen.host() + " is not known; name another";
    }
    if (failure instanceof ConfigException e) {
      return e.line();
    }
    if (isOfAnotherMachine(failure)) {
      return "listen.host: " + listen.host() + " is no address of this machine; name another";
    }
    return failure instanceof IOException e ? explainBind(listen, e) : "cannot start: " + failure;
  }

  private static String explainBind(ListenConfig listen, IOException failure) {
    String mend =
        String.valueOf(failure.getMessage()).contains("ermission denied")
            ? "; ports below 1024 need the right to bind them (CAP_NET_BIND_SERVICE)"
            : "; stop what listens there, or name another port";
    return "listen.port: " + listen.port() + " cannot be bound at " + listen.host() + mend;
  }

  /** The native transport tells the kinds of failure apart by their text alone. */
  private static boolean isOfAnotherMachine(@Nullable Throwable failure) {
    if (!(failure instanceof IOException)) {
      return failure instanceof UnsupportedAddressTypeException;
    }
    String text = String.valueOf(failure.getMessage());
    return text.contains("assign requested address") || text.contains("not supported by protocol");
  }
}
