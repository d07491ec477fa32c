package io.resolute.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.resolute.client.MixedServer.Kind;
import io.resolute.client.Party.Seat;
import io.resolute.client.Party.Sent;
import io.resolute.protocol.ClientPacket.KeyKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Java and TypeScript clients, some of them on the event bus, open each other's everything. {@code
 * -Dmixed.seed=17} has the one conversation of this seed alone, {@code -Dmixed.conversations=1000}
 * has more of them.
 */
class MixedConversationIT {
  private static final int CONVERSATIONS = 100;
  private static final int AT_ONCE = 4;
  private static final int CLIENTS_OF_A_KIND = 4;
  private static final int CHAIN = 1024;
  private static final int SHOWN = 8;
  private static final int SHOWN_SIGNS = 400;

  private static MixedServer server;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    server = new MixedServer(folder, 2);
  }

  @AfterAll
  static void end() {
    server.close();
  }

  @Test
  void aHundredRandomConversationsAreHeardByAllWhoAreThereAndByNobodyElse() throws Exception {
    List<Party> parties = new ArrayList<>();
    for (int i = 0; i < CLIENTS_OF_A_KIND; i++) {
      for (Kind kind : Kind.values()) {
        parties.add(server.connect(kind));
      }
    }
    Long only = Long.getLong("mixed.seed");
    int conversations = Integer.getInteger("mixed.conversations", CONVERSATIONS);
    LongStream seeds =
        only == null ? LongStream.rangeClosed(1, conversations) : LongStream.of(only);
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    try {
      List<Callable<Optional<AssertionError>>> courses =
          seeds
              .<Callable<Optional<AssertionError>>>mapToObj(seed -> () -> failure(seed, parties))
              .toList();
      List<AssertionError> failures = new ArrayList<>();
      for (var outcome : threads.invokeAll(courses)) {
        outcome.get().ifPresent(failures::add);
      }
      if (!failures.isEmpty()) {
        throw wentWrong(failures);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static Optional<AssertionError> failure(long seed, List<Party> parties) {
    try {
      new Course(seed, parties).run();
      return Optional.empty();
    } catch (AssertionError | RuntimeException failure) {
      String what = "-Dmixed.seed=" + seed + " " + failure.getMessage();
      return Optional.of(new AssertionError(what, failure));
    }
  }

  /**
   * The first few on the one line that Maven's summary has of a failure, and each in full below.
   */
  private static AssertionError wentWrong(List<AssertionError> failures) {
    String line =
        failures.stream()
            .limit(SHOWN)
            .map(failure -> String.valueOf(failure.getMessage()).replaceAll("\\s+", " "))
            .map(failure -> failure.substring(0, Math.min(SHOWN_SIGNS, failure.length())))
            .collect(Collectors.joining("; ", failures.size() + " went wrong: ", ""));
    AssertionError all = new AssertionError(line);
    failures.forEach(all::addSuppressed);
    return all;
  }

  @ParameterizedTest
  @EnumSource
  void everyScriptAndEveryPaddingArrivesAtEveryKindFrom(Kind speaking) throws Exception {
    Seat speaker = server.connect(speaking).create("room", "speaker");
    List<Seat> listeners = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      String name = kind.name();
      listeners.add(server.connect(kind).join(speaker.invite(KeyKind.ONE_TIME), name));
      assertThat(speaker.told().next()).isEqualTo(name + " joined VERIFIED");
      for (Seat earlier : listeners.subList(0, listeners.size() - 1)) {
        assertThat(earlier.told().next()).isEqualTo(name + " joined VERIFIED");
      }
    }
    List<String> texts = new ArrayList<>(Texts.ofAllSizes());
    texts.addAll(Texts.ofAllScripts());
    texts.add("");
    for (String text : texts) {
      Sent sent = JavaParty.await(speaker.say(text));
      assertThat(sent).isEqualTo(new Sent(listeners.size(), List.of()));
      for (Seat listener : listeners) {
        assertThat(listener.told().next()).isEqualTo("speaker: " + text);
        JavaParty.await(speaker.sayTo(listener.userId(), text));
        assertThat(listener.told().next()).isEqualTo("speaker to one: " + text);
      }
    }
    speaker.end();
  }

  @ParameterizedTest
  @EnumSource
  void aChainThatIsUsedUpIsFollowedByAnotherFrom(Kind speaking) throws Exception {
    Seat speaker = server.connect(speaking).create("room", "speaker");
    List<Seat> listeners = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      listeners.add(server.connect(kind).join(speaker.invite(KeyKind.ONE_TIME), kind.name()));
      speaker.told().await(kind.name() + " joined VERIFIED");
    }
    List<CompletableFuture<Sent>> sent = new ArrayList<>();
    for (int i = 0; i <= CHAIN; i++) {
      sent.add(speaker.say("text " + i));
    }
    sent.forEach(JavaParty::await);
    for (Seat listener : listeners) {
      listener.told().await("speaker: text 0");
      for (int i = 1; i <= CHAIN; i++) {
        assertThat(listener.told().next()).isEqualTo("speaker: text " + i);
      }
    }
    speaker.end();
  }
}
