package io.resolute.bus;

import io.vertx.core.json.JsonObject;

/**
 * What a client of the event-bus bridge may do: send packets of its own connection, and hear what
 * happens to it. Whatever it says of itself is replaced by what the server knows.
 */
public final class BridgePolicy {
  // The ids that Vert.x's own clients make are as long.
  private static final int MAX_REPLY_ADDRESS = 36;

  private BridgePolicy() {}

  /**
   * Judges a frame of the type {@code send}, and turns one that is permitted into what the bridge
   * sends: without the client's headers, to the address that stands for its connection.
   *
   * @param frame changed in place
   * @return false if it goes elsewhere than to {@link Addresses#packets}, or asks for an answer at
   *     an address that no client makes up
   */
  public static boolean permitSend(JsonObject frame, ConnectionId connection) {
    Object replyAddress = frame.getValue("replyAddress");
    boolean permitted =
        Addresses.packets().equals(frame.getValue("address"))
            && (replyAddress == null || isReplyAddress(replyAddress));
    if (permitted) {
      frame.remove("headers");
      frame.put("address", Addresses.ofPackets(connection));
    }
    return permitted;
  }

  /**
   * Judges a frame of the type {@code register}.
   *
   * @param own the address of the client's own connection
   * @return false if it is for any other
   */
  public static boolean permitRegister(JsonObject frame, String own) {
    return own.equals(frame.getValue("address"));
  }

  private static boolean isReplyAddress(Object value) {
    return value instanceof String text && !text.isEmpty() && text.length() <= MAX_REPLY_ADDRESS;
  }
}
