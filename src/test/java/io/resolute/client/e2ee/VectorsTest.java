package io.resolute.client.e2ee;

import static io.resolute.client.e2ee.Json.hex;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.resolute.protocol.RoomId;
import io.resolute.protocol.UserId;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.bouncycastle.crypto.prng.FixedSecureRandom;
import org.junit.jupiter.api.Test;

/** This client computes what the vectors say, from what they say. */
class VectorsTest {
  @Test
  void theFilesAreWhatTheirGeneratorMakes() throws Exception {
    String folder = System.getProperty("vectors.write");
    if (folder != null) {
      Vectors.write(Path.of(folder));
    }
    for (Map.Entry<String, JsonNode> file : Vectors.all().entrySet()) {
      assertThat(Json.vectors(file.getKey())).as(file.getKey()).isEqualTo(file.getValue());
    }
  }

  @Test
  void anIdentityIsThatOfItsSeeds() throws Exception {
    JsonNode one = Json.vectors("identity.json");
    Bundle bundle = identity(one, "kem_seed", "sig_seed").bundle();
    assertThat(bundle.encoded()).isEqualTo(hex(one, "bundle"));
    assertThat(bundle.kemKey()).isEqualTo(hex(one, "kem_public"));
    assertThat(bundle.hash().bytes()).isEqualTo(hex(one, "bundle_hash"));
    assertThat(Bundle.signedPart(hex(one, "kem_public"), hex(one, "sig_public")))
        .isEqualTo(hex(one, "signed"));
    assertThat(Bundle.parse(hex(one, "bundle"))).isPresent();
  }

  @Test
  void aRoomSecretAdmits() throws Exception {
    JsonNode one = Json.vectors("admission.json");
    RoomSecret secret =
        RoomSecret.parse(one.required("room_secret_text").textValue()).orElseThrow();
    assertThat(secret).isEqualTo(new RoomSecret(hex(one, "room_secret")));
    assertThat(secret.derive(Label.ADMISSION)).isEqualTo(hex(one, "k_admit"));
    assertThat(secret.derive(Label.METADATA)).isEqualTo(hex(one, "k_meta"));
    assertThat(new Admission(secret).tag(hex(one, "bundle"))).isEqualTo(hex(one, "tag"));
    String pem = one.required("public_key").textValue();
    assertThat(PublishedKey.toPem(hex(one, "bundle"), hex(one, "tag"))).isEqualTo(pem);
    PublishedKey published = PublishedKey.parse(pem).orElseThrow();
    assertThat(published.bundle()).isEqualTo(hex(one, "bundle"));
    assertThat(published.admission()).isEqualTo(hex(one, "tag"));
  }

  @Test
  void textsArePadded() throws Exception {
    JsonNode all = Json.vectors("padding.json");
    for (JsonNode one : all.required("message_sizes")) {
      assertThat(Padding.MESSAGE.pad("x".repeat(one.required("text_bytes").intValue())))
          .hasSize(one.required("padded_bytes").intValue());
    }
    for (JsonNode one : all.required("name_sizes")) {
      assertThat(Padding.NAME.pad("x".repeat(one.required("text_bytes").intValue())))
          .hasSize(one.required("padded_bytes").intValue());
    }
    for (JsonNode one : all.required("names")) {
      String text = one.required("text").textValue();
      assertThat(Padding.NAME.pad(text)).isEqualTo(hex(one, "padded"));
      assertThat(Padding.NAME.unpad(hex(one, "padded"))).contains(text);
    }
    for (JsonNode one : all.required("not_padded_names")) {
      assertThat(Padding.NAME.unpad(hex(one, "padded")))
          .as(one.required("why").textValue())
          .isEmpty();
    }
  }

  @Test
  void namesAreSealedAndOpened() throws Exception {
    RoomSecret secret = new RoomSecret(hex(Json.vectors("admission.json"), "room_secret"));
    SealedName names = new SealedName(secret);
    JsonNode all = Json.vectors("names.json");
    JsonNode user = all.required("username");
    BundleHash alice =
        identity(Json.vectors("identity.json"), "kem_seed", "sig_seed").bundle().hash();
    assertThat(alice.bytes()).isEqualTo(hex(user, "bundle_hash"));
    String username = user.required("name").textValue();
    String sealed = user.required("sealed").textValue();
    assertThat(names.sealUsername(username, alice, new FixedSecureRandom(hex(user, "nonce"))))
        .isEqualTo(sealed);
    assertThat(names.openUsername(sealed, alice)).contains(username);
    JsonNode room = all.required("room_name");
    String roomName = room.required("name").textValue();
    assertThat(names.sealRoomName(roomName, new FixedSecureRandom(hex(room, "nonce"))))
        .isEqualTo(room.required("sealed").textValue());
    assertThat(names.openRoomName(room.required("sealed").textValue())).contains(roomName);
    assertThat(names.openRoomName(sealed)).isEmpty();
  }

  @Test
  void aChainMovesOn() throws Exception {
    JsonNode one = Json.vectors("chain.json");
    ChainKey key = new ChainKey(hex(one.required("steps").get(0), "chain_key"));
    for (JsonNode step : one.required("steps")) {
      assertThat(key.copy()).isEqualTo(hex(step, "chain_key"));
      assertThat(key.step()).isEqualTo(hex(step, "message_key"));
    }
  }

