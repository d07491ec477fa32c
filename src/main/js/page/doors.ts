import { InvalidInviteError, readPastedInvite, RequestRefusedError, type Invite, type KeyKind, type PastedInvite } from "../src/index.js";
import { byId, isBusy, make, setError, whileBusy } from "./dom.js";
import { safeName, safeRoomName } from "./text.js";
import { show } from "./views.js";
import * as words from "./words.js";

/**
 * What the views before a room ask for. Both are rejected if there is no way in, and lead nowhere any more once the signal
 * is aborted: something else was chosen since.
 */
export interface Doors {
  create(username: string, roomName: string, signal: AbortSignal): Promise<void>;
  join(invite: Invite, username: string, signal: AbortSignal): Promise<void>;
  /** Told when another view than that of a room is shown. */
  outside(place: string): void;
}

/** The views before a room: the start, an invite, and an invite that is none. */
export class DoorViews {
  readonly #doors: Doors;
  #invite: Invite | undefined;
  /** Aborted when another view is shown. */
  #choice = new AbortController();

  constructor(doors: Doors) {
    this.#doors = doors;
    onSubmit("create", () => this.#create());
    onSubmit("link", async () => this.#follow());
    onSubmit("join", () => this.#join());
    byId("invited-back").addEventListener("click", () => this.#back());
    byId("damaged-back").addEventListener("click", () => this.showStart());
    // A field of several lines, because a link may be broken into several; but it is one thing that is entered.
    byId("link-text").addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.isComposing) {
        event.preventDefault();
        byId<HTMLFormElement>("link").requestSubmit();
      }
    });
  }

  /**
   * @param notice what has just happened; empty if that is nothing
   * @param username what is filled in for one's name
   */
  showStart(notice = "", username = ""): void {
    this.#invite = undefined;
    dropFragment();
    clear("create-error", "create-name-error", "link-error");
    // Somebody else may sit here next.
    for (const id of ["create-name", "create-room", "link-text", "join-name"]) {
      byId<HTMLInputElement>(id).value = "";
      byId(id).removeAttribute("aria-invalid");
    }
    byId<HTMLInputElement>("create-name").value = username;
    setError("start-notice", notice);
    this.#goTo("");
    byId("start-inner").append(byId("limits"));
    show("start");
  }

  /** Whom an invite does not let in makes a room of their own, under the same name. */
  #back(): void {
    const isRefused = byId("join-field").hidden;
    this.showStart("", isRefused ? byId<HTMLInputElement>("join-name").value : "");
  }

  /**
   * Asks whether to come in. Nothing is sent for it.
   *
   * @param seenBy whose link the invite came inside of
   */
  showInvite(invite: Invite, seenBy?: string): void {
    this.#invite = invite;
    clear("join-error", "join-name-error");
    setError("invited-notice", seenBy === undefined ? "" : words.seenBy(seenBy));
    byId("invited-kind").textContent =
      invite.kind === "one-time"
        ? "The invite lets one person in: whoever joins first uses it up."
        : "The invite works for everybody who has it, until it is reset.";
    this.#offerJoining(true);
    this.#goTo("Invite");
    byId("invited-inner").append(byId("limits"));
    show("invited");
  }

  /**
   * Shows the invite in the address bar, or what is wrong with it; without one, the start.
   *
   * @param notice what is said at the start
   */
  showAddress(notice = ""): void {
    if (location.hash.length < 2) {
      this.showStart(notice);
      return;
    }
    try {
      this.showInvite(inviteInAddress());
    } catch (error) {
      this.#showDamage(error);
    }
  }

