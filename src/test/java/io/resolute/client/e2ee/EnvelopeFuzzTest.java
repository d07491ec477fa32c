package io.resolute.client.e2ee;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/** The content of messages, as a hostile server passes it on. */
class EnvelopeFuzzTest {
  @FuzzTest
  void aContentIsAnEnvelopeThatIsWrittenTheSameOrIsRejected(byte[] input) {
    String content = new String(input, StandardCharsets.UTF_8);
    try {
      Envelope envelope = Envelope.parse(content);
      assertThat(envelope.encode()).isEqualTo(content);
      assertThat(envelope.body().length).isBetween(1, SealedMessage.MAX_BODY_BYTES);
    } catch (RejectedException typed) {
      assertThat(typed.rejection()).isIn(Rejection.MALFORMED, Rejection.UNSUPPORTED);
    }
  }
}
