package io.resolute.client.cli;

import io.resolute.client.ClientRoom;
import io.resolute.client.ConnectFailedException;
import io.resolute.client.ConnectOptions;
import io.resolute.client.ResoluteClient;
import io.resolute.client.RoomListener;
import io.resolute.client.cli.Conversation.Habits;
import java.net.URI;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** What {@code create} and {@code join} share: options, and the way in and out. */
abstract class RoomCommand implements Callable<Integer> {
  @Option(
      names = "--as",
      required = true,
      paramLabel = "NAME",
      description = {
        "What the others see you called, in one word of at most "
            + SafeText.MAX_NAME_CODE_POINTS
            + " characters.",
        "The server does not see it."
      })
  private String username = "";

  @ArgGroup private TrustOptions trusted = new TrustOptions();

  @Option(names = "--stay", description = "When the input ends, stay until the room is closed.")
  private boolean stay;

  @Option(
      names = "--allow-rsa",
      description = {
        "Also talk to old clients, whose encryption is weak: the server can read and forge what is",
        "said to them and by them. They are shown as weak."
      })
  private boolean allowRsa;

  private final Surroundings surroundings;

  RoomCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** Returns the server to connect to. May read from the console. */
  abstract URI server(Console console);

  /** Starts to enter the room. */
  abstract CompletableFuture<ClientRoom> enter(
      ResoluteClient client, String name, RoomListener listener);

  /** Says what else there is to say on entering. */
  void greet(Console console, ClientRoom room) {}

  /** Returns whether no input is read before somebody else is there. */
  boolean waitsForSomebody() {
    return false;
  }

  /** Returns whether old clients are talked to. */
  final boolean allowsRsa() {
    return allowRsa;
  }

  /** Returns the options with which another process trusts the same server. */
  final String trustArguments() {
    return trusted.asArguments(surroundings.environment());
  }

  @Override
  public final Integer call() throws InterruptedException {
    requireName("--as", username);
    checkMore();
    var trust = trusted.trust(surroundings.environment());
    try (Console console = surroundings.openConsole()) {
      URI server = server(console);
      Conversation conversation = new Conversation(console, username);
      ConnectOptions options =
          ConnectOptions.builder()
              .trust(trust)
              .allowRsa(allowRsa)
              .listener(conversation::connectionLost)
              .build();
      ResoluteClient client = connect(server, options);
      Thread hook = new Thread(() -> end(conversation, client, console));
      surroundings.atShutdown(hook);
      try {
        return converse(console, conversation, client).code();
      } finally {
        end(conversation, client, console);
        surroundings.notAtShutdown(hook);
      }
    }
  }

  private ResoluteClient connect(URI server, ConnectOptions options) {
    try {
      return Await.result(ResoluteClient.connect(server, options));
    } catch (ConnectFailedException failure) {
      throw new NotConnectedException(
          trusted.explain(failure, server, surroundings.environment()), failure);
    }
  }

  private ExitCode converse(Console console, Conversation conversation, ResoluteClient client)
      throws InterruptedException {
    ClientRoom room = Await.result(enter(client, username, conversation));
    if (Conversation.isForeign(room)) {
      conversation.turnBack(room);
      return ExitCode.USAGE;
    }
    conversation.begin(room);
    greet(console, room);
    boolean hints = room.isOwned() && !console.isForPeople();
    return conversation.run(new Habits(waitsForSomebody(), stay, hints));
  }

  /** Checks what else was given, before anything is done. */
  void checkMore() {}

  /**
   * Checks a name that was given.
   *
   * @throws UsageException if there is nothing in it to be seen
   */
  static void requireName(String option, String name) {
    if (SafeText.isBlank(name)) {
      throw new UsageException(option + ": a name has at least one character that can be seen");
    }
  }

  /** Leaves as one should also when the process is told to end: the others see that one left. */
  private static void end(Conversation conversation, ResoluteClient client, Console console) {
    conversation.leave();
    client.close();
    client.terminated().join();
    console.close();
  }
}
