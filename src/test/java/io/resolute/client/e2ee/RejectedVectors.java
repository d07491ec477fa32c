package io.resolute.client.e2ee;

import static io.resolute.client.e2ee.Json.hex;
import static io.resolute.client.e2ee.Spec.ascii;
import static io.resolute.client.e2ee.Spec.concat;
import static io.resolute.client.e2ee.Spec.int4;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;

/** Makes {@code rejected.json}: contents that a client must not take, each with the reason. */
final class RejectedVectors {
  private static final byte[] ENVELOPE = {1, 2, 1};

  private final ObjectNode file = new ObjectMapper().createObjectNode();
  private final ArrayNode contents;
  private final JsonNode handout;
  private final String room;
  private final byte[] sender;
  private final byte[] senderKey;
  private final byte[] chain;
  private final byte[] messageKey;

  private RejectedVectors(JsonNode handout, JsonNode message) throws GeneralSecurityException {
    this.handout = handout;
    room = handout.required("room_id").textValue();
    sender = Spec.digest("SHA-256", hex(handout, "sender_bundle"));
    senderKey = hex(handout, "sender_sig_seed");
    chain = hex(handout, "chain_id");
    messageKey = hex(message, "message_key");
    file.put(
        "given",
        "the recipient of handout.json has taken it and nothing else; each of these comes from its"
            + " sender, as the server says");
    contents = file.putArray("contents");
    ofForm();
    ofOthers();
    ofTheSender();
  }

  static JsonNode make(JsonNode handout, JsonNode message) throws GeneralSecurityException {
    return new RejectedVectors(handout, message).file;
  }

  private void ofForm() throws GeneralSecurityException {
    String good = message(room, senderKey, chain, 0, sealed(0, Spec.pad("hello", 256)));
    byte[] bytes = Base64.getDecoder().decode(good);
    add("MALFORMED", "nothing", "");
    add("MALFORMED", "not base64", "hello!!!");
    add("MALFORMED", "base64 with a line feed", good + "\n");
    add("MALFORMED", "base64 without its padding", good.replace("=", ""));
    add("MALFORMED", "a header alone", base64(ENVELOPE));
    add("MALFORMED", "too short for a message", base64(Arrays.copyOf(bytes, 102)));
    add("MALFORMED", "longer than any message", base64(Arrays.copyOf(bytes, 32_872)));
    add("UNSUPPORTED", "another version", base64(with(bytes, 0, 2)));
    add("UNSUPPORTED", "another kind", base64(with(bytes, 1, 3)));
    add("UNSUPPORTED", "another audience", base64(with(bytes, 2, 3)));
  }

  private void ofOthers() throws GeneralSecurityException {
    byte[] ciphertext = sealed(0, Spec.pad("hello", 256));
    byte[] bytes = Base64.getDecoder().decode(message(room, senderKey, chain, 0, ciphertext));
    add("BAD_SIGNATURE", "passed off as for one member", base64(with(bytes, 2, 2)));
    add("BAD_SIGNATURE", "a bit of the chain id", base64(with(bytes, 10, bytes[10] ^ 1)));
    add("BAD_SIGNATURE", "a bit of the index", base64(with(bytes, 22, bytes[22] ^ 1)));
    add("BAD_SIGNATURE", "a bit of the ciphertext", base64(with(bytes, 40, bytes[40] ^ 1)));
    int last = bytes.length - 1;
    add("BAD_SIGNATURE", "a bit of the signature", base64(with(bytes, last, bytes[last] ^ 1)));
    add("BAD_SIGNATURE", "cut", base64(Arrays.copyOf(bytes, last)));
    String otherRoom = "Z".repeat(32);
    add("BAD_SIGNATURE", "another room", message(otherRoom, senderKey, chain, 0, ciphertext));
    byte[] other = hex(handout, "recipient_sig_seed");
    add("BAD_SIGNATURE", "another signer", message(room, other, chain, 0, ciphertext));
  }

  private void ofTheSender() throws GeneralSecurityException {
    byte[] ciphertext = sealed(0, Spec.pad("hello", 256));
    add("MALFORMED", "no index", message(room, senderKey, chain, 1024, ciphertext));
    byte[] negative = with(chain, 0, 0x80);
    add("MALFORMED", "no chain number", message(room, senderKey, negative, 0, ciphertext));
    byte[] newer = with(chain, 3, 1);
    add("UNKNOWN_KEY", "a newer chain", message(room, senderKey, newer, 0, ciphertext));
    add("GAP_TOO_LARGE", "257 are missing", message(room, senderKey, chain, 257, ciphertext));
    add("STALE_KEY", "the handout again", handout.required("content").textValue());
    add(
        "BAD_SEALING",
        "sealed for another index; it uses up the key of index 1",
        message(room, senderKey, chain, 1, ciphertext));
    byte[] unpadded = sealed(0, new byte[256]);
    add(
        "BAD_PLAINTEXT",
        "no end of the text; it uses up the key of index 0",
        message(room, senderKey, chain, 0, unpadded));
    add("REPLAYED", "index 0 again", message(room, senderKey, chain, 0, ciphertext));
  }

  private byte[] sealed(int index, byte[] padded) throws GeneralSecurityException {
    byte[] keys = Spec.hkdf(messageKey, "resolute/v1 message key", 44);
    byte[] aad = concat(ascii("resolute/v1 message"), place(room, chain, index));
    return Spec.aesGcm(Arrays.copyOf(keys, 32), Arrays.copyOfRange(keys, 32, 44), aad, padded);
  }

  private byte[] place(String where, byte[] chainId, int index) {
    return concat(ascii(where), sender, ENVELOPE, chainId, int4(index));
  }

  private String message(String where, byte[] key, byte[] chainId, int index, byte[] ciphertext)
      throws GeneralSecurityException {
    byte[] place = place(where, chainId, index);
    byte[] signed = concat(ascii("resolute/v1 message signature"), place, ciphertext);
    byte[] signature = Spec.ed25519(key, signed);
    return base64(concat(ENVELOPE, chainId, int4(index), ciphertext, signature));
  }

  private void add(String rejection, String why, String content) {
    contents.addObject().put("rejection", rejection).put("why", why).put("content", content);
  }

  private static byte[] with(byte[] bytes, int at, int value) {
    byte[] changed = bytes.clone();
    changed[at] = (byte) value;
    return changed;
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
