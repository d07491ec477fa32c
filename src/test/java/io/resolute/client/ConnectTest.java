package io.resolute.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.resolute.protocol.ErrorCode;
import io.resolute.protocol.ServerPacket;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ConnectTest {
  @Test
  void theUserIdAndTheLimitsAreKept() throws Exception {
    try (FakeServer server = FakeServer.start();
        ResoluteClient client = welcomed(server, server.options())) {
      assertThat(client.userId()).isEqualTo(FakeServer.SELF);
      assertThat(client.limits()).containsEntry("message_bytes", 65_536L);
    }
  }

  @Test
  void aPinIsHexadecimalInEitherCaseWithOrWithoutColons() throws Exception {
    try (FakeServer server = FakeServer.start()) {
      String plain = server.fingerprint().replace(":", "");
      List<String> spellings = List.of(server.fingerprint(), plain, plain.toLowerCase(Locale.ROOT));
      for (String spelling : spellings) {
        welcomed(server, ConnectOptions.builder().trust(Trust.pin(spelling))).close();
      }
    }
  }

  @Test
  void aPinReplacesTheHostName() throws Exception {
    try (FakeServer server = FakeServer.start("other.example");
        ResoluteClient client = welcomed(server, server.options())) {
      assertThat(client.userId()).isEqualTo(FakeServer.SELF);
    }
  }

  @Test
  void anotherCertificateThanThePinnedOneIsNotTrusted() throws Exception {
    try (FakeServer server = FakeServer.start();
        FakeServer other = FakeServer.start()) {
      assertThat(failure(server.uri(), other.options()))
          .isInstanceOf(ServerNotTrustedException.class);
    }
  }

  @Test
  void theSystemsRootsDoNotVouchForASelfSignedCertificate() throws Exception {
    try (FakeServer server = FakeServer.start()) {
      assertThat(failure(server.uri(), ConnectOptions.builder()))
          .isInstanceOf(ServerNotTrustedException.class);
    }
  }

  @Test
  void aPemFileOfTheCertificateIsEnough(@TempDir Path directory) throws Exception {
    try (FakeServer server = FakeServer.start()) {
      Path file = Files.writeString(directory.resolve("ca.pem"), server.certificate());
      welcomed(server, ConnectOptions.builder().trust(Trust.pemFile(file))).close();
    }
  }

  @Test
  void aPemDoesNotReplaceTheHostName() throws Exception {
    try (FakeServer server = FakeServer.start("other.example")) {
      Trust trust = Trust.pem(server.certificate());
      assertThat(failure(server.uri(), ConnectOptions.builder().trust(trust)))
          .isInstanceOf(ServerNotTrustedException.class);
    }
  }

  @Test
  void aPemThatHoldsNoCertificateIsRefused() {
    for (String pem : List.of("", "rubbish", "-----BEGIN CERTIFICATE-----\nAAAA\n")) {
      assertThatThrownBy(() -> Trust.pem(pem)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void aPinThatIsNoFingerprintIsRefused() {
    for (String pin : List.of("", "00", "00:11", "x".repeat(64), "0".repeat(63), "0".repeat(66))) {
      assertThatThrownBy(() -> Trust.pin(pin)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void onlyWssIsSpoken() {
    for (String uri : List.of("ws://localhost/v1", "https://localhost/v1", "/v1", "wss:///v1")) {
      assertThatThrownBy(() -> ResoluteClient.connect(URI.create(uri)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void whereNobodyListensThereIsNoConnection() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    assertThat(failure(URI.create("wss://localhost:" + port + "/v1"), ConnectOptions.builder()))
        .isExactlyInstanceOf(ConnectFailedException.class);
  }

  @Test
  void whoSaysNothingIsNotWaitedForLonger() throws Exception {
    try (ServerSocket mute = new ServerSocket(0)) {
      URI uri = URI.create("wss://localhost:" + mute.getLocalPort() + "/v1");
      assertThat(failure(uri, ConnectOptions.builder().connectTimeout(Duration.ofMillis(200))))
          .isExactlyInstanceOf(ConnectFailedException.class);
    }
  }

  @Test
  void aWebServerWithoutWebSocketsIsNotOneOfThisProtocol() throws Exception {
    try (FakeServer server = FakeServer.start()) {
      URI elsewhere = server.uri().resolve("/elsewhere");
      assertThat(failure(elsewhere, server.options()))
          .isInstanceOf(UnsupportedServerException.class);
    }
  }

  @Test
  void aServerThatSendsSomethingElseIsNotOneOfThisProtocol() throws Exception {
    try (FakeServer server = FakeServer.start()) {
      CompletableFuture<ResoluteClient> client =
          ResoluteClient.connect(server.uri(), server.options().build());
      server.pushText("<html>");
      assertThat(failure(client)).isInstanceOf(UnsupportedServerException.class);
    }
  }

  @Test
  void aServerThatDoesNotKnowHelloIsNotOneOfThisProtocol() throws Exception {
    try (FakeServer server = FakeServer.start()) {
      CompletableFuture<ResoluteClient> client =
          ResoluteClient.connect(server.uri(), server.options().build());
      server.refuse(server.take("hello"), ErrorCode.UNKNOWN_COMMAND);
      assertThat(failure(client)).isInstanceOf(UnsupportedServerException.class);
    }
  }

  @Test
  void aServerThatDoesNotAnswerHelloIsNotOneOfThisProtocol() throws Exception {
    try (FakeServer server = FakeServer.start()) {
      var options = server.options().requestTimeout(Duration.ofMillis(200));
      assertThat(failure(server.uri(), options)).isInstanceOf(UnsupportedServerException.class);
    }
  }

  @Test
  void aServerOfAnotherVersionIsNotOneOfThisProtocol() throws Exception {
    try (FakeServer server = FakeServer.start()) {
      CompletableFuture<ResoluteClient> client =
          ResoluteClient.connect(server.uri(), server.options().build());
      server.answer(
          server.take("hello"),
          new ServerPacket.Welcome(2, FakeServer.SELF, new TreeMap<>(), List.of()));
      assertThat(failure(client)).isInstanceOf(UnsupportedServerException.class);
    }
  }

  @Test
  void aServerThatClosesAtOnceSaysWhy() throws Exception {
    try (FakeServer server = FakeServer.start()) {
      Recorder recorder = new Recorder();
      CompletableFuture<ResoluteClient> client =
          ResoluteClient.connect(server.uri(), server.options().listener(recorder).build());
      server.take("hello");
      server.close(4001);
      assertThat(failure(client))
          .isInstanceOfSatisfying(
              ConnectionLostException.class, lost -> assertThat(lost.code()).isEqualTo(4001));
      assertThat(recorder.hasMore()).isFalse();
    }
  }

  @Test
  void whoGivesUpWaitingLeavesNoConnectionBehind() throws Exception {
    try (FakeServer server = FakeServer.start()) {
      CompletableFuture<ResoluteClient> client =
          ResoluteClient.connect(server.uri(), server.options().build());
      client.cancel(false);
      server.welcome();
      assertThat(server.closedByClient()).isEqualTo(1000);
    }
  }

  static ResoluteClient welcomed(FakeServer server, ConnectOptions.Builder options)
      throws InterruptedException {
    CompletableFuture<ResoluteClient> client =
        ResoluteClient.connect(server.uri(), options.build());
    server.welcome();
    return client.join();
  }

  private static Throwable failure(URI server, ConnectOptions.Builder options) {
    return failure(ResoluteClient.connect(server, options.build()));
  }

  static Throwable failure(CompletableFuture<?> future) {
    try {
      future.join();
    } catch (CompletionException failure) {
      return Futures.unwrap(failure);
    }
    throw new AssertionError("it should have failed");
  }
}
