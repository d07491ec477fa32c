package io.resolute.client.e2ee;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * What somebody gets who has a recording of all that was ever sent, and all that a member's device
 * holds: every 32 bytes in it are tried as a key of every kind.
 */
class StolenStateTest {
  private static final int STEPS = 16;

  private final Party alice = new Party("alice");
  private final Party bob = new Party("bob");
  private final Party carol = new Party("carol");

  @Test
  void aNewcomersWholeStateOpensNothingThatWasSaidBefore() {
    Party.meet(alice, bob);
    List<Sealed> before = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      List<Sealed> said = alice.says("before");
      bob.takes(alice, said);
      before.addAll(said);
      before.addAll(alice.room.sealFor(bob.id, "before, to one"));
    }
    Party.meet(alice, bob, carol);
    List<Sealed> after = alice.says("after");
    carol.room.open(alice.id, after.get(0).content());
    List<byte[]> state = stateOf(carol);
    assertThat(opened(before, bob, state)).isEmpty();
    assertThat(opened(after, carol, state)).containsOnly("after").isNotEmpty();
  }

  @Test
  void theWholeStateOfOneWhoHasLeftOpensNothingThatIsSaidAfterwards() {
    Party.meet(alice, bob, carol);
    List<Sealed> before = alice.says("before");
    carol.room.open(alice.id, before.get(0).content());
    carol.room.open(alice.id, before.get(1).content());
    List<byte[]> state = stateOf(carol);
    alice.room.remove(carol.id);
    List<Sealed> after = new ArrayList<>(alice.says("after"));
    after.addAll(alice.says("and again"));
    assertThat(opened(after, bob, state)).isEmpty();
    assertThat(opened(before, carol, state)).containsOnly("before").isNotEmpty();
  }

  private static List<byte[]> stateOf(Party party) {
    List<byte[]> keys = new ArrayList<>();
    State.visit(
        party.room,
        (path, bytes) -> {
          if (bytes.length == Kdf.KEY_BYTES) {
            keys.add(bytes.clone());
          }
        });
    return keys;
  }

  /** Returns the texts that come out, also by way of the chain keys that come out. */
  private List<String> opened(List<Sealed> recorded, Party recipient, List<byte[]> state) {
    List<byte[]> keys = new ArrayList<>(state);
    for (byte[] seed : state) {
      recorded.forEach(part -> chainKey(part, recipient, seed).ifPresent(keys::add));
    }
    List<String> texts = new ArrayList<>();
    for (byte[] key : keys) {
      for (Sealed part : recorded) {
        ChainKey chain = new ChainKey(key.clone());
        text(part, key.clone()).ifPresent(texts::add);
        for (int step = 0; step < STEPS; step++) {
          text(part, chain.step()).ifPresent(texts::add);
        }
      }
    }
    return texts;
  }

  private Optional<byte[]> chainKey(Sealed part, Party recipient, byte[] seed) {
    Identity thief = new Identity(seed.clone(), new byte[32]);
    Envelope envelope = envelope(part);
    if (envelope.kind() != Envelope.Kind.HANDOUT) {
      return Optional.empty();
    }
    byte[] associated =
        Bytes.concat(
            Speaker.originOf(Party.ROOM, alice.identity.bundle().hash()),
            recipient.identity.bundle().hash().bytes(),
            Envelope.header(Envelope.Kind.HANDOUT, envelope.audience()));
    byte[] sealed = Arrays.copyOf(envelope.body(), envelope.body().length - 64);
    return thief
        .open(Label.HANDOUT, associated, sealed)
        .map(plain -> Arrays.copyOfRange(plain, 20, 52));
  }

  private Optional<String> text(Sealed part, byte[] messageKey) {
    Envelope envelope = envelope(part);
    if (envelope.kind() != Envelope.Kind.MESSAGE) {
      return Optional.empty();
    }
    try {
      Speaker thief = new Speaker(Party.ROOM, carol.identity, new CountedRandom("thief"));
      SealedMessage message = SealedMessage.read(thief, alice.identity.bundle(), envelope);
      return Optional.of(message.open(messageKey));
    } catch (RejectedException closed) {
      return Optional.empty();
    }
  }

  private static Envelope envelope(Sealed part) {
    try {
      return Envelope.parse(part.content());
    } catch (RejectedException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
