package io.resolute.client.e2ee;

import io.resolute.protocol.UserId;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** How often one thread does each step of a sealed room in a second, and what each allocates. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(3)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class CryptoBenchmark {
  private static final String TEXT = "x".repeat(200);
  private static final int OTHERS = 99;
  private static final UserId PEER = new UserId("P".repeat(32));

  private final SecureRandom random = new SecureRandom();
  private final Cast cast = new Cast();
  private final byte[] bundle = cast.bob.bundle().encoded();
  private final SenderChain chain = SenderChain.start(0, random);
  private final String handout = Handout.seal(alice(), bob(), Audience.ROOM, chain).encode();
  private final byte[] chainKey = chain.copyKey();
  private final String message = seal(chain);
  private final SealedRoom room = cast.alice.enter();
  private final RsaScheme rsa = RsaScheme.generate(random);
  private final RoomCipher rsaRoom = rsa.openRoom();
  private SenderChain sending = SenderChain.start(0, random);
  private String rsaContent = "";

  /** Fills the rooms. */
  @Setup
  public void fill() {
    for (int i = 0; i < OTHERS; i++) {
      String name = "%032d".formatted(i);
      room.admit(new UserId(name), new Party(name).publicKey);
    }
    rsaRoom.admit(PEER, rsa.publicKey());
    rsaContent = rsaRoom.sealFor(PEER, TEXT).get(0).content();
  }

  private Speaker alice() {
    return cast.alice.speaker;
  }

  private Bundle bob() {
    return cast.bob.bundle();
  }

  private String seal(SenderChain with) {
    byte[] padded = Padding.MESSAGE.pad(TEXT);
    return SealedMessage.seal(alice(), Audience.ROOM, with, padded).encode();
  }

  /** Makes what a client is in one room. */
  @Benchmark
  public Object makeIdentity() {
    return Identity.generate(random);
  }

  /** Checks the bundle of a newcomer. */
  @Benchmark
  public Object checkBundle() {
    return Bundle.parse(bundle).orElseThrow();
  }

  /** Hands one member a sender key. */
  @Benchmark
  public Object sealSenderKey() {
    return Handout.seal(alice(), bob(), Audience.ROOM, chain).encode();
  }

  /** Takes one. */
  @Benchmark
  public Object openSenderKey() throws RejectedException {
    Envelope envelope = Envelope.parse(handout);
    return Handout.open(cast.bob.speaker, cast.alice.bundle(), envelope);
  }

  /** Seals a message of 200 bytes for all. */
  @Benchmark
  public Object sealMessage() {
    if (sending.isSpent()) {
      sending = SenderChain.start(0, random);
    }
    return seal(sending);
  }

  /** Opens one. */
  @Benchmark
  public Object openMessage() throws RejectedException {
    Envelope envelope = Envelope.parse(message);
    byte[] key = new ChainKey(chainKey.clone()).step();
    return SealedMessage.read(cast.bob.speaker, cast.alice.bundle(), envelope).open(key);
  }

  /** Says the first thing on a new chain in a room of 100: 99 handouts and the message. */
  @Benchmark
  public Object rotateInRoomOf100() {
    room.renew();
    return room.sealForAll(TEXT);
  }

  /** Makes the key pair of an old peer. */
  @Benchmark
  public Object rsaMakeKeyPair() {
    return RsaScheme.generate(random);
  }

  /** Encrypts a message of 200 bytes to one old peer. */
  @Benchmark
  public Object rsaEncrypt() {
    return rsaRoom.sealFor(PEER, TEXT);
  }

  /** Decrypts one. */
  @Benchmark
  public void rsaDecrypt() {
    rsaRoom.open(PEER, rsaContent, new Unread());
  }

  private static final class Unread implements RoomCipher.Reader {
    @Override
    public void missing(int messages) {
      throw new IllegalStateException("nothing is missing");
    }

    @Override
    public void text(String text, boolean isPrivate) {
      if (text.length() != TEXT.length()) {
        throw new IllegalStateException("another text");
      }
    }

    @Override
    public void unreadable(Rejection why) {
      throw new IllegalStateException("unreadable");
    }
  }
}
