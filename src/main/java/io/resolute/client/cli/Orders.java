package io.resolute.client.cli;

import io.resolute.client.ClientRoom;
import io.resolute.client.Invite;
import io.resolute.client.Member;
import io.resolute.client.MemberUnreachableException;
import io.resolute.client.RoomMembers;
import io.resolute.client.SendResult;
import io.resolute.client.e2ee.SafetyNumber;
import io.resolute.protocol.ClientPacket.KeyKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Does what is typed in a room. */
final class Orders implements Input.Visitor<Boolean> {
  // Six groups of five digits and the spaces between them.
  private static final int HALF_NUMBER = 35;

  private final Conversation conversation;
  private final ClientRoom room;

  Orders(Conversation conversation, ClientRoom room) {
    this.conversation = conversation;
    this.room = room;
  }

  @Override
  public Boolean say(Input.Say input) {
    SendResult sent = Await.result(room.sendToAll(input.text()));
    for (Member member : sent.unreached()) {
      conversation.fail(conversation.names().of(member) + " is not reached by this");
    }
    if (sent.recipients() == 0 && sent.unreached().isEmpty()) {
      conversation.fail("nobody else is here to read this");
    }
    return true;
  }

  @Override
  public Boolean order(Input.Order input) {
    switch (input.command()) {
      case WHO -> who();
      case TO -> conversation.fail("it says nothing to anybody without a name: /to NAME TEXT");
      case INVITE -> invite(KeyKind.ONE_TIME, "* this lets one person in");
      case FOREVER ->
          invite(
              KeyKind.FOREVER, "* this lets in anybody who has it, until /reset: keep it secret");
      case RESET -> {
        Await.result(room.resetKeys());
        conversation.notice("invites that are not used yet are worthless now");
      }
      case QR -> conversation.console().drawInvite();
      case SAFETY -> safety();
      case LEAVE -> conversation.leave();
      case HELP -> help();
    }
    return true;
  }

  @Override
  public Boolean aside(Input.Aside input) {
    String name = SafeText.line(input.name());
    Optional<Member> named = conversation.names().memberOf(name);
    if (named.isEmpty()) {
      conversation.fail(nobody(name));
    } else if (SafeText.isBlank(input.text())) {
      conversation.fail("nothing is said to %s: /to %s TEXT".formatted(name, name));
    } else {
      sayAlone(named.get(), input.text());
    }
    return true;
  }

  private String nobody(String name) {
    if (name.equalsIgnoreCase(conversation.username())) {
      return "this is what you are called yourself; nothing is sent";
    }
    return Names.isShared(name)
        ? "whoever has no name cannot be told from others without one, and reads nothing; nothing is"
            + " sent"
        : "nobody here is called %s; nothing is sent, and /who shows the names".formatted(name);
  }

  private void sayAlone(Member member, String text) {
    String name = conversation.names().of(member);
    try {
      Await.result(room.sendTo(member, text));
      conversation.notice("to %s alone: %s".formatted(name, SafeText.line(text)));
    } catch (MemberUnreachableException unreached) {
      conversation.fail(name + " is not reached by this");
    }
  }

  @Override
  public Boolean excessive(Input.Excessive input) {
    conversation.fail(input.command().typed() + " takes nothing behind it");
    return true;
  }

  @Override
  public Boolean unknown(Input.Unknown input) {
    conversation.fail(
        "there is no such command; /help shows them, and // begins a text with a slash");
    return true;
  }

  @Override
  public Boolean nothing(Input.Nothing input) {
    return true;
  }

  private void invite(KeyKind kind, String meaning) {
    Invite invite = Await.result(room.invite(kind));
    conversation.console().printInvite(invite.toLink(), List.of(meaning));
  }

  private void who() {
    RoomMembers members = Await.result(room.listMembers());
    List<String> all = new ArrayList<>();
    all.add(conversation.username() + (room.isOwned() ? " (you, the owner)" : " (you)"));
    for (Member member : members.others()) {
      boolean owner = member.id().equals(members.owner());
      all.add(
          conversation.describe(member)
              + (member.isVerified() ? " (invited)" : "")
              + (owner ? " (the owner)" : ""));
    }
    conversation.notice("here: " + String.join(", ", all));
  }

  private void safety() {
    Optional<SafetyNumber> number = Await.result(room.safetyNumber());
    if (number.isEmpty()) {
      conversation.notice("there is none: the encryption of this room is weak");
      return;
    }
    String digits = number.get().grouped();
    conversation.notice("safety number: " + digits.substring(0, HALF_NUMBER));
    conversation.notice("               " + digits.substring(HALF_NUMBER + 1));
    conversation.notice("in short:      " + String.join(" ", number.get().signs()));
    conversation.notice(
        "compare it on the telephone or face to face: all who were invited have the same, and are"
            + " verified then");
  }

  private void help() {
    for (Input.Command command : Input.Command.values()) {
      conversation.notice("%-9s %s".formatted(command.typed(), command.effect()));
    }
    conversation.notice(
        "a name with #2 behind it is of somebody else than the name alone: of two who want the same,"
            + " it is the one who came later; or somebody left, and who came back may be another");
  }
}
