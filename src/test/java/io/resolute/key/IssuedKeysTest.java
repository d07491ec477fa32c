package io.resolute.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.resolute.protocol.JoinKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IssuedKeysTest {
  private final IssuedKeys issued = new IssuedKeys();

  private JoinKey issue(long deadline) {
    JoinKey key = new JoinKey("k".repeat(32));
    issued.add(key, deadline);
    return key;
  }

  @ParameterizedTest
  @ValueSource(longs = {0, Long.MAX_VALUE - 5})
  void whatNobodyGotIsWipedWhenItsTimeIsOver(long start) {
    JoinKey early = issue(start + 10);
    JoinKey late = issue(start + 20);
    issued.tidy(start + 9);
    assertThat(early.isWiped()).isFalse();
    issued.tidy(start + 10);
    assertThat(early.isWiped()).isTrue();
    assertThat(late.isWiped()).isFalse();
    assertThat(issued.size()).isEqualTo(1);
    issued.tidy(start + 20);
    assertThat(late.isWiped()).isTrue();
    assertThat(issued.size()).isZero();
  }

  @Test
  void whatSomebodyGotIsNotKept() {
    for (int i = 0; i < 100; i++) {
      issue(10).wipe();
      issued.tidy(0);
      assertThat(issued.size()).isZero();
    }
  }
}
