package io.resolute.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.resolute.testing.MemoryMap;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class SecretMemoryTest {
  private static final int BYTES = 100;

  private static List<MemoryMap.Mapping> lockedMappings() {
    return MemoryMap.of("self").lockedAndUndumped();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void itsPagesAreLockedAndUndumpedBetweenTwoThatNobodyMayTouch() {
    List<MemoryMap.Mapping> before = lockedMappings();
    try (SecretMemory memory = SecretMemory.allocate(BYTES)) {
      assumeTrue(memory.protection().locked(), "no right to lock memory here");
      List<MemoryMap.Mapping> added = lockedMappings();
      added.removeAll(before);
      assertThat(added).hasSize(1);
      MemoryMap.Mapping pages = added.get(0);
      assertThat(pages.rights()).isEqualTo("---p");
      assertThat(pages.flags()).contains("lo", "dd", "dc");
      MemoryMap map = MemoryMap.of("self");
      assertThat(map.endingAt(pages.start()).rights()).isEqualTo("---p");
      assertThat(map.endingAt(pages.start()).flags()).doesNotContain("lo");
      assertThat(map.beginningAt(pages.end()).rights()).isEqualTo("---p");
      assertThat(map.beginningAt(pages.end()).flags()).doesNotContain("lo");
      memory.use(
          bytes ->
              assertThat(MemoryMap.of("self").beginningAt(pages.start()).rights())
                  .isEqualTo("rw-p"));
    }
    assertThat(lockedMappings()).isEqualTo(before);
  }

  @Test
  void whatIsPutThereIsThereAtTheNextUse() {
    try (SecretMemory memory = SecretMemory.allocate(BYTES)) {
      memory.use(bytes -> assertThat(bytes.capacity()).isEqualTo(BYTES));
      memory.use(bytes -> bytes.putInt(BYTES - 4, 0x01020304));
      memory.use(bytes -> assertThat(bytes.getInt(BYTES - 4)).isEqualTo(0x01020304));
      memory.use(bytes -> assertThat(bytes.get(BYTES - 1)).isEqualTo((byte) 4));
    }
  }

  @Test
  void afterClosingItCannotBeUsed() {
    SecretMemory memory = SecretMemory.allocate(BYTES);
    memory.close();
    memory.close();
    assertThatIllegalStateException().isThrownBy(() -> memory.use(bytes -> {}));
  }

  @Test
  void afterAUseThatFailsItCanBeUsedAgain() {
    try (SecretMemory memory = SecretMemory.allocate(BYTES)) {
      assertThatIllegalStateException()
          .isThrownBy(
              () ->
                  memory.use(
                      bytes -> {
                        throw new IllegalStateException("in the middle");
                      }));
      memory.use(bytes -> assertThat(bytes.get(0)).isZero());
    }
  }

  @Test
  void withoutTheCallsItIsWipedAllTheSameAndSaysWhatItIsNot() {
    List<ByteBuffer> kept = new ArrayList<>();
    SecretMemory memory = new PlainMemory(BYTES, "do this");
    memory.use(kept::add);
    memory.use(bytes -> bytes.putInt(3, -1));
    assertThat(kept.get(0).getInt(3)).isEqualTo(-1);
    assertThat(memory.protection()).isEqualTo(new Protection(false, false, "do this"));
    memory.close();
    for (int i = 0; i < BYTES; i++) {
      assertThat(kept.get(0).get(i)).isZero();
    }
    assertThatIllegalStateException().isThrownBy(() -> memory.use(bytes -> {}));
  }
}
