package io.resolute.client.e2ee;

import static io.resolute.client.e2ee.Spec.ascii;
import static io.resolute.client.e2ee.Spec.concat;
import static io.resolute.client.e2ee.Spec.int4;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes the files under {@code vectors}, with {@link Spec} alone. */
final class Vectors {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String ROOM = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";
  private static final byte[] ROOM_SECRET = seed("room secret");
  private static final String TEXT = "Grüße, 世界 👋";

  private static final String[] SIGNS =
      ("🐶 🐱 🦁 🐴 🦄 🐷 🐘 🐰 🐼 🐓 🐧 🐢 🐟 🐙 🦋 🌷 🌳 🌵 🍄 🌍 🌙 ⚡ 🔥 🍌 🍎 🍓 🌽 🍕 🎂 ☕ 🤖 🎅"
              + " 👓 🔧 🎩 ⌛ ⏰ 🎁 💡 📕 📎 🔑 🔨 📞 🚂 🚗 🚲 🚀 🏆 ⚽ 🎸 🎺 🔔 ⚓ 🎧 📌 🏠 🌈 💎 🦀 🐝"
              + " 🍇 🎈 🎲")
          .split(" ");

  private Vectors() {}

  static byte[] carol() throws GeneralSecurityException {
    return member("carol").bundle;
  }

  /** The keys of one member, and what they make. */
  private static final class Member {
    private final byte[] kemSeed;
    private final byte[] kemKey;
    private final byte[] sigSeed;
    private final byte[] bundle;

    Member(byte[] kemSeed, byte[] kemKey, byte[] sigSeed, byte[] bundle) {
      this.kemSeed = kemSeed;
      this.kemKey = kemKey;
      this.sigSeed = sigSeed;
      this.bundle = bundle;
    }

    byte[] hash() throws GeneralSecurityException {
      return Spec.digest("SHA-256", bundle);
    }
  }

  /** Returns every file by its name. */
  static Map<String, JsonNode> all() throws GeneralSecurityException {
    Map<String, JsonNode> files = new LinkedHashMap<>();
    files.put("identity.json", identity());
    files.put("admission.json", admission());
    files.put("padding.json", padding());
    files.put("names.json", names());
    files.put("chain.json", chain());
    files.put("handout.json", handout());
    files.put("message.json", message());
    files.put("safety-number.json", safetyNumber());
    files.put("rejected.json", RejectedVectors.make(handout(), message()));
    return files;
  }

  static void write(Path folder) throws GeneralSecurityException, IOException {
    DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
    printer.indentArraysWith(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE);
    for (Map.Entry<String, JsonNode> file : all().entrySet()) {
      String text = MAPPER.writer(printer).writeValueAsString(file.getValue());
      Files.writeString(folder.resolve(file.getKey()), text + "\n");
    }
  }

  private static ObjectNode identity() throws GeneralSecurityException {
    Member alice = member("alice");
    byte[] sigKey = signingKey(alice);
    ObjectNode node = MAPPER.createObjectNode();
    put(node, "kem_seed", alice.kemSeed);
    put(node, "kem_public", alice.kemKey);
    put(node, "sig_seed", alice.sigSeed);
    put(node, "sig_public", sigKey);
    put(node, "signed", concat(ascii("resolute/v1 bundle"), alice.kemKey, sigKey));
    put(node, "sig", Arrays.copyOfRange(alice.bundle, 1249, 1313));
    put(node, "bundle", alice.bundle);
    put(node, "bundle_hash", alice.hash());
    return node;
  }

  private static ObjectNode admission() throws GeneralSecurityException {
    byte[] bundle = member("alice").bundle;
    byte[] tag = Spec.hmac(admissionKey(), bundle);
    ObjectNode node = MAPPER.createObjectNode();
    put(node, "room_secret", ROOM_SECRET);
    node.put(
        "room_secret_text", Base64.getUrlEncoder().withoutPadding().encodeToString(ROOM_SECRET));
    put(node, "k_admit", admissionKey());
    put(node, "k_meta", metadataKey());
    put(node, "bundle", bundle);
    put(node, "tag", tag);
    node.put("public_key", pem("RESOLUTE PUBLIC KEY", bundle) + pem("RESOLUTE ADMISSION", tag));
    return node;
  }

