package io.resolute.client.cli;

import io.resolute.client.ClientRoom;
import io.resolute.client.ConnectionLostException;
import io.resolute.client.Member;
import io.resolute.client.ResoluteException;
import io.resolute.client.RoomListener;
import io.resolute.client.e2ee.Rejection;
import io.resolute.protocol.ServerPacket.RoomClosed.ClosedReason;
import io.resolute.protocol.ServerPacket.UserLeft.LeftReason;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * What happens between entering a room and the end: shows what the others do, and does what is
 * typed. Notices begin with {@code * }, so that nothing that anybody says can be taken for one.
 */
final class Conversation implements RoomListener {
  /** When the input is read, and what its end means. */
  record Habits(boolean waitForSomebody, boolean stayAfterInput, boolean hintsAtStaying) {}

  private static final long LEAVE_SECONDS = 2;

  private final Console console;
  private final String wantedName;
  private final Names names = new Names();
  private volatile String username;
  private volatile boolean answeringIsExplained;
  private volatile boolean failed;
  private volatile boolean cut;
  private final CompletableFuture<Optional<ClientRoom>> begun = new CompletableFuture<>();
  private final CompletableFuture<Boolean> somebodyCame = new CompletableFuture<>();
  private final CompletableFuture<ExitCode> over = new CompletableFuture<>();

  Conversation(Console console, String username) {
    this.console = console;
    this.wantedName = username.strip();
    this.username = SafeText.name(username);
  }

  /** Says where one is. What happened in the room meanwhile is shown from here on. */
  void begin(ClientRoom room) {
    // Everybody numbers those of one name in the order of coming in, so that all call them the
    // same.
    room.membersOnEntry().forEach(names::of);
    String plain = username;
    username = names.own(wantedName);
    String others = room.members().stream().map(this::describe).collect(Collectors.joining(", "));
    notice(
        "you are in %s, with %s"
            .formatted(called(room), others.isEmpty() ? "nobody else yet" : others));
    if (!plain.equals(wantedName)) {
      notice(
          "you are called %s here: a name is one word of at most %d characters without : and #"
              .formatted(plain, SafeText.MAX_NAME_CODE_POINTS));
    }
    if (!username.equals(plain)) {
      notice("you are called %s here: the name alone was taken before".formatted(username));
    }
    room.members().forEach(this::warn);
    if (!others.isEmpty()) {
      somebodyCame.complete(true);
    }
    begun.complete(Optional.of(room));
  }

  /**
   * Returns whether nothing in a room can be read: most likely the secret in the invite is not the
   * room's. A hostile server can bring this about as well, and keeps one out then.
   */
  static boolean isForeign(ClientRoom room) {
    return !room.isOwned()
        && room.name().isEmpty()
        && room.members().stream().noneMatch(Member::isReachable);
  }

  /** Leaves a foreign room again, and says why. */
  void turnBack(ClientRoom room) {
    error(
        "the invite may be damaged, or from another room: with it, nobody here counts as invited, and nothing"
            + " that is said here could be read. You are out again, and an invite for one is used up;"
            + " ask for a new one. If that does the same, do not trust this server");
    try {
      leaveInTime(room);
    } catch (CompletionException notInItAnyMore) {
      // The connection is closed next, with the same effect.
    }
  }

  private static String called(ClientRoom room) {
    return room.name().isEmpty()
        ? "a room whose name cannot be read"
        : "\"" + SafeText.line(room.name()) + "\"";
  }

  /** Reads and does what is typed until the conversation is over, and tells how it ended. */
  ExitCode run(Habits habits) throws InterruptedException {
    Thread typing = new Thread(() -> readAll(habits), "chat-input");
    typing.setDaemon(true);
    typing.start();
    ExitCode how = over.join();
    // Where lines are edited, this is what gives the terminal back.
    typing.interrupt();
    typing.join(TimeUnit.SECONDS.toMillis(1));
    // For a script, what could not be done counts in the end; somebody who sits there was told.
    return how == ExitCode.LEFT && failed && !console.isForPeople() ? ExitCode.FAILED : how;
  }

  /** Leaves the room, so that the others are told; from any thread. */
  void leave() {
    leave(ExitCode.LEFT);
  }

  private void leave(ExitCode how) {
    begun.complete(Optional.empty());
    try {
      begun.join().ifPresent(Conversation::leaveInTime);
    } catch (CompletionException notInItAnyMore) {
      // The connection is closed next, with the same effect.
    }
    over.complete(how);
  }

  private static void leaveInTime(ClientRoom room) {
    room.leave().orTimeout(LEAVE_SECONDS, TimeUnit.SECONDS).join();
  }

