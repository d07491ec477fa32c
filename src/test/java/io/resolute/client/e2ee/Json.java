package io.resolute.client.e2ee;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.Objects;

/** Reads the files under {@code vectors}. */
final class Json {
  private Json() {}

  static JsonNode vectors(String name) throws IOException {
    try (InputStream file = Json.class.getResourceAsStream("/vectors/" + name)) {
      return new ObjectMapper().readTree(Objects.requireNonNull(file, name));
    }
  }

  static byte[] hex(JsonNode parent, String field) {
    return HexFormat.of().parseHex(parent.required(field).textValue());
  }
}
