package io.resolute.testing;

import com.fasterxml.jackson.databind.JsonNode;

/** A client of the event-bus bridge that sends and takes its frames as they are, for tests. */
public final class BusSocket implements AutoCloseable {
  private static final String PACKETS = "resolute.packets";

  private final RawClient socket;
  private int asked;

  private BusSocket(RawClient socket) {
    this.socket = socket;
  }

  /** Connects to the bridge without SockJS. */
  public static BusSocket connect(int port) {
    return new BusSocket(RawClient.connect(port, "/eventbus/websocket"));
  }

  /** Returns the socket itself. */
  public RawClient socket() {
    return socket;
  }

  /** Says hello, listens at the address in the answer, and returns it. */
  public String register() {
    String address = ask("hello", "{'versions':[1]}").at("/data/address").asText();
    frame("register", address, "");
    return address;
  }

  /** Sends a frame, written with single quotes for double ones. */
  public BusSocket frame(String json) {
    socket.send(json.replace('\'', '"'));
    return this;
  }

  /**
   * Sends a frame.
   *
   * @param rest further members, with a comma before each
   */
  public BusSocket frame(String type, String address, String rest) {
    return frame("{'type':'" + type + "','address':'" + address + "'" + rest + "}");
  }

  /** Sends a packet without asking for the answer. */
  public BusSocket send(String cmd, String data) {
    return frame("send", PACKETS, ",'body':" + packet(cmd, data));
  }

  /** Sends a packet and asks for the answer at a new address, which it returns. */
  public String askAt(String cmd, String data) {
    String replyAddress = "r" + ++asked;
    frame("send", PACKETS, ",'replyAddress':'" + replyAddress + "','body':" + packet(cmd, data));
    return replyAddress;
  }

  /** Asks for something and returns the packet that answers; nothing else may come before. */
  public JsonNode ask(String cmd, String data) {
    String replyAddress = askAt(cmd, data);
    return next(replyAddress);
  }

  /** Returns the packet in the next frame, which must be for {@code address}. */
  public JsonNode next(String address) {
    JsonNode frame = socket.next();
    if (!frame.path("type").asText().equals("rec")
        || !frame.path("address").asText().equals(address)) {
      throw new AssertionError("expected a packet for " + address + " but got " + frame);
    }
    return frame.get("body");
  }

  /** Returns the error that the next frame must be. */
  public String nextError() {
    JsonNode frame = socket.next();
    if (!frame.path("type").asText().equals("err")) {
      throw new AssertionError("expected an error but got " + frame);
    }
    return frame.path("body").asText();
  }

  private static String packet(String cmd, String data) {
    return "{'cmd':'" + cmd + "','data':" + data + "}";
  }

  @Override
  public void close() {
    socket.close();
  }
}