  /** The connection is lost, and the membership with it. */
  void connectionLost(ConnectionLostException why) {
    begun.join().ifPresent(room -> lost(room.isOwned(), why));
  }

  private void lost(boolean owned, ConnectionLostException why) {
    error(
        "%s; %s"
            .formatted(
                why.getMessage(),
                owned ? "the room and its invites are gone" : "you are not in the room any more"));
    over.complete(ExitCode.CONNECTION_LOST);
  }

  @Override
  public void message(ClientRoom room, Member from, String text, boolean isPrivate) {
    String aside = isPrivate ? " (to you alone): " : ": ";
    whenBegun(
        () -> {
          console.print(names.of(from) + aside + SafeText.line(text));
          if (isPrivate) {
            explainAnswering(names.of(from));
          }
        });
  }

  /** Once: whoever does not know it answers to all. */
  private void explainAnswering(String name) {
    if (!answeringIsExplained) {
      answeringIsExplained = true;
      notice(
          "/to %s TEXT answers %s alone; all read what is typed without it".formatted(name, name));
    }
  }

  @Override
  public void unreadable(ClientRoom room, Member from, Rejection why) {
    whenBegun(() -> notice(names.of(from) + " " + Standing.of(why)));
  }

  @Override
  public void missing(ClientRoom room, Member from, int messages) {
    whenBegun(
        () -> notice("of %s, %d messages are missing here".formatted(names.of(from), messages)));
  }

  @Override
  public void memberJoined(ClientRoom room, Member member) {
    whenBegun(
        () -> {
          if (Standing.isSuspicious(member.status())) {
            notice("%s came in, and %s".formatted(names.of(member), explained(member)));
          } else {
            notice(names.of(member) + " came in");
          }
          somebodyCame.complete(true);
        });
  }

  @Override
  public void memberLeft(ClientRoom room, Member member, LeftReason reason) {
    whenBegun(
        () -> {
          notice(names.of(member) + (reason == LeftReason.LEFT ? " left" : " was disconnected"));
          names.forget(member);
        });
  }

  @Override
  public void roomClosed(ClientRoom room, ClosedReason reason) {
    String why =
        switch (reason) {
          case CLOSED -> "the room is closed";
          case OWNER_LEFT -> "the room is closed: its owner is gone";
          case EXPIRED -> "the room is closed: it reached the age that the server allows";
        };
    whenBegun(
        () -> {
          notice(why);
          cut = true;
          over.complete(ExitCode.LEFT);
        });
  }

  private void whenBegun(Runnable action) {
    if (begun.join().isPresent()) {
      action.run();
    }
  }

  Console console() {
    return console;
  }

  String username() {
    return username;
  }

  Names names() {
    return names;
  }

  /** Does what a line says. */
  void type(String line) {
    try {
      begun.join().ifPresent(room -> Input.parse(line).accept(new Orders(this, room)));
    } catch (ResoluteException failure) {
      fail(Explanation.of(failure));
    } catch (IllegalArgumentException unsayable) {
      fail(String.valueOf(unsayable.getMessage()));
    }
  }

  private void readAll(Habits habits) {
    try {
      readLines(habits);
    } catch (RuntimeException | Error broken) {
      // Nobody could type, nor leave, any more.
      error("what is typed cannot be read any more: " + broken);
      leave(ExitCode.FAILED);
    }
  }

  private void readLines(Habits habits) {
    if (habits.waitForSomebody()) {
      CompletableFuture.anyOf(somebodyCame, over).join();
    }
    String prompt = username + ": ";
    String line = console.readLine(prompt);
    while (line != null && !over.isDone()) {
      type(line);
      line = over.isDone() ? null : console.readLine(prompt);
    }
    if (cut && (line != null || console.hasMore())) {
      fail("the room was closed before the rest of the input was said");
    }
    if (!habits.stayAfterInput()) {
      if (habits.hintsAtStaying() && !somebodyCame.isDone() && !over.isDone()) {
        notice("the input has ended before somebody came in, and so does the room; see --stay");
      }
      leave();
    }
  }

  String describe(Member member) {
    return names.of(member) + Standing.of(member);
  }

  private static String explained(Member member) {
    return Standing.explain(member.status());
  }

  private void warn(Member member) {
    if (Standing.isSuspicious(member.status())) {
      error(names.of(member) + " " + explained(member));
    }
  }

  void notice(String text) {
    console.print("* " + text);
  }

  void error(String text) {
    console.printError("! " + text);
  }

  /** Says that what was typed could not be done. */
  void fail(String text) {
    failed = true;
    error(text);
  }
}
