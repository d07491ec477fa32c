package io.resolute.client.e2ee;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoomSecretTest {
  @Test
  void aSecretIsReadBack() {
    RoomSecret secret = RoomSecret.generate(new CountedRandom("room"));
    assertThat(secret.toText()).hasSize(43).matches("[A-Za-z0-9_-]+");
    assertThat(RoomSecret.parse(secret.toText())).contains(secret);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB",
        "+AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        " AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
      })
  void thereIsOneSpellingOnly(String text) {
    assertThat(RoomSecret.parse(text)).isEmpty();
  }

  @Test
  void anotherSecretHasOtherKeys() {
    RoomSecret one = RoomSecret.generate(new CountedRandom("one"));
    RoomSecret other = RoomSecret.generate(new CountedRandom("other"));
    assertThat(one).isNotEqualTo(other);
    assertThat(one.derive(Label.ADMISSION)).isNotEqualTo(other.derive(Label.ADMISSION));
    assertThat(one.derive(Label.ADMISSION)).isNotEqualTo(one.derive(Label.METADATA));
  }

  @Test
  void aWipedSecretIsRefusedAndNotGivenAsZerosAndItsCopyLivesOn() {
    RoomSecret secret = RoomSecret.generate(new CountedRandom("wiped"));
    RoomSecret copy = secret.copy();
    String text = secret.toText();
    secret.wipe();
    assertThatThrownBy(secret::toText).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(secret::copy).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> secret.derive(Label.ADMISSION))
        .isInstanceOf(IllegalStateException.class);
    assertThat(copy.toText()).isEqualTo(text);
  }
}
