package io.resolute.relay;

import static io.resolute.relay.ConversationModel.Request;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A frame that no room ever sees, and the error that answers it.
 *
 * @param text the frame
 * @param cmd of the error
 * @param id which the frame has, and the error too; null for none
 * @param onBusToo whether the bridge of the event bus lets it through
 */
record WrongFrame(
    String text, String cmd, @Nullable String id, String code, String msg, boolean onBusToo) {
  static final List<WrongFrame> ALL =
      List.of(
          notJson(""),
          notJson("["),
          notJson("[]"),
          notJson("{\"cmd\":\"hello\"} {}"),
          notJson("{\"cmd\":\"hello\",\"cmd\":\"hello\"}"),
          new WrongFrame(
              "{\"a\":".repeat(17) + "1" + "}".repeat(17),
              "error",
              null,
              "bad-packet",
              "a frame is nested 16 deep at most, with numbers of 1000 characters and names of fields"
                  + " of 50000",
              false),
          badPacket("{\"id\":\"x\"}", "cmd is missing"),
          badPacket("{\"cmd\":7,\"id\":\"x\"}", "cmd is not a string"),
          badPacket("{\"cmd\":\"leave-room\",\"id\":\"x\",\"data\":[]}", "data is not an object"),
          badPacket("{\"cmd\":\"leave-room\",\"id\":\"x\",\"data\":{}}", "room_id is missing"),
          badPacket("{\"cmd\":\"hello\",\"id\":\"x\",\"data\":{}}", "versions is missing"),
          badPacket(
              "{\"cmd\":\"create-room\",\"id\":\"x\",\"data\":{\"name\":5}}",
              "name is not a string"),
          new WrongFrame(
              "{\"cmd\":\"list-members\",\"id\":\"x\",\"data\":{\"room_id\":\"\\ud800\"}}",
              "error",
              "x",
              "bad-packet",
              "room_id holds half a surrogate pair",
              false),
          new WrongFrame(
              "{\"cmd\":\"hello\",\"id\":\"" + "x".repeat(65) + "\"}",
              "error",
              null,
              "bad-packet",
              "id is not a string of at most 64 characters",
              true),
          new WrongFrame(
              "{\"cmd\":\"dance\",\"id\":\"x\",\"data\":{}}",
              "error",
              "x",
              "unknown-command",
              "the server has no such command",
              true),
          new WrongFrame(
              "{\"cmd\":\"hello\",\"id\":\"x\",\"data\":{\"versions\":[2]}}",
              "hello-error",
              "x",
              "unsupported-version",
              "the server speaks version 1",
              true),
          new WrongFrame(
              "{\"cmd\":\"create-room\",\"data\":{\"name\":\"" + "n".repeat(1025) + "\"}}",
              "create-room-error",
              null,
              "too-large",
              "name is longer than 1024 bytes in JSON",
              true),
          new WrongFrame(
              "{\"cmd\":\"join-room-onetime\",\"id\":\"x\",\"data\":{\"room_id\":\"\","
                  + "\"one_time_key\":\"\",\"username\":\"\",\"public_key\":\"no PEM\"}}",
              "join-room-onetime-error",
              "x",
              "bad-public-key",
              "public_key is not a series of PEM blocks",
              true));

  private static WrongFrame notJson(String text) {
    String msg = "a frame is one JSON object, without repeated fields";
    return new WrongFrame(text, "error", null, "bad-packet", msg, false);
  }

  private static WrongFrame badPacket(String text, String msg) {
    return new WrongFrame(text, "error", "x", "bad-packet", msg, true);
  }

  /** Returns the request that the error answers. */
  Request request(@Nullable String replyAddress) {
    return new Request(cmd, id, replyAddress);
  }
}
