package io.resolute.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.resolute.testing.ServerProcess;
import io.resolute.testing.TestServer;
import io.resolute.testing.Trust;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.util.HexFormat;
import java.util.Locale;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the server speaks below HTTP. */
class TlsIT {
  private static final int ALERT = 21;
  private static final int PROTOCOL_VERSION = 70;

  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void tls13IsSpoken() throws IOException {
    assertThat(handshake("TLSv1.3", "TLS_AES_128_GCM_SHA256").getProtocol()).isEqualTo("TLSv1.3");
  }

  @Test
  void tls12IsSpokenWithAnAeadSuite() throws IOException {
    assertThat(handshake("TLSv1.2", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256").getProtocol())
        .isEqualTo("TLSv1.2");
  }

  @Test
  void tls12IsRefusedWithASuiteThatIsNotAead() {
    assertThatThrownBy(() -> handshake("TLSv1.2", "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256"))
        .isInstanceOf(SSLException.class);
  }

  @Test
  void tls11IsRefused() throws IOException {
    // The JDK does not speak it any more, so that the hello is written by hand (RFC 4346 §7.4.1.2).
    try (Socket socket = new Socket("localhost", server.port())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(clientHello(0x0302));
      byte[] answer = socket.getInputStream().readNBytes(7);
      assertThat(answer[0]).isEqualTo((byte) ALERT);
      assertThat(answer[6]).isEqualTo((byte) PROTOCOL_VERSION);
    }
  }

  @Test
  void theCertificateOfTheDevelopmentDefaultIsP256AndItsFingerprintIsPrinted() throws Exception {
    try (ServerProcess process = ServerProcess.start("");
        SSLSocket socket = connect(process.port())) {
      X509Certificate shown = (X509Certificate) socket.getSession().getPeerCertificates()[0];
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(shown.getEncoded());
      assertThat(HexFormat.ofDelimiter(":").formatHex(digest).toUpperCase(Locale.ROOT))
          .isEqualTo(process.fingerprint());
      ECPublicKey key = (ECPublicKey) shown.getPublicKey();
      assertThat(key.getParams().getOrder().bitLength()).isEqualTo(256);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void nobodyRenegotiates(boolean jdk) throws Exception {
    try (ServerProcess process =
            ServerProcess.start("", "-Dio.netty.handler.ssl.noOpenSsl=" + jdk);
        SSLSocket socket = connect(process.port())) {
      socket.setSoTimeout(20_000);
      socket.setEnabledProtocols(new String[] {"TLSv1.2"});
      socket.startHandshake();
      socket.startHandshake(); // Which sends another hello, and does not wait for the answer.
      assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SSLException.class);
    }
  }

  private static SSLSession handshake(String protocol, String suite) throws IOException {
    try (SSLSocket socket = connect(server.port())) {
      socket.setEnabledProtocols(new String[] {protocol});
      socket.setEnabledCipherSuites(new String[] {suite});
      socket.startHandshake();
      return socket.getSession();
    }
  }

  private static SSLSocket connect(int port) throws IOException {
    return (SSLSocket) Trust.anyone().getSocketFactory().createSocket("localhost", port);
  }

  private static byte[] clientHello(int version) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(body);
    out.writeShort(version);
    out.write(new byte[32]); // random
    out.writeByte(0); // no session
    out.writeShort(4);
    out.writeShort(0xC009); // ECDHE_ECDSA_WITH_AES_128_CBC_SHA
    out.writeShort(0xC013); // ECDHE_RSA_WITH_AES_128_CBC_SHA
    out.writeByte(1);
    out.writeByte(0); // no compression
    out.writeShort(8);
    out.writeShort(10); // supported_groups
    out.writeShort(4);
    out.writeShort(2);
    out.writeShort(23); // secp256r1

    ByteArrayOutputStream record = new ByteArrayOutputStream();
    DataOutputStream header = new DataOutputStream(record);
    header.writeByte(22); // handshake
    header.writeShort(0x0301);
    header.writeShort(body.size() + 4);
    header.writeByte(1); // client_hello
    header.writeByte(0);
    header.writeShort(body.size());
    header.write(body.toByteArray());
    return record.toByteArray();
  }
}
