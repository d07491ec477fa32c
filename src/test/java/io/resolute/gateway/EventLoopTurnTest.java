package io.resolute.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class EventLoopTurnTest {
  private final Queue<Runnable> ends = new ArrayDeque<>();
  private final List<String> done = new ArrayList<>();
  private long time;
  private final EventLoopTurn turn = new EventLoopTurn(ends::add, () -> time);

  @Test
  void timeStandsStillInOneTurnAndGoesOnInTheNext() {
    time = 5;
    assertThat(turn.getAsLong()).isEqualTo(5);
    time = 6;
    assertThat(turn.getAsLong()).isEqualTo(5);
    ends.remove().run();
    assertThat(turn.getAsLong()).isEqualTo(6);
    assertThat(ends).hasSize(1);
  }

  @Test
  void whatIsToBeDoneAtTheEndIsDoneInItsOrderAndOnce() {
    turn.atEnd(() -> done.add("first"));
    turn.atEnd(() -> done.add("second"));
    assertThat(done).isEmpty();
    assertThat(ends).hasSize(1);
    ends.remove().run();
    turn.getAsLong();
    ends.remove().run();
    assertThat(done).containsExactly("first", "second");
  }

  @Test
  void whatIsAddedAtTheEndIsDoneToo() {
    turn.atEnd(() -> turn.atEnd(() -> done.add("late")));
    ends.remove().run();
    while (!ends.isEmpty()) {
      ends.remove().run();
    }
    assertThat(done).containsExactly("late");
  }
}