  private static ObjectNode padding() {
    ObjectNode node = MAPPER.createObjectNode();
    ArrayNode sizes = node.putArray("message_sizes");
    for (int length : new int[] {0, 1, 254, 255, 256, 511, 512, 1000, 16383, 16384, 32767}) {
      int padded = Spec.pad("x".repeat(length), 256).length;
      sizes.addObject().put("text_bytes", length).put("padded_bytes", padded);
    }
    ArrayNode names = node.putArray("name_sizes");
    for (int length : new int[] {0, 5, 63, 64, 127, 128, 511}) {
      int padded = Spec.pad("x".repeat(length), 64).length;
      names.addObject().put("text_bytes", length).put("padded_bytes", padded);
    }
    ArrayNode texts = node.putArray("names");
    for (String text : List.of("", "alice", "Grüße", "👋")) {
      put(texts.addObject().put("text", text), "padded", Spec.pad(text, 64));
    }
    ArrayNode bad = node.putArray("not_padded_names");
    byte[] good = Spec.pad("alice", 64);
    refuse(bad, "empty", new byte[0]);
    refuse(bad, "no end", new byte[64]);
    refuse(bad, "another end", with(good, 5, 0x81));
    refuse(bad, "not a size", Arrays.copyOf(good, 65));
    refuse(bad, "below the smallest size", Arrays.copyOf(good, 32));
    refuse(bad, "larger than needed", Arrays.copyOf(good, 128));
    refuse(bad, "larger than the largest size", Spec.pad("x".repeat(512), 64));
    refuse(bad, "not UTF-8", with(good, 0, 0xFF));
    return node;
  }

  private static ObjectNode names() throws GeneralSecurityException {
    Member alice = member("alice");
    ObjectNode node = MAPPER.createObjectNode();
    put(node, "k_meta", metadataKey());
    byte[] aad = concat(ascii("resolute/v1 username"), alice.hash());
    name(put(node.putObject("username"), "bundle_hash", alice.hash()), "alice", aad);
    name(node.putObject("room_name"), "Küchentisch", ascii("resolute/v1 room name"));
    return node;
  }

  private static void name(ObjectNode node, String name, byte[] aad)
      throws GeneralSecurityException {
    byte[] nonce = Arrays.copyOf(seed("nonce of " + name), 12);
    byte[] padded = Spec.pad(name, 64);
    byte[] ciphertext = Spec.aesGcm(metadataKey(), nonce, aad, padded);
    node.put("name", name);
    put(node, "padded", padded);
    put(node, "nonce", nonce);
    put(node, "aad", aad);
    put(node, "ciphertext", ciphertext);
    node.put("sealed", base64(concat(new byte[] {1}, nonce, ciphertext)));
  }

  private static ObjectNode chain() throws GeneralSecurityException {
    ObjectNode node = MAPPER.createObjectNode();
    put(node, "chain_id", chainId());
    byte[] chainKey = seed("chain key");
    ArrayNode steps = node.putArray("steps");
    for (int i = 0; i < 5; i++) {
      ObjectNode step = put(steps.addObject().put("index", i), "chain_key", chainKey);
      put(step, "message_key", Spec.hmac(chainKey, new byte[] {1}));
      chainKey = Spec.hmac(chainKey, new byte[] {2});
    }
    return node;
  }

  private static ObjectNode handout() throws GeneralSecurityException {
    Member alice = member("alice");
    Member bob = member("bob");
    byte[] chainKey = seed("chain key");
    byte[] plain = concat(chainId(), int4(0), chainKey);
    byte[] header = {1, 1, 1};
    byte[] aad = concat(ascii(ROOM), alice.hash(), bob.hash(), header);
    byte[] eseed = concat(seed("encapsulation 1"), seed("encapsulation 2"));
    Map<String, byte[]> hpke = Spec.hpke(bob.kemKey, eseed, "resolute/v1 handout", aad, plain);
    byte[] sealed = concat(Spec.value(hpke, "enc"), Spec.value(hpke, "ciphertext"));
    byte[] signed = concat(ascii("resolute/v1 handout signature"), aad, sealed);
    byte[] signature = Spec.ed25519(alice.sigSeed, signed);
    ObjectNode node = conversation(alice);
    put(node, "recipient_kem_seed", bob.kemSeed);
    put(node, "recipient_sig_seed", bob.sigSeed);
    put(node, "recipient_bundle", bob.bundle);
    put(node, "chain_id", chainId()).put("index", 0);
    put(node, "chain_key", chainKey);
    put(node, "plaintext", plain);
    put(node, "header", header);
    put(node, "info", ascii("resolute/v1 handout"));
    put(node, "aad", aad);
    put(node, "encapsulation_seed", eseed);
    hpke.forEach((name, value) -> put(node, name, value));
    put(node, "signed", signed);
    put(node, "sig", signature);
    node.put("content", base64(concat(header, sealed, signature)));
    return node;
  }

