package io.resolute.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdsTest {
  private static final String TOKEN = "AZaz09BYby18CXcx27DWdw36EVev45FU";

  @Test
  void thirtyTwoLettersAndDigitsAreAnIdAndAKey() {
    assertThat(RoomId.parse(TOKEN)).contains(new RoomId(TOKEN));
    assertThat(UserId.parse(TOKEN)).contains(new UserId(TOKEN));
    assertThat(JoinKey.parse(TOKEN)).contains(new JoinKey(TOKEN));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "AZaz09BYby18CXcx27DWdw36EVev45F",
        "AZaz09BYby18CXcx27DWdw36EVev45FUx",
        "AZaz09BYby18CXcx27DWdw36EVev45F-",
        "AZaz09BYby18CXcx27DWdw36EVev45F_",
        "AZaz09BYby18CXcx27DWdw36EVev45F ",
        " Zaz09BYby18CXcx27DWdw36EVev45FU",
        "AZaz09BYby18CXcx27DWdw36EVev45F\n",
        "AZaz09BYby18CXcx27DWdw36EVev45F@",
        "AZaz09BYby18CXcx27DWdw36EVev45F[",
        "AZaz09BYby18CXcx27DWdw36EVev45F`",
        "AZaz09BYby18CXcx27DWdw36EVev45F{",
        "AZaz09BYby18CXcx27DWdw36EVev45F/",
        "AZaz09BYby18CXcx27DWdw36EVev45F:",
        "AZaz09BYby18CXcx27DWdw36EVev45F\u0080",
        "AZaz09BYby18CXcx27DWdw36EVev45F\u00e9",
        "AZaz09BYby18CXcx27DWdw36EVev45F\u0663",
        "AZaz09BYby18CXcx27DWdw36EVev45F\uff21"
      })
  void anythingElseIsNone(String text) {
    assertThat(RoomId.parse(text)).isEmpty();
    assertThat(UserId.parse(text)).isEmpty();
    assertThat(JoinKey.parse(text)).isEmpty();
    assertThatIllegalArgumentException().isThrownBy(() -> new RoomId(text));
    assertThatIllegalArgumentException().isThrownBy(() -> new UserId(text));
    assertThatIllegalArgumentException().isThrownBy(() -> new JoinKey(text));
  }

  @Test
  void aRefusalDoesNotQuoteWhatItRefuses() {
    String secret = "AZaz09BYby18CXcx27DWdw36EVev45F";
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new JoinKey(secret))
        .withMessageNotContaining(secret);
  }

  @Test
  void twoOfThemHaveTwoHashes() {
    String other = "BZaz09BYby18CXcx27DWdw36EVev45FU";
    assertThat(new RoomId(TOKEN).hashCode()).isNotEqualTo(new RoomId(other).hashCode());
    assertThat(new UserId(TOKEN).hashCode()).isNotEqualTo(new UserId(other).hashCode());
  }

  @Test
  void noneOfThemPrintsItself() {
    assertThat(new RoomId(TOKEN)).hasToString("RoomId[hidden]");
    assertThat(new UserId(TOKEN)).hasToString("UserId[hidden]");
    assertThat(new JoinKey(TOKEN)).hasToString("[REDACTED]");
  }
}
