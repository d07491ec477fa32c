package io.resolute.client.cli;

import io.resolute.client.Trust;
import java.io.IOException;
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

  private String fingerprint(Map<String, String> environment) {
    return pin == null ? environment.getOrDefault(PIN_VARIABLE, "").strip() : pin;
  }
}
