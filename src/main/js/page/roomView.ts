import type { ClientRoom, Invite, Member, ResoluteClient, RoomId } from "../src/index.js";
import { Composer, onlyTouch } from "./composer.js";
import { Conversation, type Change, type ConversationView, type Ending } from "./conversation.js";
import { closeDialogs, openDialog } from "./dialogs.js";
import { byId, whileBusy } from "./dom.js";
import { InviteDialog } from "./inviteDialog.js";
import { Log } from "./log.js";
import { People } from "./people.js";
import { SafetyDialog } from "./safetyDialog.js";
import { roomName } from "./text.js";
import type { Title } from "./title.js";
import { show } from "./views.js";
import * as words from "./words.js";

/** Where one goes from a room. */
export interface Exits {
  /**
   * @param notice what has just happened; empty if that was said already
   * @param username what is filled in for one's name; empty if somebody else may sit here next
   */
  start(notice: string, username: string): void;
  /** To an invite that may still let one in. */
  invite(invite: Invite): void;
}

/** The close code of a server that is shut down (RFC 6455 §7.4.1). */
const GOING_AWAY = 1001;

interface Stay {
  client: ResoluteClient;
  room: ClientRoom;
  conversation: Conversation;
  /** How one came in; undefined for the owner. */
  invite: Invite | undefined;
}

