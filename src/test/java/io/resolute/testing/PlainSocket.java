package io.resolute.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

/** A TCP socket without TLS, or in the midst of its handshake. */
public final class PlainSocket implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 20_000;

  private final Socket socket;

  private PlainSocket(Socket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(PATIENCE_MILLIS);
  }

  /** Connects to the server under test at {@code port}. */
  public static PlainSocket connect(int port) throws IOException {
    return new PlainSocket(new Socket("localhost", port));
  }

  /** Connects from an address of this machine to the same one. */
  public static PlainSocket connect(InetAddress address, int port) throws IOException {
    return new PlainSocket(new Socket(address, port, address, 0));
  }

  /** Returns what a client writes first (RFC 8446 §4.1.2). */
  public static byte[] clientHello() {
    try {
      SSLEngine engine = SSLContext.getDefault().createSSLEngine();
      engine.setUseClientMode(true);
      ByteBuffer hello = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
      engine.wrap(ByteBuffer.allocate(0), hello);
      byte[] bytes = new byte[hello.position()];
      hello.flip().get(bytes);
      return bytes;
    } catch (GeneralSecurityException | IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Writes ASCII. */
  public PlainSocket write(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    return this;
  }

  /**
   * Begins the TLS handshake, and leaves it at that.
   *
   * @return whether the server goes along, and does not end the connection
   */
  public boolean beginsHandshake() throws IOException {
    try {
      socket.getOutputStream().write(clientHello());
      return socket.getInputStream().read() >= 0;
    } catch (SocketException closed) {
      return false;
    }
  }

  /** Returns all that the server writes until it ends the connection; waits for that. */
  public String readAll() throws IOException {
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