  @Test
  void aHandoutIsSealedAndOpened() throws Exception {
    JsonNode one = Json.vectors("handout.json");
    Bundle recipient = Bundle.parse(hex(one, "recipient_bundle")).orElseThrow();
    Speaker sender = sender(one, hex(one, "encapsulation_seed"));
    String content = one.required("content").textValue();
    assertThat(Handout.seal(sender, recipient, Audience.ROOM, chain(one)).encode())
        .isEqualTo(content);
    Identity bob = identity(one, "recipient_kem_seed", "recipient_sig_seed");
    Speaker receiver = new Speaker(sender.room(), bob, new FixedSecureRandom(new byte[0]));
    Handout opened = Handout.open(receiver, sender.identity().bundle(), Envelope.parse(content));
    assertThat(opened.chain().bytes()).isEqualTo(hex(one, "chain_id"));
    assertThat(opened.index()).isEqualTo(one.required("index").intValue());
    assertThat(opened.key()).isEqualTo(hex(one, "chain_key"));
  }

  @Test
  void aMessageIsSealedAndOpened() throws Exception {
    JsonNode one = Json.vectors("message.json");
    Speaker sender = sender(one, new byte[0]);
    String text = one.required("text").textValue();
    String content = one.required("content").textValue();
    byte[] padded = Padding.MESSAGE.pad(text);
    assertThat(padded).isEqualTo(hex(one, "padded"));
    assertThat(SealedMessage.seal(sender, Audience.ROOM, chain(one), padded).encode())
        .isEqualTo(content);
    SealedMessage read =
        SealedMessage.read(sender, sender.identity().bundle(), Envelope.parse(content));
    assertThat(read.chain().bytes()).isEqualTo(hex(one, "chain_id"));
    assertThat(read.index()).isZero();
    byte[] messageKey = hex(one, "message_key");
    assertThat(read.open(messageKey)).isEqualTo(text);
    assertThat(messageKey).containsOnly(0);
  }

  @Test
  void whatMustNotBeTakenIsRejected() throws Exception {
    JsonNode handout = Json.vectors("handout.json");
    Speaker sender = sender(handout, new byte[0]);
    Identity bob = identity(handout, "recipient_kem_seed", "recipient_sig_seed");
    RoomSecret secret = new RoomSecret(hex(Json.vectors("admission.json"), "room_secret"));
    CountedRandom random = new CountedRandom("unused");
    SealedRoom room = new SealedEntrance(bob, secret, random).enter(sender.room());
    UserId alice = new UserId("A".repeat(32));
    room.admit(alice, Json.vectors("admission.json").required("public_key").textValue());
    assertThat(room.open(alice, handout.required("content").textValue()))
        .isEqualTo(new Opened.Key());
    for (JsonNode one : Json.vectors("rejected.json").required("contents")) {
      assertThat(room.open(alice, one.required("content").textValue()))
          .as(one.required("why").textValue())
          .isEqualTo(Party.rejected(Rejection.valueOf(one.required("rejection").textValue())));
    }
  }

  @Test
  void aSafetyNumberIsThatOfTheMembers() throws Exception {
    JsonNode one = Json.vectors("safety-number.json");
    TreeSet<BundleHash> members = new TreeSet<>();
    for (String name : List.of("recipient_bundle", "sender_bundle")) {
      members.add(BundleHash.of(hex(Json.vectors("handout.json"), name)));
    }
    members.add(BundleHash.of(Vectors.carol()));
    assertThat(members.stream().map(hash -> HexFormat.of().formatHex(hash.bytes())))
        .containsExactlyInAnyOrderElementsOf(
            () -> one.required("bundle_hashes").valueStream().map(JsonNode::textValue).iterator());
    SafetyNumber number = SafetyNumber.of(new RoomId(one.required("room_id").textValue()), members);
    assertThat(number.digits()).isEqualTo(one.required("digits").textValue());
    assertThat(number.signs())
        .containsExactlyElementsOf(
            () -> one.required("signs").valueStream().map(JsonNode::textValue).iterator());
    assertThat(number.grouped()).matches("(\\d{5} ){11}\\d{5}");
  }

  private static Speaker sender(JsonNode one, byte[] random) {
    RoomId room = new RoomId(one.required("room_id").textValue());
    Identity identity = identity(one, "sender_kem_seed", "sender_sig_seed");
    assertThat(identity.bundle().encoded()).isEqualTo(hex(one, "sender_bundle"));
    return new Speaker(room, identity, new FixedSecureRandom(random));
  }

  private static Identity identity(JsonNode one, String kemSeed, String sigSeed) {
    return new Identity(hex(one, kemSeed), hex(one, sigSeed));
  }

  private static SenderChain chain(JsonNode one) {
    byte[] id = hex(one, "chain_id");
    byte[] noise = Arrays.copyOfRange(id, 4, id.length);
    return SenderChain.start(
        ByteBuffer.wrap(id).getInt(),
        new FixedSecureRandom(Bytes.concat(noise, hex(one, "chain_key"))));
  }
}
