package io.resolute.client.e2ee;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LabelTest {
  @Test
  void labelsOfOnePrimitiveAreNoBeginningsOfEachOther() {
    List<List<Label>> byPrimitive =
        List.of(
            List.of(Label.BUNDLE, Label.HANDOUT_SIGNATURE, Label.MESSAGE_SIGNATURE),
            List.of(Label.ADMISSION, Label.METADATA, Label.MESSAGE_KEY),
            List.of(Label.USERNAME, Label.ROOM_NAME, Label.MESSAGE));
    for (List<Label> labels : byPrimitive) {
      for (Label one : labels) {
        assertThat(labels.stream().filter(other -> startsWith(other, one))).containsExactly(one);
      }
    }
    assertThat(Stream.of(Label.values()).map(Label::bytes).map(Arrays::hashCode).distinct())
        .hasSize(Label.values().length);
  }

  private static boolean startsWith(Label label, Label beginning) {
    byte[] start = beginning.bytes();
    byte[] bytes = label.bytes();
    return bytes.length >= start.length
        && Arrays.equals(bytes, 0, start.length, start, 0, start.length);
  }
}
