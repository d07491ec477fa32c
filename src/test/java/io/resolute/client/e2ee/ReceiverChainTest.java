package io.resolute.client.e2ee;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReceiverChainTest {
  @Test
  void noMoreKeysOfMissingMessagesAreKeptThanTheBound() {
    Party alice = new Party("alice");
    Party bob = new Party("bob");
    Party.meet(alice, bob);
    bob.takes(alice, alice.says("first"));
    List<Sealed> oldest = alice.says("oldest");
    for (int i = 1; i < ReceiverChain.MAX_SKIPPED; i++) {
      alice.says("dropped");
    }
    bob.takes(alice, alice.says("after the gap"));
    List<Sealed> oneMore = alice.says("one more");
    bob.takes(alice, alice.says("last"));
    assertThat(bob.hears(alice, oldest)).isEqualTo(Party.rejected(Rejection.REPLAYED));
    assertThat(bob.hears(alice, oneMore)).isEqualTo(Party.text("one more"));
  }
}
