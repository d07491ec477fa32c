package io.resolute.client.e2ee;

import static io.resolute.client.e2ee.Json.hex;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.resolute.protocol.RoomId;
import io.resolute.protocol.UserId;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What the TypeScript client has made, from randomness of its own, this client takes. */
class TypeScriptVectorsTest {
  private static final UserId ALICE = new UserId("A".repeat(32));

  @Test
  void anIdentityIsThatOfItsSeeds() throws Exception {
    JsonNode one = vectors("identity");
    Bundle bundle = new Identity(hex(one, "kem_seed"), hex(one, "sig_seed")).bundle();
    assertThat(bundle.encoded()).isEqualTo(hex(one, "bundle"));
    assertThat(bundle.hash().bytes()).isEqualTo(hex(one, "bundle_hash"));
    assertThat(bundle.hasSigned(hex(one, "sig"), hex(one, "signed"))).isTrue();
    assertThat(Bundle.parse(hex(one, "bundle"))).isPresent();
  }

  @Test
  void aRoomSecretAdmits() throws Exception {
    JsonNode one = vectors("admission");
    RoomSecret secret = RoomSecret.parse(text(one, "room_secret_text")).orElseThrow();
    assertThat(secret).isEqualTo(new RoomSecret(hex(one, "room_secret")));
    assertThat(secret.derive(Label.ADMISSION)).isEqualTo(hex(one, "k_admit"));
    assertThat(secret.derive(Label.METADATA)).isEqualTo(hex(one, "k_meta"));
    PublishedKey published = PublishedKey.parse(text(one, "public_key")).orElseThrow();
    assertThat(published.bundle()).isEqualTo(hex(one, "bundle"));
    assertThat(new Admission(secret).verifies(published.bundle(), published.admission())).isTrue();
  }

  @Test
  void namesAreOpened() throws Exception {
    SealedName names = new SealedName(new RoomSecret(hex(vectors("admission"), "room_secret")));
    JsonNode user = vectors("names").required("username");
    BundleHash alice = BundleHash.of(hex(vectors("identity"), "bundle"));
    assertThat(names.openUsername(text(user, "sealed"), alice)).contains(text(user, "name"));
    JsonNode room = vectors("names").required("room_name");
    assertThat(names.openRoomName(text(room, "sealed"))).contains(text(room, "name"));
  }

  @Test
  void aHandoutIsOpenedAndThenTheMessage() throws Exception {
    JsonNode handout = vectors("handout");
    JsonNode message = vectors("message");
    Identity bob =
        new Identity(hex(handout, "recipient_kem_seed"), hex(handout, "recipient_sig_seed"));
    assertThat(bob.bundle().encoded()).isEqualTo(hex(handout, "recipient_bundle"));
    RoomSecret secret = new RoomSecret(hex(vectors("admission"), "room_secret"));
    RoomId id = new RoomId(text(handout, "room_id"));
    SealedRoom room = new SealedEntrance(bob, secret, new CountedRandom("unused")).enter(id);
    assertThat(room.admit(ALICE, text(vectors("admission"), "public_key")))
        .isEqualTo(PeerStatus.VERIFIED);
    assertThat(room.open(ALICE, text(handout, "content"))).isEqualTo(new Opened.Key());
    assertThat(room.open(ALICE, text(message, "content")))
        .isEqualTo(new Opened.Text(text(message, "text"), Audience.ROOM, 0));
    assertThat(room.open(ALICE, text(message, "content")))
        .isEqualTo(Party.rejected(Rejection.REPLAYED));
  }

  private static JsonNode vectors(String name) throws IOException {
    return Json.vectors("typescript/" + name + ".json");
  }

  private static String text(JsonNode one, String field) {
    return one.required(field).textValue();
  }
}
