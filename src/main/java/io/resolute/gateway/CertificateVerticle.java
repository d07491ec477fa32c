package io.resolute.gateway;

import io.resolute.bus.Failures;
import io.resolute.config.ConfigException;
import io.resolute.config.TlsConfig;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes up the certificate when its files are replaced, so that a renewal costs nobody a
 * connection. Files that do not make a certificate and its key are left alone, and the old pair
 * stays in use.
 */
public final class CertificateVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(CertificateVerticle.class);
  private static final Duration SOON = Duration.ofDays(7);
  private static final Duration BETWEEN_WARNINGS = Duration.ofDays(1);

  private final TlsConfig.Files files;
  private final Function<ServerIdentity, Future<?>> use;
  private ServerIdentity current;
  private @Nullable Stamps seen;
  private @Nullable Stamps settled;
  private Instant lastWarning = Instant.MIN;
  private boolean looking;

  /**
   * Makes the verticle.
   *
   * @param current what is in use
   * @param use takes another one into use for the connections to come
   */
  public CertificateVerticle(
      TlsConfig.Files files, ServerIdentity current, Function<ServerIdentity, Future<?>> use) {
    this.files = files;
    this.current = current;
    this.use = use;
  }

  /** What both files looked like at one time. */
  private record Stamps(Stamp certificate, Stamp key) {}

  /**
   * What tells a file from the one that was there before.
   *
   * @param file which one it is, where the file system says; null if there is none
   */
  private record Stamp(@Nullable Object file, @Nullable Instant modified, long size) {
    static Stamp of(Path path) {
      try {
        BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
        return new Stamp(
            attributes.fileKey(), attributes.lastModifiedTime().toInstant(), attributes.size());
      } catch (IOException missing) {
        return new Stamp(null, null, 0);
      }
    }
  }

  @Override
  public Future<?> start() {
    vertx.setPeriodic(files.reload().toMillis(), timer -> check());
    return vertx.executeBlocking(this::stamps).onSuccess(found -> settled = found);
  }

  private void check() {
    warnIfItEndsSoon();
    if (looking) {
      return; // A slow disk.
    }
    looking = true;
    vertx
        .executeBlocking(this::stamps)
        .compose(this::judge)
        .onFailure(e -> LOG.error("The certificate was not replaced: {}", Failures.describe(e)))
        .onComplete(done -> looking = false);
  }

  private Stamps stamps() {
    return new Stamps(Stamp.of(files.certificate()), Stamp.of(files.key()));
  }

  private Future<?> judge(Stamps found) {
    if (found.equals(settled)) {
      return Future.succeededFuture();
    }
    if (!found.equals(seen)) {
      seen = found; // Perhaps in the middle of being written: once more before it is looked at.
      return Future.succeededFuture();
    }
    settled = found;
    return vertx.executeBlocking(this::load).compose(this::replace);
  }

  private Optional<ServerIdentity> load() {
    try {
      return Optional.of(ServerIdentity.load(files));
    } catch (ConfigException unusable) {
      LOG.warn(
          "The certificate or its key was replaced, and the old ones stay in use: {}",
          unusable.line());
      return Optional.empty();
    }
  }

  private Future<?> replace(Optional<ServerIdentity> loaded) {
    if (loaded.isEmpty() || loaded.get().equals(current)) {
      return Future.succeededFuture();
    }
    ServerIdentity next = loaded.get();
    return use.apply(next)
        .onSuccess(
            done -> {
              current = next;
              LOG.info(
                  "The certificate was replaced; the new one expires {}, SHA-256 fingerprint {}",
                  next.expires(),
                  next.fingerprint());
            });
  }

  private void warnIfItEndsSoon() {
    Instant now = Instant.now();
    if (lastWarning.isBefore(now.minus(BETWEEN_WARNINGS)) && warnIfItEndsSoon(current)) {
      lastWarning = now;
    }
  }

  /**
   * Warns in the log of a certificate that expires within seven days.
   *
   * @return whether it does
   */
  public static boolean warnIfItEndsSoon(ServerIdentity identity) {
    boolean soon = identity.expires().isBefore(Instant.now().plus(SOON));
    if (soon) {
      LOG.warn("The certificate expires {}: replace its files", identity.expires());
    }
    return soon;
  }
}
