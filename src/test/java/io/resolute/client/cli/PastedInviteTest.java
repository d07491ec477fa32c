package io.resolute.client.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.resolute.client.InvalidInviteException;
import io.resolute.client.Invite;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The vectors are those of the TypeScript library, whose peer of this class is the same. */
class PastedInviteTest {
  private static final Path FILE = Path.of("src/test/resources/vectors/pasted-invites.json");
  private static final int LENGTH = 200_000;

  static Stream<String> readable() throws IOException {
    return list("read").map(JsonNode::textValue);
  }

  @ParameterizedTest
  @MethodSource("readable")
  void whatIsAroundAnInviteAndBreaksItIsNoPartOfIt(String text) throws IOException {
    Invite invite = Invite.parse(vectors().required("link").textValue());
    assertThat(PastedInvite.read(text)).isEqualTo(new PastedInvite(invite, Optional.empty()));
  }

  static Stream<JsonNode> wrapped() throws IOException {
    return list("wrapped");
  }

  @ParameterizedTest
  @MethodSource("wrapped")
  void whoHasMadeALinkOfTheirOwnAroundAnInviteIsNamed(JsonNode wrapped) throws IOException {
    Invite invite = Invite.parse(vectors().required("link").textValue());
    Optional<String> seenBy = Optional.ofNullable(wrapped.required("by").textValue());
    assertThat(PastedInvite.read(wrapped.required("text").textValue()))
        .isEqualTo(new PastedInvite(invite, seenBy));
  }

  static Stream<JsonNode> refused() throws IOException {
    return list("refused");
  }

  @ParameterizedTest
  @MethodSource("refused")
  void whatIsWrongWithAnInviteIsNamed(JsonNode refused) {
    RuntimeException failure =
        catchThrowableOfType(
            RuntimeException.class,
            () -> PastedInvite.read(refused.required("text").textValue()).invite().requireSecret());
    assertThat(problem(failure)).isEqualTo(refused.required("problem").textValue());
    assertThat(failure).hasMessageNotContaining("chat.example");
  }

  static Stream<JsonNode> veryLong() throws IOException {
    return list("long");
  }

  /** Where it is gone through once for each of its characters, this takes minutes. */
  @ParameterizedTest
  @MethodSource("veryLong")
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aLongTextIsGoneThroughAFewTimesOnly(JsonNode vector) {
    String again = vector.required("again").textValue();
    String text =
        vector.required("start").textValue()
            + again.repeat(LENGTH / again.length())
            + vector.required("end").textValue();
    RuntimeException failure =
        catchThrowableOfType(RuntimeException.class, () -> PastedInvite.read(text));
    assertThat(problem(failure)).isEqualTo(vector.required("problem").textValue());
  }

  /** What only pasted invites suffer is explained by a text alone. */
  private static String problem(RuntimeException failure) {
    if (failure instanceof InvalidInviteException invalid) {
      return invalid.problem().name();
    }
    assertThat(failure).isInstanceOf(UsageException.class);
    String message = String.valueOf(failure.getMessage());
    return message.contains("capital and small letters")
        ? "LOST_CASE"
        : message.contains("no # in it") ? "NO_FRAGMENT" : message;
  }

  private static Stream<JsonNode> list(String field) throws IOException {
    return StreamSupport.stream(vectors().required(field).spliterator(), false);
  }

  private static JsonNode vectors() throws IOException {
    return new ObjectMapper().readTree(FILE.toFile());
  }
}
