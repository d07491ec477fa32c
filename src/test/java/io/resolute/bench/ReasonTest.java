package io.resolute.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertificateException;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

class ReasonTest {
  private static final URI SERVER = URI.create("wss://host:1/v1");

  @Test
  void whatLiesAtTheBottomIsSaid() {
    assertThat(Reason.of(new CompletionException(new ConnectException("Connection refused"))))
        .isEqualTo("Connection refused");
  }

  @Test
  void severalLinesBecomeOne() {
    assertThat(Reason.of(new IOException("not\n  so"))).isEqualTo("not so");
  }

  @Test
  void aFailureWithoutAMessageIsNamed() {
    assertThat(Reason.of(new ConnectException())).isEqualTo("ConnectException");
  }

  @Test
  void aConnectionThatIsGoneIsCalledClosed() {
    assertThat(Reason.of(new CompletionException(new ClosedChannelException())))
        .isEqualTo("the connection is closed");
  }

  @Test
  void descriptorsThatHaveRunOutAreCalledSo() {
    Exception failure =
        new IllegalStateException("no channel", new IOException("socket: Too many open files"));
    assertThat(Reason.of(failure)).contains("file descriptors", "ulimit -n");
  }

  @Test
  void aCertificateThatIsNotTrustedComesWithTheOptionThatTakesIt() {
    Exception failure = new SSLHandshakeException("no handshake");
    failure.initCause(new CertificateException("unable to find a path"));
    assertThat(Reason.ofNone(SERVER, failure))
        .isEqualTo(
            "no room could be opened at wss://host:1/v1: unable to find a path"
                + " (--insecure takes any certificate)");
    assertThat(Reason.ofNone(SERVER, new IOException("cut"))).doesNotContain("insecure");
    assertThat(Reason.ofNone(SERVER, new SSLHandshakeException("not TLS")))
        .doesNotContain("insecure");
  }
}
