package io.resolute.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.resolute.protocol.JoinKey;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IssuedKeysTest {
  private static final Duration PATIENCE = Duration.ofNanos(10);

  private final IssuedKeys issued = new IssuedKeys(PATIENCE);

  private JoinKey issue(long now) {
    JoinKey key = new JoinKey("k".repeat(32));
    issued.add(key, now);
    return key;
  }

  @ParameterizedTest
  @ValueSource(longs = {0, Long.MAX_VALUE - 5})
  void whatNobodyGotIsWipedWhenItsTimeIsOver(long start) {
    JoinKey early = issue(start);
    JoinKey late = issue(start + 5);
    issued.tidy(start + 9);
    assertThat(early.isWiped()).isFalse();
    issued.tidy(start + 10);
    assertThat(early.isWiped()).isTrue();
    assertThat(late.isWiped()).isFalse();
    assertThat(issued.size()).isEqualTo(1);
    issued.tidy(start + 15);
    assertThat(late.isWiped()).isTrue();
    assertThat(issued.size()).isZero();
  }

  @Test
  void whatSomebodyGotIsNotKept() {
    for (int i = 0; i < 100; i++) {
      issue(0).wipe();
      assertThat(issued.size()).isEqualTo(1);
    }
    issued.tidy(0);
    assertThat(issued.size()).isZero();
  }
}
