package io.resolute.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.core.JsonGenerator;
import io.resolute.protocol.ClientPacket.KeyKind;
import io.resolute.testing.Keys;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

class JoinKeyTest {
  private static final String TEXT = "AZaz09BYby18CXcx27DWdw36EVev45FU";

  @Test
  void aWipedKeyIsStillTheSameKeyAndTellsItsDigest() throws GeneralSecurityException {
    JoinKey key = new JoinKey(TEXT).wipe();
    assertThat(key).isEqualTo(new JoinKey(TEXT)).hasSameHashCodeAs(new JoinKey(TEXT));
    JoinKey other = new JoinKey(TEXT.replace('A', 'B')).wipe();
    assertThat(key).isNotEqualTo(other).doesNotHaveSameHashCodeAs(other);
    byte[] text = TEXT.getBytes(StandardCharsets.US_ASCII);
    assertThat(key.sha256()).isEqualTo(MessageDigest.getInstance("SHA-256").digest(text));
  }

  @Test
  void aWipedKeyCannotBeReadOrWritten() throws IOException {
    JoinKey key = new JoinKey(TEXT);
    assertThat(key.value()).isEqualTo(TEXT);
    key.wipe();
    assertThatIllegalStateException().isThrownBy(key::value);
    try (JsonGenerator json = PacketJson.FACTORY.createGenerator(new StringWriter())) {
      assertThatIllegalStateException().isThrownBy(() -> key.write(json));
    }
  }

  @Test
  void wipingOverwritesTheCharacters() throws ReflectiveOperationException {
    JoinKey key = new JoinKey(TEXT);
    Field characters = JoinKey.class.getDeclaredField("characters");
    characters.setAccessible(true);
    assertThat((byte[]) characters.get(key)).isEqualTo(TEXT.getBytes(StandardCharsets.US_ASCII));
    key.wipe();
    assertThat((byte[]) characters.get(key)).containsOnly(0);
  }

  @Test
  void ofAKeyThatAClientSendsTheDigestAloneIsDecoded() {
    RandomTokens random = new RandomTokens(new SecureRandom());
    ClientPacketDecoder decoder = new ClientPacketDecoder(new PacketLimits(64, 64, 4096), random);
    String pem = Keys.PEM.replace("\\n", "\n");
    ClientPacket.JoinRoom join =
        new ClientPacket.JoinRoom(random.roomId(), KeyKind.FOREVER, new JoinKey(TEXT), "bob", pem);
    ClientFrame frame = decoder.decode(PacketJson.encode(join, null));
    assertThat(frame).isInstanceOf(ClientFrame.Request.class);
    ClientPacket packet = ((ClientFrame.Request) frame).packet();
    JoinKey decoded = ((ClientPacket.JoinRoom) packet).key();
    assertThat(decoded).isEqualTo(new JoinKey(TEXT));
    assertThatIllegalStateException().isThrownBy(decoded::value);
  }
}