  private static ObjectNode message() throws GeneralSecurityException {
    Member alice = member("alice");
    byte[] chainKey = seed("chain key");
    byte[] messageKey = Spec.hmac(chainKey, new byte[] {1});
    byte[] keys = Spec.hkdf(messageKey, "resolute/v1 message key", 44);
    byte[] key = Arrays.copyOf(keys, 32);
    byte[] nonce = Arrays.copyOfRange(keys, 32, 44);
    byte[] envelope = {1, 2, 1};
    byte[] header = concat(chainId(), int4(0));
    byte[] bound = concat(ascii(ROOM), alice.hash(), envelope, header);
    byte[] aad = concat(ascii("resolute/v1 message"), bound);
    byte[] padded = Spec.pad(TEXT, 256);
    byte[] ciphertext = Spec.aesGcm(key, nonce, aad, padded);
    byte[] signed = concat(ascii("resolute/v1 message signature"), bound, ciphertext);
    byte[] signature = Spec.ed25519(alice.sigSeed, signed);
    ObjectNode node = conversation(alice);
    put(node, "chain_id", chainId()).put("index", 0);
    put(node, "chain_key", chainKey);
    put(node, "message_key", messageKey);
    put(node, "key", key);
    put(node, "nonce", nonce);
    put(node.put("text", TEXT), "padded", padded);
    put(node, "header", envelope);
    put(node, "aad", aad);
    put(node, "ciphertext", ciphertext);
    put(node, "signed", signed);
    put(node, "sig", signature);
    node.put("content", base64(concat(envelope, header, ciphertext, signature)));
    return node;
  }

  private static ObjectNode safetyNumber() throws GeneralSecurityException {
    List<byte[]> hashes =
        List.of(member("alice").hash(), member("bob").hash(), member("carol").hash());
    byte[] sorted = concat(hashes.stream().sorted(Arrays::compareUnsigned).toArray(byte[][]::new));
    byte[] input = concat(ascii("resolute/v1 safety number"), ascii(ROOM), sorted);
    byte[] digest = Spec.digest("SHA-512", input);
    StringBuilder digits = new StringBuilder();
    for (int i = 0; i < 60; i += 5) {
      BigInteger group = new BigInteger(1, Arrays.copyOfRange(digest, i, i + 5));
      digits.append("%05d".formatted(group.mod(BigInteger.valueOf(100_000))));
    }
    ObjectNode node = MAPPER.createObjectNode().put("room_id", ROOM);
    ArrayNode given = node.putArray("bundle_hashes");
    hashes.forEach(hash -> given.add(hex(hash)));
    put(node, "hashed", input);
    put(node, "digest", digest).put("digits", digits.toString());
    ArrayNode places = node.putArray("sign_places");
    String bits = new BigInteger(1, concat(new byte[] {1}, digest)).toString(2).substring(1);
    for (int i = 0; i < 42; i += 6) {
      places.add(Integer.parseInt(bits.substring(i, i + 6), 2));
    }
    ArrayNode signs = node.putArray("signs");
    places.forEach(place -> signs.add(SIGNS[place.intValue()]));
    return node;
  }

  private static ObjectNode conversation(Member sender) {
    ObjectNode node = MAPPER.createObjectNode().put("room_id", ROOM);
    put(node, "sender_kem_seed", sender.kemSeed);
    put(node, "sender_sig_seed", sender.sigSeed);
    return put(node, "sender_bundle", sender.bundle);
  }

  private static Member member(String name) throws GeneralSecurityException {
    byte[] kemSeed = seed(name + " kem");
    byte[] sigSeed = seed(name + " sig");
    byte[] kemKey = Hpke.publicKey(kemSeed);
    byte[] sigKey = Spec.ed25519PublicKey(sigSeed);
    byte[] signature = Spec.ed25519(sigSeed, concat(ascii("resolute/v1 bundle"), kemKey, sigKey));
    return new Member(kemSeed, kemKey, sigSeed, concat(new byte[] {1}, kemKey, sigKey, signature));
  }

  private static byte[] signingKey(Member member) {
    return Arrays.copyOfRange(member.bundle, 1217, 1249);
  }

  private static byte[] admissionKey() throws GeneralSecurityException {
    return Spec.hkdf(ROOM_SECRET, "resolute/v1 admission", 32);
  }

  private static byte[] metadataKey() throws GeneralSecurityException {
    return Spec.hkdf(ROOM_SECRET, "resolute/v1 metadata", 32);
  }

  private static byte[] chainId() {
    return concat(int4(0), Arrays.copyOf(seed("chain id"), 12));
  }

  private static byte[] seed(String name) {
    try {
      return Spec.digest("SHA-256", ("vector " + name).getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static String pem(String type, byte[] content) {
    String lines = base64(content).replaceAll("(.{64})(?=.)", "$1\n");
    return "-----BEGIN " + type + "-----\n" + lines + "\n-----END " + type + "-----\n";
  }

  private static byte[] with(byte[] bytes, int at, int value) {
    byte[] changed = bytes.clone();
    changed[at] = (byte) value;
    return changed;
  }

  private static void refuse(ArrayNode list, String why, byte[] bytes) {
    put(list.addObject().put("why", why), "padded", bytes);
  }

  private static ObjectNode put(ObjectNode node, String field, byte[] value) {
    return node.put(field, hex(value));
  }

  private static String hex(byte[] value) {
    return HexFormat.of().formatHex(value);
  }

  private static String base64(byte[] value) {
    return Base64.getEncoder().encodeToString(value);
  }
}
