package io.resolute.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.resolute.testing.FrameSocket;
import io.resolute.testing.PlainSocket;
import io.resolute.testing.TestServer;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How many sockets may be in the TLS handshake, and how many in a time. */
@Timeout(60)
class HandshakesIT {
  private static final String ANN = "192.0.2.1";
  private static final String BOB = "192.0.2.2";
  private static final String PROXIED =
      "'listen':{'host':'127.0.0.1','port':0,'proxies':['127.0.0.1'],'proxyProtocol':true}";
  private static final String PATIENT = "'timeouts':{'handshake':'5m'}";
  private static final String TWO = PATIENT + ",'perAddress':{'connections':2}";
  private static final int FEWEST = 128;

  private final List<PlainSocket> sockets = new ArrayList<>();

  @AfterEach
  void close() throws IOException {
    for (PlainSocket socket : sockets) {
      socket.close();
    }
  }

  private PlainSocket kept(PlainSocket socket) {
    sockets.add(socket);
    return socket;
  }

  private PlainSocket proxied(TestServer server, String address) throws IOException {
    return kept(PlainSocket.connect(server.port())).write(preface(address));
  }

  private static String preface(String address) {
    return "PROXY TCP4 " + address + " 192.0.2.99 1234 443\r\n";
  }

  @Test
  void anAddressHasSoManyInTheTlsHandshake() throws IOException {
    try (TestServer server = TestServer.start(PROXIED + "," + TWO)) {
      PlainSocket first = proxied(server, ANN);
      assertThat(first.beginsHandshake()).isTrue();
      assertThat(proxied(server, ANN).beginsHandshake()).isTrue();
      assertThat(proxied(server, ANN).beginsHandshake()).isFalse();
      assertThat(proxied(server, BOB).beginsHandshake()).isTrue();
      first.close();
      awaitPlace(server, preface(ANN));
    }
  }

  @Test
  void anAddressBeginsSoManyHandshakesInATime() throws IOException {
    String rate = ",'perAddress':{'handshakes':{'rate':'1/h','burst':3}}";
    try (TestServer server = TestServer.start(PROXIED + rate)) {
      for (int i = 0; i < 3; i++) {
        PlainSocket socket = proxied(server, ANN);
        assertThat(socket.beginsHandshake()).isTrue();
        socket.close();
      }
      assertThat(proxied(server, ANN).readAll()).isEmpty();
      assertThat(proxied(server, BOB).beginsHandshake()).isTrue();
    }
  }

  /** The server learns in its own time that somebody has gone. */
  private static void awaitPlace(TestServer server, String preface) throws IOException {
    boolean letIn = false;
    while (!letIn) {
      assertThat(Thread.interrupted()).as("no place is given back").isFalse();
      try (PlainSocket socket = PlainSocket.connect(server.port())) {
        letIn = socket.write(preface).beginsHandshake();
      }
    }
  }

  /** A client is through the handshake a moment before the server is. */
  private void awaitHandshake(TestServer server) throws IOException {
    while (!proxied(server, ANN).beginsHandshake()) {
      assertThat(Thread.interrupted()).as("no place is given back").isFalse();
    }
  }

  /** Of whom there may be two more, before they are WebSockets. */
  @Test
  void thoseWhoAreThroughTheHandshakeAreNotCountedInIt() throws IOException {
    try (TestServer server = TestServer.start(PROXIED + "," + TWO);
        FrameSocket first = FrameSocket.tls(server.port(), preface(ANN));
        FrameSocket second = FrameSocket.tls(server.port(), preface(ANN))) {
      awaitHandshake(server);
      awaitHandshake(server);
      first.upgrade("/v1");
      second.upgrade("/v1");
    }
  }

  @Test
  void whoDoesNotGoOnBeforeTlsIsAgreedOnIsClosedAtTheDeadline() throws IOException {
    try (TestServer server = TestServer.start("'timeouts':{'handshake':'500ms'}")) {
      PlainSocket silent = kept(PlainSocket.connect(server.port()));
      PlainSocket begun = kept(PlainSocket.connect(server.port()));
      assertThat(begun.beginsHandshake()).isTrue();
      assertThat(silent.readAll()).isEmpty();
      begun.readAll();
    }
  }

  @Test
  void whoHasNoPlaceIsToldNothing() throws IOException {
    try (TestServer server = TestServer.start(PROXIED + "," + TWO)) {
      assertThat(proxied(server, ANN).beginsHandshake()).isTrue();
      assertThat(proxied(server, ANN).beginsHandshake()).isTrue();
      assertThat(proxied(server, ANN).readAll()).isEmpty();
    }
  }

  @Test
  void thoseWhoComeByThemselvesAreCountedByTheirAddress() throws IOException {
    Optional<InetAddress> own = ownAddress();
    assumeTrue(own.isPresent(), "this machine has no address but its loopback's");
    try (TestServer server = TestServer.start("'listen':{'host':'0.0.0.0','port':0}," + TWO)) {
      for (int i = 0; i < 4; i++) {
        PlainSocket socket = kept(PlainSocket.connect(own.get(), server.port()));
        assertThat(socket.beginsHandshake()).isEqualTo(i < 2);
      }
    }
  }

  private static Optional<InetAddress> ownAddress() throws SocketException {
    return NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
        .findAny();
  }

  @Test
  void allTogetherAreBoundedAlsoThoseOfThisMachineWhichAreNotCountedByAddress() throws IOException {
    try (TestServer server = TestServer.start("'limits':{'connections':1}," + TWO)) {
      for (int i = 0; i < FEWEST; i++) {
        assertThat(kept(PlainSocket.connect(server.port())).beginsHandshake()).isTrue();
      }
      assertThat(kept(PlainSocket.connect(server.port())).beginsHandshake()).isFalse();
      sockets.get(0).close();
      awaitPlace(server, "");
    }
  }

  @Test
  void thoseOfAConfiguredProxyAreNotCountedByAddress() throws IOException {
    Optional<InetAddress> own = ownAddress();
    assumeTrue(own.isPresent(), "this machine has no address but its loopback's");
    String proxies = "'proxies':['" + own.get().getHostAddress() + "']";
    try (TestServer server =
        TestServer.start("'listen':{'host':'0.0.0.0','port':0," + proxies + "}," + TWO)) {
      for (int i = 0; i < 4; i++) {
        PlainSocket socket = kept(PlainSocket.connect(own.get(), server.port()));
        assertThat(socket.beginsHandshake()).isTrue();
      }
    }
  }
}
