package io.resolute.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.resolute.testing.Material;
import io.resolute.testing.PlainSocket;
import io.resolute.testing.RawClient;
import io.resolute.testing.TestServer;
import io.resolute.testing.Trust;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Certificate files that are replaced while the server runs. */
class CertificateIT {
  private final Instant inAMonth = Instant.now().plus(Duration.ofDays(30));

  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final Logger logger =
      (Logger) LoggerFactory.getLogger(CertificateVerticle.class.getName());

  private Path folder;

  @BeforeEach
  void listen(@TempDir Path temporary) {
    folder = temporary;
    log.start();
    logger.addAppender(log);
  }

  @AfterEach
  void stopListening() {
    logger.detachAppender(log);
  }

  private Path certificate() {
    return folder.resolve("fullchain.pem");
  }

  private Path key() {
    return folder.resolve("privkey.pem");
  }

  /** Puts files in place as ACME clients do: written beside it, then renamed. */
  private static void place(Path file, String text) throws IOException {
    Path written = file.resolveSibling("new");
    Files.writeString(written, text);
    Files.move(written, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  private void placePair(String name, Instant until) throws Exception {
    KeyPair keys = Material.keys("EC", 256);
    place(certificate(), Material.certificate(name, keys, until));
    place(key(), Material.pem(keys.getPrivate()));
  }

  private TestServer start() {
    return TestServer.start(
        "'tls':{'certificate':'%s','key':'%s','reload':'100ms'}".formatted(certificate(), key()));
  }

  private static String shownBy(TestServer server) throws IOException {
    try (SSLSocket socket =
        (SSLSocket) Trust.anyone().getSocketFactory().createSocket("localhost", server.port())) {
      socket.startHandshake();
      X509Certificate shown = (X509Certificate) socket.getSession().getPeerCertificates()[0];
      return shown.getSubjectX500Principal().getName();
    }
  }

  private boolean hasLogged(String text) {
    return log.list.stream().anyMatch(event -> event.getFormattedMessage().contains(text));
  }

  @Test
  void aNewPairIsTakenUpAndNobodyLosesTheConnection() throws Exception {
    placePair("first", inAMonth);
    try (TestServer server = start();
        RawClient before = server.connect()) {
      assertThat(shownBy(server)).isEqualTo("CN=first");
      placePair("second", inAMonth);
      await().until(() -> shownBy(server), "CN=second"::equals);
      before.send("hello", "{'versions':[1]}").next("hello");
      server.connect().send("hello", "{'versions':[1]}").next("hello");
      await().until(() -> hasLogged("The certificate was replaced; the new one expires"));
    }
  }

  /** All of it hangs on what was given to Vert.x with the first pair. */
  @Test
  void whatIsInFrontOfTlsStaysThereWithANewPair() throws Exception {
    placePair("first", inAMonth);
    try (TestServer server = start()) {
      placePair("second", inAMonth);
      await().until(() -> shownBy(server), "CN=second"::equals);
      try (PlainSocket socket = PlainSocket.connect(server.port())) {
        socket.write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
        assertThat(socket.readAll()).startsWith("HTTP/1.1 400 ");
      }
    }
  }

  @Test
  void aBrokenPairIsNamedOnceAndTheOldOneStays() throws Exception {
    placePair("first", inAMonth);
    try (TestServer server = start();
        RawClient before = server.connect()) {
      String rightKey = Files.readString(key());
      place(key(), Material.pem(Material.keys("EC", 256).getPrivate()));
      await().until(() -> hasLogged("tls.key: is not the key of the first certificate"));
      assertThat(shownBy(server)).isEqualTo("CN=first");
      place(certificate(), "rubbish");
      await().until(() -> hasLogged("holds no certificate in PEM"));
      assertThat(shownBy(server)).isEqualTo("CN=first");
      Files.delete(certificate());
      await().until(() -> hasLogged("cannot be read"));
      assertThat(shownBy(server)).isEqualTo("CN=first");
      assertThat(log.list).hasSize(3).noneMatch(e -> e.getFormattedMessage().contains(rightKey));
      before.send("hello", "{'versions':[1]}").next("hello");
      placePair("second", inAMonth);
      await().until(() -> shownBy(server), "CN=second"::equals);
    }
  }

  @Test
  void anExpiredPairIsNotTakenUp() throws Exception {
    placePair("first", inAMonth);
    try (TestServer server = start()) {
      placePair("second", Instant.now().minusSeconds(60));
      await().until(() -> hasLogged("tls.certificate: expired on"));
      assertThat(shownBy(server)).isEqualTo("CN=first");
    }
  }

  @Test
  void aCertificateThatExpiresSoonIsWarnedOfOnceADay() throws Exception {
    placePair("first", Instant.now().plus(Duration.ofDays(6)));
    try (TestServer server = start()) {
      await().until(() -> hasLogged("The certificate expires"));
      placePair("second", inAMonth);
      await().until(() -> shownBy(server), "CN=second"::equals);
      assertThat(log.list)
          .filteredOn(event -> event.getFormattedMessage().contains("The certificate expires"))
          .hasSize(1);
    }
  }
}
