package io.resolute.memory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProtectionTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "true  | true  | locked into memory and left out of core files",
        "true  | false | locked into memory, but not left out of core files",
        "false | true  | left out of core files, but not locked, so that it may be swapped",
        "false | false | neither locked, so that it may be swapped, nor left out of core files"
      })
  void saysWithoutDoubtWhatHoldsAndWhatDoesNot(boolean locked, boolean undumped, String words) {
    assertThat(new Protection(locked, undumped, null).inWords()).isEqualTo(words);
  }
}
