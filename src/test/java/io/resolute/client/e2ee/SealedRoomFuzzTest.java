package io.resolute.client.e2ee;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** What a hostile server makes of honest members: each input is a course of events. */
class SealedRoomFuzzTest {
  private static final int MAX_STEPS = 48;
  private static final byte ADMIT = 0;
  private static final byte REMOVE = 1;
  private static final byte SAY = 2;
  private static final byte SAY_TO_ONE = 3;
  private static final byte RENEW = 4;
  private static final byte OPEN = 5;
  private static final byte OPEN_CHANGED = 6;
  private static final byte ADMIT_CHANGED = 7;
  private static final byte ANSWER = 8;
  private static final byte ANSWER_ONE = 9;
  private static final int KINDS = 10;

  static Stream<byte[]> courses() {
    return Stream.of(
        new byte[] {ADMIT, 0, 0, ADMIT, 1, 1, ANSWER, ANSWER, REMOVE, 1, ANSWER, ANSWER},
        new byte[] {ADMIT, 0, 0, SAY, 0, OPEN, 0, 0, OPEN, 1, 0, OPEN, 0, 0, OPEN, 1, 0},
        new byte[] {ADMIT, 0, 0, SAY, 0, SAY, 0, OPEN, 0, 0, OPEN, 2, 0, OPEN, 1, 0, OPEN, 1, 0},
        new byte[] {
          ADMIT, 0, 0, SAY, 0, SAY_TO_ONE, 0, OPEN, 0, 0, OPEN, 2, 0, OPEN, 3, 0, OPEN, 1, 0
        },
        new byte[] {
          ADMIT, 0, 0, ADMIT, 1, 1, ANSWER, ANSWER_ONE, 1, REMOVE, 0, ANSWER, ANSWER_ONE, 1
        },
        new byte[] {ADMIT, 0, 0, ADMIT_CHANGED, 0, 0, 1, 1, 1, ANSWER, SAY, 0, OPEN, 0, 0},
        new byte[] {ADMIT_CHANGED, 0, 0, 7, 96, 1, ADMIT_CHANGED, 0, 1, 7, 102, 2},
        new byte[] {
          ADMIT,
          0,
          0,
          SAY,
          0,
          OPEN,
          0,
          0,
          OPEN_CHANGED,
          1,
          0,
          1,
          (byte) 174,
          1,
          OPEN_CHANGED,
          1,
          0,
          1,
          (byte) 175,
          2,
          OPEN_CHANGED,
          1,
          0,
          1,
          (byte) 176,
          3,
          OPEN_CHANGED,
          1,
          0,
          1,
          (byte) 177,
          1,
          OPEN_CHANGED,
          1,
          0,
          1,
          (byte) 178,
          2,
          OPEN_CHANGED,
          1,
          0,
          1,
          (byte) 179,
          3,
          OPEN,
          1,
          0
        },
        new byte[] {
          ADMIT,
          0,
          0,
          SAY,
          0,
          OPEN_CHANGED,
          0,
          0,
          6,
          94,
          1,
          OPEN_CHANGED,
          0,
          0,
          6,
          95,
          2,
          OPEN_CHANGED,
          0,
          0,
          6,
          96,
          3,
          OPEN_CHANGED,
          0,
          0,
          6,
          97,
          1,
          OPEN,
          0,
          0
        },
        new byte[] {ADMIT, 0, 0, SAY, 0, OPEN, 0, 0, OPEN, 1, 0, OPEN, 1, 0, ANSWER},
        new byte[] {ADMIT, 0, 0, ADMIT, 1, 1, SAY, 0, OPEN, 0, 1, OPEN, 1, 1, OPEN, 0, 0},
        new byte[] {ADMIT, 0, 0, SAY, 0, SAY, 0, OPEN, 0, 0, OPEN, 2, 0, OPEN, 1, 0},
        new byte[] {ADMIT, 0, 0, SAY, 0, OPEN, 0, 0, RENEW, 0, SAY, 0, OPEN, 2, 0, OPEN, 1, 0},
        new byte[] {ADMIT, 0, 0, REMOVE, 0, ADMIT, 0, 0, ADMIT, 1, 0, SAY, 0, OPEN, 0, 0},
        new byte[] {ADMIT, 0, 0, SAY_TO_ONE, 0, OPEN, 0, 0, OPEN, 1, 0, ANSWER_ONE, 0, ANSWER},
        new byte[] {ADMIT, 0, 0, SAY, 0, OPEN_CHANGED, 0, 0, 0, 1, 2, OPEN_CHANGED, 1, 0, 0, 2, 2},
        new byte[] {ADMIT_CHANGED, 0, 0, 5, 70, 1, ADMIT, 0, 0, ADMIT_CHANGED, 0, 0, 6, 30, 1},
        new byte[] {ADMIT, 0, 0, ANSWER, ADMIT, 0, 1, ANSWER, REMOVE, 0, ANSWER, ANSWER_ONE, 0});
  }

  @MethodSource("courses")
  @FuzzTest
  void nothingIsReadThatWasNotSaidNorTwiceAndNobodyIsShutOut(byte[] input) {
    HostileCourse course = new HostileCourse();
    ByteBuffer steps = ByteBuffer.wrap(input);
    for (int i = 0; i < MAX_STEPS && steps.hasRemaining(); i++) {
      step(course, steps);
    }
    course.assertThatTheNextMessagesAreRead();
  }

  private static void step(HostileCourse course, ByteBuffer steps) {
    switch (next(steps) % KINDS) {
      case ADMIT -> course.admit(next(steps), next(steps), 0, 0);
      case REMOVE -> course.remove(next(steps));
      case SAY -> course.say(next(steps));
      case SAY_TO_ONE -> course.sayToOne(next(steps));
      case RENEW -> course.renew(next(steps));
      case OPEN -> course.open(next(steps), next(steps), 0, 0);
      case OPEN_CHANGED ->
          course.open(next(steps), next(steps), next(steps) << 8 | next(steps), next(steps));
      case ADMIT_CHANGED ->
          course.admit(next(steps), next(steps), next(steps) << 8 | next(steps), next(steps));
      case ANSWER -> course.answer();
      default -> course.answerOne(next(steps));
    }
  }

  private static int next(ByteBuffer steps) {
    return steps.hasRemaining() ? steps.get() & 0xFF : 0;
  }
}
