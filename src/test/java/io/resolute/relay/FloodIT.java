package io.resolute.relay;

import static io.resolute.testing.FrameSocket.FIN;
import static io.resolute.testing.FrameSocket.TEXT;
import static org.assertj.core.api.Assertions.assertThat;

import io.resolute.testing.FrameSocket;
import io.resolute.testing.Keys;
import io.resolute.testing.RawClient;
import io.resolute.testing.Room;
import io.resolute.testing.TestServer;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Small requests with large answers, more of them than the heap could hold the answers of. */
class FloodIT {
  private static final String EVENT_BUS = "/eventbus/websocket";
  private static final int FLOODERS = 60;
  private static final int REQUESTS = 190;
  private static final int KEY_BYTES = 32_000;

  @ParameterizedTest
  @ValueSource(strings = {"/v1", EVENT_BUS})
  void listingsThatNobodyReadsHarmNobodyElse(String path) throws Exception {
    try (TestServer server = TestServer.start("'limits':{'publicKey':'32KiB','sendQueue':'8MiB'}");
        RawClient owner = server.connect();
        RawClient other = server.connect()) {
      Room room = Room.create(owner);
      Room elsewhere = Room.create(other);
      String largeKey = Keys.PEM.repeat(KEY_BYTES / Keys.PEM.length());
      String join = room.joinForever(room.foreverKey()).replace(Keys.PEM, largeKey);
      List<FrameSocket> flooders = new ArrayList<>();
      for (int i = 0; i < FLOODERS; i++) {
        FrameSocket flooder = FrameSocket.open(server.port(), path);
        if (path.equals(EVENT_BUS)) {
          register(flooder);
        }
        flooder.frame(FIN | TEXT, frame(path, "join-room-forever", join));
        assertThat(flooder.read().text()).contains("\"joined\"");
        owner.next("user-joined-forever");
        flooders.add(flooder);
      }
      byte[] flood = repeated(frame(path, "list-members", room.inRoom()));
      for (FrameSocket flooder : flooders) {
        flooder.write(flood);
      }
      for (int i = 0; i < 100; i++) {
        other.send("list-members", elsewhere.inRoom()).next("list-members");
      }
      for (FrameSocket flooder : flooders) {
        flooder.close();
      }
      for (int i = 0; i < FLOODERS; i++) {
        owner.next("user-left");
      }
    }
  }

  private static void register(FrameSocket client) throws IOException {
    client.frame(FIN | TEXT, frame(EVENT_BUS, "hello", "{'versions':[1]}"));
    JsonObject welcome = new JsonObject(client.read().text()).getJsonObject("body");
    String address = welcome.getJsonObject("data").getString("address");
    client.frame(FIN | TEXT, "{\"type\":\"register\",\"address\":\"" + address + "\"}");
  }

  private static String frame(String path, String cmd, String data) {
    String packet = "{'cmd':'" + cmd + "','data':" + data + "}";
    String frame =
        path.equals(EVENT_BUS)
            ? "{'type':'send','address':'resolute.packets','replyAddress':'r','body':"
                + packet
                + "}"
            : packet;
    return frame.replace('\'', '"');
  }

  /** Returns many frames in one piece, so that the server reads them at once. */
  private static byte[] repeated(String text) {
    byte[] payload = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream frames = new ByteArrayOutputStream();
    for (int i = 0; i < REQUESTS; i++) {
      frames.write(FIN | TEXT);
      if (payload.length < 126) {
        frames.write(0x80 | payload.length);
      } else {
        frames.write(0x80 | 126);
        frames.write(payload.length >> Byte.SIZE);
        frames.write(payload.length);
      }
      frames.writeBytes(new byte[4]); // A mask that changes nothing.
      frames.writeBytes(payload);
    }
    return frames.toByteArray();
  }
}
