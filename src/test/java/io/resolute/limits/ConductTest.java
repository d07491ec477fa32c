package io.resolute.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.resolute.config.RateConfig;
import io.resolute.config.RatesConfig;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ConductTest {
  private static final RateConfig TWO_THEN_ONE_A_SECOND = new RateConfig(1, 2);
  private static final RateConfig UNLIMITED = RateConfig.unlimited();

  private long now;

  private Conduct conduct(RateConfig commands, RateConfig failedJoins, RateConfig errors) {
    return new Conduct(
        new RatesConfig(commands, UNLIMITED, UNLIMITED, failedJoins, errors), () -> now);
  }

  @Test
  void aRequestTooManyComesTooEarlyUntilItDoesNot() {
    Conduct conduct = conduct(TWO_THEN_ONE_A_SECOND, UNLIMITED, UNLIMITED);
    assertThat(conduct.request()).isZero();
    assertThat(conduct.request()).isZero();
    assertThat(conduct.request()).isEqualTo(Duration.ofSeconds(1));
    now += Duration.ofSeconds(1).toNanos();
    assertThat(conduct.request()).isZero();
  }

  @Test
  void joinsWaitForThoseThatFailedAlone() {
    Conduct conduct = conduct(UNLIMITED, TWO_THEN_ONE_A_SECOND, UNLIMITED);
    for (int i = 0; i < 5; i++) {
      assertThat(conduct.untilJoin()).isZero();
    }
    conduct.joinFailed();
    assertThat(conduct.untilJoin()).isZero();
    conduct.joinFailed();
    assertThat(conduct.untilJoin()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void errorsAreTooManyWhenTheyComeTooFast() {
    Conduct conduct = conduct(UNLIMITED, UNLIMITED, TWO_THEN_ONE_A_SECOND);
    assertThat(conduct.erredTooOften()).isFalse();
    assertThat(conduct.erredTooOften()).isFalse();
    assertThat(conduct.erredTooOften()).isTrue();
    now += Duration.ofSeconds(1).toNanos();
    assertThat(conduct.erredTooOften()).isFalse();
  }
}
