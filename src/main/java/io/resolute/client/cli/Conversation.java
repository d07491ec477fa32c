package io.resolute.client.cli;

import io.resolute.client.ClientRoom;
import io.resolute.client.ConnectionLostException;
import io.resolute.client.Invite;
import io.resolute.client.Member;
import io.resolute.client.ResoluteException;
import io.resolute.client.RoomListener;
import io.resolute.client.RoomMembers;
import io.resolute.client.SendResult;
import io.resolute.client.e2ee.Rejection;
import io.resolute.client.e2ee.SafetyNumber;
import io.resolute.protocol.ClientPacket.KeyKind;
import io.resolute.protocol.ServerPacket.RoomClosed.ClosedReason;
import io.resolute.protocol.ServerPacket.UserLeft.LeftReason;
import java.util.ArrayList;
import java.util.List;
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
  record Habits(boolean waitForSomebody, boolean stayAfterInput) {}

  private static final long LEAVE_SECONDS = 2;

  private final Console console;
  private final String username;
  private final Names names;
  private final CompletableFuture<Optional<ClientRoom>> begun = new CompletableFuture<>();
  private final CompletableFuture<Boolean> somebodyCame = new CompletableFuture<>();
  private final CompletableFuture<ExitCode> over = new CompletableFuture<>();

  Conversation(Console console, String username) {
    this.console = console;
    this.username = SafeText.name(username);
    this.names = new Names(username);
  }

  /** Says where one is. What happened in the room meanwhile is shown from here on. */
  void begin(ClientRoom room) {
    String others = room.members().stream().map(this::describe).collect(Collectors.joining(", "));
    notice(
        "you are in %s, with %s"
            .formatted(called(room), others.isEmpty() ? "nobody else yet" : others));
    room.members().forEach(this::warn);
    if (!others.isEmpty()) {
      somebodyCame.complete(true);
    }
    begun.complete(Optional.of(room));
  }

  private static String called(ClientRoom room) {
    return room.name().isEmpty()
        ? "a room whose name the server withholds"
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
    return how;
  }

  /** Leaves the room, so that the others are told; from any thread. */
  void leave() {
    begun.complete(Optional.empty());
    try {
      begun.join().ifPresent(Conversation::leaveInTime);
    } catch (CompletionException notInItAnyMore) {
      // The connection is closed next, with the same effect.
    }
    over.complete(ExitCode.LEFT);
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
  public void message(ClientRoom room, Member from, String text) {
    whenBegun(() -> console.print(names.of(from) + ": " + SafeText.line(text)));
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
          notice(describe(member) + " came in");
          warn(member);
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
          over.complete(ExitCode.LEFT);
        });
  }

  private void whenBegun(Runnable action) {
    if (begun.join().isPresent()) {
      action.run();
    }
  }

  /** Does what a line says. */
  void type(String line) {
    try {
      begun.join().ifPresent(room -> Input.parse(line).accept(new Doing(room)));
    } catch (ResoluteException failure) {
      error(Explanation.of(failure));
    } catch (IllegalArgumentException unsayable) {
      error(String.valueOf(unsayable.getMessage()));
    }
  }

  private void readAll(Habits habits) {
    if (habits.waitForSomebody()) {
      CompletableFuture.anyOf(somebodyCame, over).join();
    }
    String prompt = username + ": ";
    for (String line = console.readLine(prompt);
        line != null && !over.isDone();
        line = over.isDone() ? null : console.readLine(prompt)) {
      type(line);
    }
    if (!habits.stayAfterInput()) {
      leave();
    }
  }

  private final class Doing implements Input.Visitor<Boolean> {
    private final ClientRoom room;

    Doing(ClientRoom room) {
      this.room = room;
    }

    @Override
    public Boolean say(Input.Say input) {
      SendResult sent = Await.result(room.sendToAll(input.text()));
      for (Member member : sent.unreached()) {
        error(names.of(member) + " is not reached by this");
      }
      if (sent.recipients() == 0 && sent.unreached().isEmpty()) {
        notice("nobody else is here to read this");
      }
      return true;
    }

    @Override
    public Boolean order(Input.Order input) {
      switch (input.command()) {
        case WHO -> who();
        case INVITE -> console.printInvite(invite(KeyKind.ONE_TIME).toLink());
        case FOREVER -> console.printInvite(invite(KeyKind.FOREVER).toLink());
        case RESET -> {
          Await.result(room.resetKeys());
          notice("invites that are not used yet are worthless now");
        }
        case SAFETY -> safety();
        case LEAVE -> leave();
        case HELP -> help();
      }
      return true;
    }

    @Override
    public Boolean unknown(Input.Unknown input) {
      error("there is no such command; /help shows them, and // begins a text with a slash");
      return true;
    }

    @Override
    public Boolean nothing(Input.Nothing input) {
      return true;
    }

    private Invite invite(KeyKind kind) {
      return Await.result(room.invite(kind));
    }

    private void who() {
      RoomMembers members = Await.result(room.listMembers());
      List<String> all = new ArrayList<>();
      all.add(username + (room.isOwned() ? " (you, the owner)" : " (you)"));
      for (Member member : members.others()) {
        boolean owner = member.id().equals(members.owner());
        all.add(
            describe(member)
                + (member.isVerified() ? " (verified)" : "")
                + (owner ? " (the owner)" : ""));
      }
      notice("here: " + String.join(", ", all));
    }

    private void safety() {
      Optional<SafetyNumber> number = Await.result(room.safetyNumber());
      if (number.isEmpty()) {
        notice("there is none: the encryption of this room is weak");
        return;
      }
      notice("safety number: " + number.get().grouped());
      notice("in short:      " + String.join(" ", number.get().signs()));
      notice(
          "compare it on the telephone or face to face: all who are verified here have the same");
    }

    private void help() {
      for (Input.Command command : Input.Command.values()) {
        notice("%-9s %s".formatted(command.typed(), command.effect()));
      }
    }
  }

  private String describe(Member member) {
    return names.of(member) + Standing.of(member);
  }

  private void warn(Member member) {
    if (Standing.isSuspicious(member.status())) {
      error("be careful: %s%s".formatted(names.of(member), Standing.of(member)));
    }
  }

  private void notice(String text) {
    console.print("* " + text);
  }

  private void error(String text) {
    console.printError("! " + text);
  }
}
