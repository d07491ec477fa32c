package io.resolute.testing;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLSocket;

/**
 * A TLS socket on which a test writes the bytes of frames itself, right or wrong (RFC 6455 §5.2).
 */
public final class FrameSocket implements AutoCloseable {
  /** The bit that ends a message. */
  public static final int FIN = 0x80;

  /** The bits that mean nothing without an extension. */
  public static final int RESERVED = 0x70;

  public static final int CONTINUATION = 0x0;
  public static final int TEXT = 0x1;
  public static final int BINARY = 0x2;
  public static final int CLOSE = 0x8;
  public static final int PING = 0x9;
  public static final int PONG = 0xA;

  private static final int MASK = 0x80;
  private static final int PATIENCE_MILLIS = 20_000;
  private static final int SMALL_BUFFER = 4096;

  private final SSLSocket socket;
  private final DataInputStream in;
  private final OutputStream out;

  /** One frame from the server. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  public record Frame(int opcode, boolean fin, byte[] payload) {
    /** Returns the status code of a close frame. */
    public int closeCode() {
      if (opcode != CLOSE) {
        throw new AssertionError("expected a close frame but got opcode " + opcode);
      }
      return ByteBuffer.wrap(payload).getShort() & 0xFFFF;
    }

    /** Returns the payload as text. */
    public String text() {
      return new String(payload, StandardCharsets.UTF_8);
    }
  }

  private FrameSocket(int port, String preface) throws IOException {
    // A plain socket first, because the receive buffer must be small before it connects.
    Socket plain = new Socket();
    plain.setReceiveBufferSize(SMALL_BUFFER);
    plain.connect(new InetSocketAddress("localhost", port));
    plain.getOutputStream().write(preface.getBytes(StandardCharsets.US_ASCII));
    socket =
        (SSLSocket) Trust.anyone().getSocketFactory().createSocket(plain, "localhost", port, true);
    socket.setSoTimeout(PATIENCE_MILLIS);
    in = new DataInputStream(socket.getInputStream());
    out = socket.getOutputStream();
  }

  /** Connects with TLS and no more. */
  public static FrameSocket tls(int port) throws IOException {
    return tls(port, "");
  }

  /**
   * Connects with TLS and no more.
   *
   * @param preface what is written before it, as a proxy does
   */
  public static FrameSocket tls(int port, String preface) throws IOException {
    FrameSocket socket = new FrameSocket(port, preface);
    socket.socket.startHandshake();
    return socket;
  }

  /** Connects and completes the WebSocket handshake. */
  public static FrameSocket open(int port) throws IOException {
    return open(port, "/v1");
  }

  /** Connects and completes the WebSocket handshake at {@code path}. */
  public static FrameSocket open(int port, String path) throws IOException {
    return tls(port).upgrade(path);
  }

  /**
   * Completes the WebSocket handshake.
   *
   * @param headers further header lines
   */
  public FrameSocket upgrade(String path, String... headers) throws IOException {
    List<String> all = new ArrayList<>(List.of("Sec-WebSocket-Version: 13"));
    all.addAll(List.of(headers));
    List<String> answer = http("GET " + path, all.toArray(String[]::new));
    if (!answer.get(0).contains(" 101 ")) {
      throw new AssertionError("no WebSocket: " + answer.get(0));
    }
    return this;
  }

  /**
   * Sends a request to become a WebSocket and returns the lines of the answer's head.
   *
   * @param headers further header lines
   */
  public List<String> http(String methodAndPath, String... headers) throws IOException {
    String head =
        methodAndPath
            + " HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
            + String.join("\r\n", headers)
            + "\r\n\r\n";
    return headOfAnswerTo(head);
  }

  /** Sends a request of a browser, without a body, and returns the lines of the answer's head. */
  public List<String> head(String methodAndPath) throws IOException {
    return headOfAnswerTo(methodAndPath + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
  }

  /** Writes ASCII as it is, and returns the lines of the next answer's head. */
  public List<String> headOfAnswerTo(String request) throws IOException {
    write(request.getBytes(StandardCharsets.US_ASCII));
    List<String> lines = new ArrayList<>();
    for (String line = readLine(); !line.isEmpty(); line = readLine()) {
      lines.add(line);
    }
    return lines;
  }

  private String readLine() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.readUnsignedByte(); b != '\n'; b = in.readUnsignedByte()) {
      line.write(b);
    }
    return line.toString(StandardCharsets.US_ASCII).stripTrailing();
  }

  /** Writes bytes as they are. */
  public void write(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
  }

  /** Writes a masked frame; {@code first} is its first byte: FIN, reserved bits and opcode. */
  public FrameSocket frame(int first, byte[] payload) throws IOException {
    write(encode(first, payload));
    return this;
  }

  /** Returns the bytes of a masked frame. */
  public static byte[] encode(int first, byte[] payload) {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.write(first);
    writeLength(frame, payload.length, MASK);
    byte[] mask = {1, 2, 3, 4};
    frame.writeBytes(mask);
    for (int i = 0; i < payload.length; i++) {
      frame.write(payload[i] ^ mask[i % mask.length]);
    }
    return frame.toByteArray();
  }

  /** Writes a masked frame with a text as its payload. */
  public FrameSocket frame(int first, String payload) throws IOException {
    return frame(first, payload.getBytes(StandardCharsets.UTF_8));
  }

  private static void writeLength(ByteArrayOutputStream frame, int length, int maskBit) {
    if (length < 126) {
      frame.write(maskBit | length);
    } else if (length < 65_536) {
      frame.write(maskBit | 126);
      frame.writeBytes(ByteBuffer.allocate(2).putShort((short) length).array());
    } else {
      frame.write(maskBit | 127);
      frame.writeBytes(ByteBuffer.allocate(8).putLong(length).array());
    }
  }

  /** Returns the next frame; waits for it. */
  public Frame read() throws IOException {
    int first = in.readUnsignedByte();
    long length = in.readUnsignedByte();
    if ((first & RESERVED) != 0 || (length & MASK) != 0) {
      throw new AssertionError("a frame with reserved bits or a mask: " + first + ", " + length);
    }
    if (length == 126) {
      length = in.readUnsignedShort();
    } else if (length == 127) {
      length = in.readLong();
    }
    byte[] payload = new byte[Math.toIntExact(length)];
    in.readFully(payload);
    return new Frame(first & 0x0F, (first & FIN) != 0, payload);
  }

  /** Returns the next frame that is none of some kinds; waits for it. */
  public Frame readPast(Integer... opcodes) throws IOException {
    Frame frame = read();
    while (List.of(opcodes).contains(frame.opcode())) {
      frame = read();
    }
    return frame;
  }

  /** Returns all that the server writes until it ends the stream, as ASCII; waits for that. */
  public String readAll() throws IOException {
    return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
  }

  /** Returns whether the server ends the stream with nothing before; waits for it. */
  public boolean isEnded() throws IOException {
    try {
      in.readUnsignedByte();
      return false;
    } catch (EOFException end) {
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