  /** Says that an invite has led to where nobody can be told from a stranger. */
  showForeign(kind: KeyKind): void {
    this.#showDamaged(
      "This invite is probably damaged.",
      words.foreign(kind),
      "Ask for another one, by a way that keeps every letter of it. If that does the same, do not trust this server.",
    );
  }

  /** With an invite that lets nobody in there is nothing to be joined. */
  #offerJoining(isGood: boolean): void {
    byId("join-field").hidden = !isGood;
    byId("join-submit").hidden = !isGood;
    byId("invited-what").hidden = !isGood;
    byId("invited-title").textContent = isGood ? "You are invited to a room." : "This invite does not work any more.";
    byId("invited-back").className = isGood ? "quiet" : "primary";
    byId("invited-back").textContent = isGood ? "Not now" : "Make a room of your own";
  }

  #showDamage(error: unknown): void {
    this.#showDamaged(
      "This invite is damaged.",
      `${damageOf(error, location.hash)} Nothing was sent to the server, and nothing is used up.`,
      "Copy the link again, all of it, or ask for another one.",
    );
  }

  #showDamaged(title: string, what: string, advice: string): void {
    byId("damaged-title").textContent = title;
    byId("damaged-what").textContent = what;
    byId("damaged-advice").textContent = advice;
    this.#goTo("Damaged invite");
    show("damaged");
  }

  /** What was under way is not what is wanted any more. */
  #goTo(place: string): void {
    this.#choice.abort();
    this.#choice = new AbortController();
    this.#doors.outside(place);
  }

  async #create(): Promise<void> {
    const username = nameIn("create-name");
    if (username === undefined) {
      return;
    }
    const roomName = safeRoomName(byId<HTMLInputElement>("create-room").value) || `${username}’s room`;
    await this.#attempt("create", (signal) => this.#doors.create(username, roomName, signal));
  }

  async #join(): Promise<void> {
    const username = nameIn("join-name");
    const invite = this.#invite;
    if (username !== undefined && invite !== undefined) {
      const failure = await this.#attempt("join", (signal) => this.#doors.join(invite, username, signal));
      if (failure instanceof RequestRefusedError && failure.code === "bad-key") {
        this.#offerJoining(false);
        byId("invited-back").focus();
      }
    }
  }

  /** Returns why it failed, which it has also said; undefined if it did not, or something else was chosen since. */
  async #attempt(form: string, work: (signal: AbortSignal) => Promise<void>): Promise<unknown> {
    const button = byId<HTMLButtonElement>(`${form}-submit`);
    if (isBusy(button)) {
      return undefined;
    }
    clear(`${form}-error`);
    const { signal } = this.#choice;
    const givenUp = new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()));
    try {
      await whileBusy(button, () => Promise.race([work(signal), givenUp]));
      return undefined;
    } catch (error) {
      setError(`${form}-error`, words.failure(error));
      return error;
    }
  }

  /** Reads the link that was pasted. */
  #follow(): void {
    const field = byId<HTMLTextAreaElement>("link-text");
    const pasted = field.value.trim();
    clear("link-error");
    field.removeAttribute("aria-invalid");
    let read: PastedInvite;
    try {
      read = readPastedInvite(pasted);
    } catch (error) {
      setError("link-error", pasted === "" ? "Paste the link here." : `This is not an invite. ${damageOf(error, pasted)}`);
      field.setAttribute("aria-invalid", "true");
      field.focus();
      return;
    }
    const { invite, seenBy } = read;
    if (isHere(invite)) {
      field.value = ""; // A secret: it is not to stay where nobody looks.
      this.showInvite(invite, seenBy);
    } else {
      byId("link-error").replaceChildren(
        `This invite is for another server, ${invite.host}:${invite.port}. `,
        elsewhere(invite.toLink()),
        seenBy === undefined ? "" : ` ${words.seenBy(seenBy)}`,
      );
    }
  }
}

/**
 * Reads the invite in the address bar.
 *
 * @throws InvalidInviteError if it is none
 */
export function inviteInAddress(): Invite {
  // Also here: a program that makes links of what looks like one may take in a point behind it.
  const { invite, seenBy } = readPastedInvite(`${location.origin}/${location.hash}`);
  // Behind the # may be a whole link, which is not what the address leads to.
  if (seenBy !== undefined || !isHere(invite)) {
    throw new InvalidInviteError("PARTS");
  }
  return invite;
}

/** Takes the secret out of the address bar. */
export function dropFragment(): void {
  if (location.hash !== "" || location.href.endsWith("#")) {
    history.replaceState(null, "", location.pathname);
  }
}

/** A link that ends in the middle of its key, between the second dot and the third. */
const ENDS_IN_KEY = /#[^#.]*\.[of]\.[0-9A-Za-z]{0,31}$/;

function damageOf(error: unknown, link: string): string {
  if (!(error instanceof InvalidInviteError)) {
    return words.failure(error);
  }
  return words.DAMAGED[error.problem === "JOIN_KEY" && ENDS_IN_KEY.test(link) ? "NO_ROOM_SECRET" : error.problem];
}

function isHere(invite: Invite): boolean {
  return new URL(`https://${invite.host}:${invite.port}/`).origin === location.origin;
}

/** The key in the link is no other server's business: it is for the person to go there. */
function elsewhere(link: string): HTMLElement {
  const anchor = make("a", "", "Open it there");
  anchor.href = link;
  anchor.rel = "noreferrer";
  return anchor;
}

/** Returns what is in a field for a name; undefined if it is nothing, and says so. */
function nameIn(id: string): string | undefined {
  const field = byId<HTMLInputElement>(id);
  const name = safeName(field.value);
  setError(`${id}-error`, name === "" ? "Say what the others should call you." : "");
  if (name === "") {
    field.setAttribute("aria-invalid", "true");
    field.focus();
    return undefined;
  }
  field.removeAttribute("aria-invalid");
  return name;
}

function onSubmit(id: string, action: () => Promise<void>): void {
  byId<HTMLFormElement>(id).addEventListener("submit", (event) => {
    event.preventDefault();
    void action();
  });
}

function clear(...ids: string[]): void {
  ids.forEach((id) => setError(id, ""));
}
