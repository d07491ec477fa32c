package io.resolute.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MeterTest {
  private final Meter ofThis = new Meter(ProcessHandle.current().pid());

  @BeforeEach
  void thereIsProc() {
    assumeTrue(Meter.works(), "Linux");
  }

  @Test
  void aProcessThatRunsHasUsedItsCpuAndMemory() {
    assertThat(ofThis.cpuSeconds()).isPositive();
    assertThat(ofThis.resident()).isGreaterThan(Runtime.getRuntime().totalMemory() / 100);
    assertThat(ofThis.mostDescriptors()).isPositive();
  }

  @Test
  void whatItsObjectsTakeIsLessThanItsHeap() {
    assertThat(ofThis.liveHeap().orElseThrow())
        .isPositive()
        .isLessThan(Runtime.getRuntime().maxMemory());
  }

  @Test
  void aProcessThatIsNoJvmHasNoHeapOfOne() throws IOException {
    Process cat = new ProcessBuilder("cat").start();
    try {
      assertThat(new Meter(cat.pid()).liveHeap()).isEmpty();
    } finally {
      cat.destroyForcibly();
    }
  }

  @Test
  void aProcessThatHasEndedIsAFault() throws Exception {
    Process ended = new ProcessBuilder("true").start();
    ended.waitFor();
    Meter meter = new Meter(ended.pid());
    assertThatThrownBy(meter::cpuSeconds).isInstanceOf(Fault.class).hasMessageContaining("ended");
    assertThatThrownBy(meter::resident).isInstanceOf(Fault.class).hasMessageContaining("ended");
  }
}
