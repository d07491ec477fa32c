package io.resolute.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Packets as the bytes of their frames. Safe for use by several threads. */
public final class PacketJson {
  /** The version of the protocol that this code speaks. */
  public static final int VERSION = 1;

  /** The longest {@code id} of a request, in characters. */
  public static final int MAX_REQUEST_ID = 64;

  /** How deep the JSON of a frame may be. */
  public static final int MAX_NESTING = 16;

  /** How many characters a number in the JSON of a frame may have. */
  public static final int MAX_NUMBER = 1000;

  static final JsonFactory FACTORY =
      new JsonFactoryBuilder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          // Both would keep names of fields that clients made up, as long as the server runs.
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          // An emoji is 4 bytes, as it came in, and not 12: no frame grows on its way.
          .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
          .recyclerPool(new WipedBuffers())
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_NESTING)
                  .maxNumberLength(MAX_NUMBER)
                  .build())
          .build();

  /** What stands behind the content of a message. */
  private static final byte[] MESSAGE_END = "\"}}".getBytes(StandardCharsets.US_ASCII);

  private PacketJson() {}

  /**
   * Returns the frame of a reply, error or event.
   *
   * @param id the id of the request that it answers; null if it had none, and for an event
   */
  public static byte[] encode(ServerPacket packet, @Nullable String id) {
    return packet instanceof ServerPacket.Message message && id == null
        ? encode(message)
        : encode(packet.command(), id, packet::writeBody);
  }

  /** Does without a generator: of all frames, these are the ones that there are many of. */
  private static byte[] encode(ServerPacket.Message message) {
    byte[] head = message.speaker().head();
    int end = head.length + message.content().length();
    byte[] frame = Arrays.copyOf(head, end + MESSAGE_END.length);
    message.content().copyTo(frame, head.length);
    System.arraycopy(MESSAGE_END, 0, frame, end, MESSAGE_END.length);
    return frame;
  }

  static byte[] headOf(Speaker speaker) {
    ServerPacket.Message empty = new ServerPacket.Message(speaker, Content.of(""));
    byte[] frame = encode(empty.command(), null, empty::writeBody);
    return Arrays.copyOf(frame, frame.length - MESSAGE_END.length);
  }

  /**
   * Returns the frame of a request.
   *
   * @param id the request's own id, at most {@link #MAX_REQUEST_ID} characters; null for none
   */
  public static byte[] encode(ClientPacket packet, @Nullable String id) {
    return encode(
        packet.command(),
        id,
        json -> {
          json.writeObjectFieldStart("data");
          packet.writeData(json);
          json.writeEndObject();
        });
  }

  private static byte[] encode(String command, @Nullable String id, Body body) {
    Output bytes = new Output();
    try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringField("cmd", command);
      if (id != null) {
        json.writeStringField("id", id);
      }
      body.write(json);
      json.writeEndObject();
    } catch (IOException impossible) {
      throw new UncheckedIOException("an array in memory refused bytes", impossible);
    }
    return bytes.take();
  }

  /** Bytes that are wiped once they are taken: what is encoded may be a join key. */
  private static final class Output extends ByteArrayOutputStream {
    byte[] take() {
      byte[] taken = toByteArray();
      Arrays.fill(buf, (byte) 0);
      return taken;
    }
  }

  private interface Body {
    void write(JsonGenerator json) throws IOException;
  }
}
