package io.resolute.relay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.resolute.testing.Keys;
import io.resolute.testing.RawClient;
import io.resolute.testing.TestServer;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.Base64;
import javax.crypto.Cipher;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.util.io.pem.PemReader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A client as the Go system had them: no {@code hello}, no {@code id}, RSA keys and ciphertexts.
 */
class GoClientIT {
  private TestServer server;

  @BeforeEach
  void start() {
    server = TestServer.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void goesThroughAWholeConversation() throws Exception {
    KeyPair ownerKeys = Keys.rsa();
    KeyPair guestKeys = Keys.rsa();
    try (RawClient owner = server.connect();
        RawClient guest = server.connect();
        RawClient third = server.connect()) {
      JsonNode created = create(owner, ownerKeys);
      String room = created.at("/room/room_id").asText();
      assertThat(created.at("/client_room_id").asText()).isEqualTo("my room");
      assertThat(created.at("/room/one_time_join_keys").isArray()).isTrue();
      assertThat(created.at("/room/users").isObject()).isTrue();
      String ownerId = created.at("/room/owner_id").asText();

      owner.send("room-key-onetime", "{'room_id':'" + room + "'}");
      String oneTime = owner.next("room-key-onetime").at("/one_time_key").asText();
      JsonNode joined = join(guest, room, "one_time_key", oneTime, "bob", guestKeys);
      assertThat(joined.at("/room_name").asText()).isEqualTo("test room");
      assertThat(joined.at("/users/0/user_id").asText()).isEqualTo(ownerId);
      JsonNode arrived = owner.next("user-joined-onetime");
      assertThat(arrived.at("/username").asText()).isEqualTo("bob");

      String guestId = joined.at("/user_id").asText();
      String toGuest = encrypt(arrived.at("/public_key").asText(), "hello bob");
      owner.send("send-message", message(room, guestId, toGuest));
      JsonNode heard = guest.next("send-message");
      assertThat(heard.at("/user_id").asText()).isEqualTo(ownerId);
      assertThat(heard.at("/username").asText()).isEqualTo("alice");
      assertThat(decrypt(guestKeys, heard.at("/content").asText())).isEqualTo("hello bob");

      String ownerPem = joined.at("/users/0/public_key_string").asText();
      guest.send("send-message", message(room, ownerId, encrypt(ownerPem, "hello alice")));
      JsonNode answered = owner.next("send-message");
      assertThat(answered.at("/user_id").asText()).isEqualTo(guestId);
      assertThat(decrypt(ownerKeys, answered.at("/content").asText())).isEqualTo("hello alice");

      owner.send("room-key-forever", "{'room_id':'" + room + "'}");
      String forever = owner.next("room-key-forever").at("/forever_join_key").asText();
      join(third, room, "forever_key", forever, "carol", Keys.rsa());
      assertThat(owner.next("user-joined-forever").at("/username").asText()).isEqualTo("carol");
      assertThat(guest.next("user-joined-forever").at("/username").asText()).isEqualTo("carol");

      owner.send("room-key-onetime", "{'room_id':'" + room + "'}");
      String unused = owner.next("room-key-onetime").at("/one_time_key").asText();
      owner.send("reset-room-keys", "{'room_id':'" + room + "'}");
      assertThat(owner.next("reset-room-keys").at("/room_id").asText()).isEqualTo(room);
      try (RawClient late = server.connect()) {
        late.send("join-room-onetime", joinData(room, "one_time_key", unused, "dave", Keys.rsa()));
        assertThat(late.next("join-room-onetime-error").at("/code").asText()).isEqualTo("bad-key");
        late.send("join-room-forever", joinData(room, "forever_key", forever, "dave", Keys.rsa()));
        assertThat(late.next("join-room-forever-error").at("/code").asText()).isEqualTo("bad-key");
      }
    }
  }

  private static JsonNode create(RawClient owner, KeyPair keys) {
    String pem = Keys.json(Keys.rsaPublicKey(keys));
    owner.send(
        "create-room",
        "{'name':'test room','username':'alice','client_room_id':'my room','public_key_string':'"
            + pem
            + "'}");
    return owner.next("create-room");
  }

  private static JsonNode join(
      RawClient client, String room, String field, String key, String name, KeyPair keys) {
    String kind = field.equals("one_time_key") ? "onetime" : "forever";
    client.send("join-room-" + kind, joinData(room, field, key, name, keys));
    return client.next("joined");
  }

  private static String joinData(String room, String field, String key, String name, KeyPair keys) {
    return "{'room_id':'%s','%s':'%s','username':'%s','public_key':'%s'}"
        .formatted(room, field, key, name, Keys.json(Keys.rsaPublicKey(keys)));
  }

  private static String message(String room, String to, String content) {
    return "{'room_id':'%s','to_user_id':'%s','content':'%s'}".formatted(room, to, content);
  }

  private static String encrypt(String pem, String text) throws Exception {
    byte[] pkcs1;
    try (PemReader reader = new PemReader(new java.io.StringReader(pem))) {
      pkcs1 = reader.readPemObject().getContent();
    }
    RSAPublicKey key = RSAPublicKey.getInstance(pkcs1);
    var spec = new java.security.spec.RSAPublicKeySpec(key.getModulus(), key.getPublicExponent());
    Cipher cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
    cipher.init(
        Cipher.ENCRYPT_MODE, java.security.KeyFactory.getInstance("RSA").generatePublic(spec));
    return Base64.getEncoder()
        .encodeToString(cipher.doFinal(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static String decrypt(KeyPair keys, String content) throws Exception {
    Cipher cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
    cipher.init(Cipher.DECRYPT_MODE, keys.getPrivate());
    return new String(cipher.doFinal(Base64.getDecoder().decode(content)), StandardCharsets.UTF_8);
  }
}
