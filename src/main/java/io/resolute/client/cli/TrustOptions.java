package io.resolute.client.cli;

import io.resolute.client.ConnectFailedException;
import io.resolute.client.ServerNotTrustedException;
import io.resolute.client.Trust;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which server certificate is trusted. */
final class TrustOptions {
  /** The environment variable that stands in for {@code --pin}. */
  static final String PIN_VARIABLE = "RESOLUTE_PIN";

  @Option(
      names = "--pin",
      paramLabel = "SHA256",
      description = {
        "Trust the one certificate with this fingerprint, which the server prints when it starts.",
        "Default: the environment variable " + PIN_VARIABLE + "."
      })
  private @Nullable String pin;

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      description = "Trust what the certificates in this PEM file vouch for, not the system's.")
  private @Nullable Path authorities;

  /**
   * Returns what is trusted.
   *
   * @throws UsageException if the fingerprint or the file is not of the right form
   */
  Trust trust(Map<String, String> environment) {
    try {
      if (authorities != null) {
        return Trust.pemFile(authorities);
      }
    } catch (IOException | IllegalArgumentException unreadable) {
      throw new UsageException("--ca: the file is not readable, or not PEM certificates");
    }
    String fingerprint = fingerprint(environment);
    try {
      return fingerprint.isEmpty() ? Trust.systemRoots() : Trust.pin(fingerprint);
    } catch (IllegalArgumentException malformed) {
      throw new UsageException("--pin or " + PIN_VARIABLE + ": " + malformed.getMessage());
    }
  }

  /** Returns the options with which another process trusts the same; empty if it needs none. */
  String asArguments(Map<String, String> environment) {
    if (authorities != null) {
      return " --ca FILE";
    }
    String fingerprint = fingerprint(environment);
    return fingerprint.isEmpty() ? "" : " --pin " + fingerprint.replace(":", "");
  }

  /** Says why a connection could not be made, and what can be done. */
  String explain(ConnectFailedException failure, URI server, Map<String, String> environment) {
    if (!(failure instanceof ServerNotTrustedException)) {
      return Explanation.of(failure, server);
    }
    if (authorities != null) {
      return "the certificate of %s is vouched for by nothing in the file of --ca, or is for another host"
          .formatted(server.getAuthority());
    }
    return fingerprint(environment).isEmpty()
        ? ("the certificate of %s is vouched for by nobody whom this machine trusts. A server that"
                + " makes its certificate itself prints its fingerprint when it starts:"
                + " get that from whoever runs it, by a way that you trust, and give --pin FINGERPRINT")
            .formatted(server.getAuthority())
        : ("the certificate of %s is another than the one that --pin or %s names. A server that"
                + " makes its certificate itself makes another at each start: ask whoever runs it"
                + " for the fingerprint of now. If it is the same, somebody is in between")
            .formatted(server.getAuthority(), PIN_VARIABLE);
  }

  private String fingerprint(Map<String, String> environment) {
    return pin == null ? environment.getOrDefault(PIN_VARIABLE, "").strip() : pin;
  }
}
