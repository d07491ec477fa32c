package io.resolute.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.resolute.protocol.CloseCode.Reconnect;
import io.resolute.protocol.ErrorCode.Retry;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CataloguesTest {
  private static final int MAX_CLOSE_REASON = 123;

  @Test
  void noTwoErrorsHaveOneName() {
    assertThat(Arrays.stream(ErrorCode.values()).map(ErrorCode::wireName)).doesNotHaveDuplicates();
  }

  @Test
  void noTwoEndsHaveOneCode() {
    assertThat(Arrays.stream(CloseCode.values()).map(CloseCode::code)).doesNotHaveDuplicates();
  }

  @Test
  void theErrorsOfTheProtocolAreAllThere() {
    assertThat(Arrays.stream(ErrorCode.values()).map(ErrorCode::wireName))
        .contains(
            "bad-packet",
            "unknown-command",
            "not-found",
            "forbidden",
            "bad-key",
            "already-joined",
            "no-such-member",
            "too-large",
            "limit-reached",
            "rate-limited",
            "unavailable");
  }

  @Test
  void theCloseCodesOfTheProtocolAreAllThere() {
    assertThat(Arrays.stream(CloseCode.values()).map(CloseCode::code))
        .contains(1000, 1001, 1002, 1003, 1007, 1008, 1009, 4000, 4001, 4002, 4003);
  }

  @ParameterizedTest
  @EnumSource
  void everyErrorIsFoundByItsNameAndSaysWhetherARetryHelps(ErrorCode code) {
    assertThat(code.wireName()).matches("[a-z]+(-[a-z]+)*");
    assertThat(ErrorCode.of(code.wireName())).contains(code);
    assertThat(code.retry()).isNotNull();
  }

  @ParameterizedTest
  @EnumSource
  void everyEndIsFoundByItsCodeAndSaysWhetherToReconnect(CloseCode code) {
    assertThat(CloseCode.of(code.code())).contains(code);
    assertThat(code.reconnect()).isNotNull();
    assertThat(code.reason().isEmpty()).isEqualTo(code == CloseCode.NORMAL);
    assertThat(code.reason().getBytes(StandardCharsets.UTF_8))
        .hasSizeLessThanOrEqualTo(MAX_CLOSE_REASON);
    // RFC 6455 §7.4: codes that an endpoint may send, or that are ours.
    assertThat(code.code())
        .matches(
            number ->
                (number >= 1000 && number <= 1003)
                    || (number >= 1007 && number <= 1011)
                    || (number >= 4000 && number <= 4999));
  }

  @Test
  void whatNobodyKnowsIsNotFound() {
    assertThat(ErrorCode.of("")).isEmpty();
    assertThat(ErrorCode.of("BAD_KEY")).isEmpty();
    assertThat(CloseCode.of(1006)).isEmpty();
    assertThat(CloseCode.of(0)).isEmpty();
  }

  @Test
  void whatPassesMayBeTriedAgainAndWhatDoesNotMayNot() {
    assertThat(ErrorCode.RATE_LIMITED.retry()).isEqualTo(Retry.LATER);
    assertThat(ErrorCode.LIMIT_REACHED.retry()).isEqualTo(Retry.LATER);
    assertThat(ErrorCode.UNAVAILABLE.retry()).isEqualTo(Retry.LATER);
    assertThat(ErrorCode.BAD_KEY.retry()).isEqualTo(Retry.WITH_ANOTHER_KEY);
    assertThat(ErrorCode.BAD_PACKET.retry()).isEqualTo(Retry.NEVER);
    assertThat(CloseCode.GOING_AWAY.reconnect()).isEqualTo(Reconnect.AFTER_A_WHILE);
    assertThat(CloseCode.TOO_MANY_CONNECTIONS.reconnect()).isEqualTo(Reconnect.AFTER_A_WHILE);
    assertThat(CloseCode.POLICY_VIOLATION.reconnect()).isEqualTo(Reconnect.NEVER);
  }
}