/** The view of a room. */
export class RoomView implements ConversationView {
  readonly #log = new Log();
  readonly #people = new People();
  readonly #invites = new InviteDialog();
  readonly #safety = new SafetyDialog({
    changed: () => this.#showPeople(),
    outdated: () => this.#outdated(),
    differ: (takenBack) =>
      this.#log.warn(words.DIFFER, takenBack ? " That you have the same, as you said before, is taken back." : ""),
    agree: () => this.#log.event("You have the same safety number after all, as you say: the warning is taken back."),
  });
  readonly #composer = new Composer((text, to) => this.#say(text, to));
  readonly #title: Title;
  readonly #exits: Exits;
  #stay: Stay | undefined;
  /** Who came or went last of those whom the safety number stands for. */
  #change: Change | undefined;

  constructor(title: Title, exits: Exits) {
    this.#title = title;
    this.#exits = exits;
    byId("leave-open").addEventListener("click", () => openDialog("leave-dialog"));
    byId("leave-yes").addEventListener("click", () => void this.#leave());
    byId("ended-start").addEventListener("click", () => this.#startAnew());
    byId("ended-again").addEventListener("click", () => this.#goOn());
  }

  /** Whether somebody would lose something by closing the page. */
  get isOpen(): boolean {
    return this.#stay !== undefined && !this.#stay.conversation.isOver;
  }

  /** Whether a conversation is shown, be it over. */
  get isShown(): boolean {
    return this.#stay !== undefined;
  }

  /** Whether this is the room whose conversation is shown, be it over. */
  shows(room: RoomId): boolean {
    return this.#stay?.room.id === room;
  }

  /** Makes what is told of a room that one is about to enter. */
  expect(username: string): Conversation {
    return new Conversation(username, this.#log, this);
  }

  /** Shows the room. */
  enter(stay: Stay): void {
    const { room } = stay;
    this.#stay = stay;
    this.#log.clear();
    byId("room-name").textContent = roomName(room.name);
    byId("ended").hidden = true;
    byId("room").classList.remove("over");
    byId("leave-open").hidden = false;
    this.#wordLeaving(room.isOwned, stay.invite?.kind === "forever");
    this.#composer.show();
    this.#invites.begin(room);
    this.#safety.begin(room);
    show("room");
    stay.conversation.begin(room);
    // Not its name: browsers keep titles in their history.
    this.#title.set("In a room");
    if (room.isOwned) {
      byId("empty-invite").focus();
    } else if (!onlyTouch()) {
      // On a phone this would call the keyboard, which hides half of what there is to see.
      this.#composer.focus();
    }
  }

  membersChanged(change?: Change): void {
    this.#change = change ?? this.#change;
    this.#safety.changed();
    this.#showPeople();
    this.#showEmptiness();
  }

  /** Nothing is wrong where somebody has gone; who came is somebody whom nobody has compared it with. */
  #outdated(): void {
    const change = this.#change;
    const isAlone = this.#stay?.conversation.members.length === 0;
    const begin = "The safety number that you compared is another one now";
    if (change === undefined) {
      this.#log.warn(`${begin}: compare it again.`);
    } else if (change.came) {
      this.#log.warn(`${begin}, because `, change.who, " came in: compare it again.");
    } else {
      this.#log.event(`${begin}, because `, change.who, ` is gone${isAlone ? "" : ": compare it again"}.`);
    }
  }

  #showPeople(): void {
    if (this.isOpen && this.#stay !== undefined) {
      const { conversation, room } = this.#stay;
      this.#people.show(conversation, room.isOwned, this.#safety.answer);
      const reachable = conversation.members.filter((member) => member.isReachable);
      this.#composer.offer(reachable.map((member) => ({ member, name: conversation.nameOf(member) })));
    }
  }

  somebodyCame(who: string): void {
    this.#invites.somebodyCame(who);
    if (document.activeElement === document.body && !onlyTouch()) {
      this.#composer.focus();
    }
  }

  said(): void {
    this.#title.count();
  }

  ended(how: Ending): void {
    const stay = this.#stay;
    if (stay === undefined) {
      return;
    }
    // Whoever was in the middle of a sentence can still copy it.
    this.#keep(this.#composer.draft);
    this.#end();
    this.#people.end();
    byId("leave-open").hidden = true;
    byId("empty").hidden = true;
    stay.client.close();
    this.#explain(how, stay);
    byId("ended").hidden = false;
    byId("room").classList.add("over");
    byId("ended-title").focus();
    this.#log.scrollToEnd();
    this.#title.set("Ended");
  }

  #explain(how: Ending, { room, invite }: Stay): void {
    // With the server went the room.
    const isServerGone = how.kind === "lost" && how.why.code === GOING_AWAY;
    const canJoinAgain = how.kind === "lost" && invite?.kind === "forever" && !isServerGone;
    byId("ended-again").hidden = !canJoinAgain;
    byId("ended-start").textContent = canJoinAgain ? "Go to the start" : "Make a new room";
    if (how.kind === "closed") {
      byId("ended-title").textContent = "The room is closed.";
      byId("ended-text").textContent = words.roomClosed(how.reason, room.isOwned);
      return;
    }
    byId("ended-title").textContent = "The connection is lost.";
    let meaning = "You made this room: it is closed for everybody, and its invites are gone.";
    if (isServerGone) {
      meaning = "The room is gone with it, and its invites. When the server is back, make a new room.";
    } else if (!room.isOwned) {
      meaning = canJoinAgain
        ? "You are not in the room any more. If it is still there, your invite lets you in again, as somebody new."
        : "You are not in the room any more. Your invite was for one time: to come back, ask for another one.";
    }
    byId("ended-text").textContent = `${words.lost(how.why)} ${meaning}`;
  }

  /** Whoever goes on from a room that has ended is still the same. */
  #startAnew(): void {
    const username = this.#stay?.conversation.names.own.name ?? "";
    this.#goTo(() => this.#exits.start("", username));
  }

  #keep(unsent: string): void {
    byId<HTMLTextAreaElement>("unsent-text").value = unsent;
    byId("unsent").hidden = unsent === "";
  }

  #goOn(): void {
    const invite = this.#stay?.invite;
    if (invite !== undefined) {
      this.#goTo(() => this.#exits.invite(invite));
    }
  }

  #end(): void {
    closeDialogs();
    this.#composer.hide();
    this.#invites.end();
    this.#safety.end();
  }

  /** Nothing of the room stays in the page. */
  #goTo(exit: () => void): void {
    this.#end();
    this.#stay = undefined;
    this.#change = undefined;
    this.#log.clear();
    this.#keep("");
    this.#people.clear();
    byId("room-name").textContent = "";
    exit();
  }

  #wordLeaving(owned: boolean, canComeBack: boolean): void {
    const verb = owned ? "Close the room" : "Leave the room";
    byId("leave-text").textContent = owned ? "Close" : "Leave";
    byId("leave-title").textContent = `${verb}?`;
    byId("leave-yes").textContent = verb;
    const meaning = canComeBack
      ? "Your invite lets you in again until it is reset."
      : "To come back, you need another invite.";
    byId("leave-what").textContent = owned
      ? "You made it: it ends for everybody, and its invites with it. What was said goes from this page."
      : `${meaning} What was said goes from this page.`;
  }

  async #leave(): Promise<void> {
    const stay = this.#stay;
    if (stay === undefined) {
      return;
    }
    const { client, room, conversation } = stay;
    conversation.leave();
    let notice = room.isOwned ? words.AFTERWARDS.closed : words.AFTERWARDS.left;
    try {
      await whileBusy(byId<HTMLButtonElement>("leave-yes"), () => (room.isOwned ? room.close() : room.leave()));
    } catch {
      // Closing the connection has the same effect, if the server plays its part.
      notice = room.isOwned ? words.AFTERWARDS.unconfirmed : notice;
    }
    client.close();
    this.#goTo(() => this.#exits.start(notice, ""));
  }

  #say(text: string, to: Member | undefined): void {
    void this.#stay?.conversation.say(text, to);
    this.#showEmptiness();
  }

  #showEmptiness(): void {
    byId("empty").hidden = !(
      this.#stay?.room.isOwned &&
      this.#stay.conversation.members.length === 0 &&
      this.#log.isEmpty
    );
  }
}
