package io.resolute.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The judge of the fuzzing client's report, which must not let a wrong server pass. */
class OutcomesTest {
  private static final String GOOD = result("OK", "OK");

  @TempDir private Path dir;

  @Test
  void theSameOutcomesDoNotDiffer() throws IOException {
    Outcomes expected = report("'1.1.1':" + GOOD + ",'10.1.1':" + GOOD);
    assertThat(report("'10.1.1':" + GOOD + ",'1.1.1':" + GOOD).differencesFrom(expected)).isEmpty();
  }

  @Test
  void aWrongBehaviourDiffers() throws IOException {
    Outcomes expected = report("'1.1.1':" + GOOD);
    assertThat(report("'1.1.1':" + result("FAILED", "OK")).differencesFrom(expected))
        .containsExactly("1.1.1: FAILED, close OK; expected: OK, close OK");
  }

  @Test
  void aWrongCloseOfARightBehaviourDiffers() throws IOException {
    Outcomes expected = report("'1.1.1':" + GOOD);
    assertThat(report("'1.1.1':" + result("OK", "WRONG CODE")).differencesFrom(expected))
        .containsExactly("1.1.1: OK, close WRONG CODE; expected: OK, close OK");
  }

  @Test
  void aBetterOutcomeDiffersToo() throws IOException {
    Outcomes expected = report("'6.4.3':" + result("NON-STRICT", "OK"));
    assertThat(report("'6.4.3':" + GOOD).differencesFrom(expected)).hasSize(1);
  }

  @Test
  void aCaseThatDidNotRunDiffers() throws IOException {
    Outcomes expected = report("'1.1.1':" + GOOD + ",'1.1.2':" + GOOD);
    assertThat(report("'1.1.1':" + GOOD).differencesFrom(expected))
        .containsExactly("1.1.2: null; expected: OK, close OK");
  }

  @Test
  void aCaseThatNobodyExpectedDiffers() throws IOException {
    Outcomes expected = report("'1.1.1':" + GOOD);
    assertThat(report("'1.1.1':" + GOOD + ",'1.1.2':" + GOOD).differencesFrom(expected))
        .containsExactly("1.1.2: OK, close OK; expected: null");
  }

  @Test
  void casesThatAreRunAgainCountAsTheyCameOutLast() throws IOException {
    Outcomes expected = report("'1.1.1':" + GOOD + ",'1.1.2':" + GOOD + ",'2.1':" + GOOD);
    Outcomes first = report("'1.1.1':" + GOOD + ",'1.1.2':" + result("FAILED", "OK"));
    assertThat(first.casesUnlike(expected)).containsExactly("1.1.2", "2.1");
    Outcomes both = first.with(report("'1.1.2':" + GOOD + ",'2.1':" + result("OK", "UNCLEAN")));
    assertThat(both.differencesFrom(expected))
        .containsExactly("2.1: OK, close UNCLEAN; expected: OK, close OK");
  }

  @Test
  void aCaseWithoutAnOutcomeIsNoReport() {
    assertThatThrownBy(() -> report("'1.1.1':{'behavior':'OK'}")).isInstanceOf(IOException.class);
  }

  @Test
  void aReportAboutNoServerIsNoReport() throws IOException {
    Path index = Files.writeString(dir.resolve("index.json"), "{}");
    assertThatThrownBy(() -> Outcomes.reported(index)).isInstanceOf(IOException.class);
  }

  @Test
  void noFailureIsExpectedOfAnyCase() throws IOException {
    Outcomes expected = Outcomes.expected();
    assertThat(expected.cases()).hasSizeGreaterThan(300);
    assertThat(expected.cases().values()).allMatch(Outcomes.Outcome::isGood);
  }

  private Outcomes report(String cases) throws IOException {
    String json = ("{'echo':{" + cases + "}}").replace('\'', '"');
    return Outcomes.reported(Files.writeString(dir.resolve("index.json"), json));
  }

  private static String result(String behavior, String close) {
    return "{'behavior':'" + behavior + "','behaviorClose':'" + close + "','duration':1}";
  }
}
