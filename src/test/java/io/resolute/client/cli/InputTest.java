package io.resolute.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.resolute.client.cli.Input.Command;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class InputTest {
  @ParameterizedTest
  @EnumSource(Command.class)
  void aCommandIsKnownByItsNameInAnyCaseWithSpaceAround(Command command) {
    assertThat(Input.parse(command.typed())).isEqualTo(new Input.Order(command));
    assertThat(Input.parse(command.typed().toUpperCase(java.util.Locale.ROOT) + "  "))
        .isEqualTo(new Input.Order(command));
  }

  @Test
  void quitIsLeave() {
    assertThat(Input.parse("/quit")).isEqualTo(new Input.Order(Command.LEAVE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/whoo", "/whoo now", "/wh", "/invite/"})
  void whatOnlyLooksLikeACommandIsNotSaidToOthers(String line) {
    assertThat(Input.parse(line)).isEqualTo(new Input.Unknown());
  }

  @Test
  void aCommandWithSomethingBehindItIsKnownAndNotDone() {
    assertThat(Input.parse("/who now")).isEqualTo(new Input.Excessive(Command.WHO));
    assertThat(Input.parse("/QUIT  now")).isEqualTo(new Input.Excessive(Command.LEAVE));
  }

  @Test
  void whatStandsBehindToIsANameAndATextInItsOwnCase() {
    assertThat(Input.parse("/to carol Psst,  you"))
        .isEqualTo(new Input.Aside("carol", "Psst,  you"));
    assertThat(Input.parse("/TO  Carol#2\tHi ")).isEqualTo(new Input.Aside("Carol#2", "Hi"));
    assertThat(Input.parse("/to carol ")).isEqualTo(new Input.Aside("carol", ""));
    assertThat(Input.parse("/to carol /who")).isEqualTo(new Input.Aside("carol", "/who"));
    assertThat(Input.parse("/tocarol psst")).isEqualTo(new Input.Unknown());
  }

  @Test
  void twoSlashesSayOne() {
    assertThat(Input.parse("//who")).isEqualTo(new Input.Say("/who"));
    assertThat(Input.parse("//")).isEqualTo(new Input.Say("/"));
  }

  @Test
  void everythingElseIsSaidAsItIs() {
    assertThat(Input.parse("  a /who b ")).isEqualTo(new Input.Say("  a /who b "));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "\t"})
  void aBlankLineIsNothing(String line) {
    assertThat(Input.parse(line)).isEqualTo(new Input.Nothing());
  }
}
