import { InvalidInviteError, Invite } from "../src/index.js";
import { byId, isBusy, make, setError, whileBusy } from "./dom.js";
import { safeName, safeRoomName } from "./text.js";
import { show } from "./views.js";
import * as words from "./words.js";

/** What the views before a room ask for. Both are rejected if there is no way in. */
export interface Doors {
  create(username: string, roomName: string): Promise<void>;
  join(invite: Invite, username: string): Promise<void>;
  /** Told when another view than that of a room is shown. */
  outside(place: string): void;
}

/** The views before a room: the start, an invite, and an invite that is none. */
export class DoorViews {
  readonly #doors: Doors;
  #invite: Invite | undefined;

  constructor(doors: Doors) {
    this.#doors = doors;
    onSubmit("create", () => this.#create());
    onSubmit("link", async () => this.#follow());
    onSubmit("join", () => this.#join());
    byId("invited-back").addEventListener("click", () => this.showStart());
    byId("damaged-back").addEventListener("click", () => this.showStart());
  }

  showStart(): void {
    this.#invite = undefined;
    dropFragment();
    clear("create-error", "create-name-error", "link-error");
    byId<HTMLInputElement>("link-text").value = "";
    this.#doors.outside("");
    byId("start-inner").append(byId("limits"));
    show("start");
  }

  /** Asks whether to come in. Nothing is sent for it. */
  showInvite(invite: Invite): void {
    this.#invite = invite;
    clear("join-error", "join-name-error");
    byId("invited-kind").textContent =
      invite.kind === "one-time"
        ? "The invite lets one person in. Opening this page has not used it up."
        : "The invite works for everybody who has it, until it is reset.";
    this.#doors.outside("Invite");
    byId("invited-inner").append(byId("limits"));
    show("invited");
  }

  /** Shows the invite in the address bar, or which part of it is damaged; without one, the start. */
  showAddress(): void {
    if (location.hash.length < 2) {
      this.showStart();
      return;
    }
    try {
      this.showInvite(inviteInAddress());
    } catch (error) {
      this.#showDamage(error);
    }
  }

  #showDamage(error: unknown): void {
    byId("damaged-what").textContent = damageOf(error);
    this.#doors.outside("Damaged invite");
    show("damaged");
  }

  async #create(): Promise<void> {
    const username = nameIn("create-name");
    if (username === undefined) {
      return;
    }
    const roomName = safeRoomName(byId<HTMLInputElement>("create-room").value) || `${username}’s room`;
    await attempt("create", () => this.#doors.create(username, roomName));
  }

  async #join(): Promise<void> {
    const username = nameIn("join-name");
    const invite = this.#invite;
    if (username !== undefined && invite !== undefined) {
      await attempt("join", () => this.#doors.join(invite, username));
    }
  }

  /** Reads the link that was pasted. */
  #follow(): void {
    const field = byId<HTMLInputElement>("link-text");
    const link = field.value.trim();
    clear("link-error");
    field.removeAttribute("aria-invalid");
    let invite: Invite;
    try {
      invite = Invite.parse(link);
      invite.requireSecret();
    } catch (error) {
      setError("link-error", link === "" ? "Paste the link here." : `This is not an invite. ${damageOf(error)}`);
      field.setAttribute("aria-invalid", "true");
      field.focus();
      return;
    }
    if (isHere(invite)) {
      field.value = ""; // A secret: it is not to stay where nobody looks.
      this.showInvite(invite);
    } else {
      byId("link-error").replaceChildren(
        `This invite is for another server, ${invite.host}:${invite.port}. `,
        elsewhere(link),
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
  const invite = Invite.parse(`${location.origin}/${location.hash}`);
  invite.requireSecret();
  return invite;
}

/** Takes the secret out of the address bar. */
export function dropFragment(): void {
  if (location.hash !== "" || location.href.endsWith("#")) {
    history.replaceState(null, "", location.pathname);
  }
}

function damageOf(error: unknown): string {
  return error instanceof InvalidInviteError ? words.DAMAGED[error.problem] : words.failure(error);
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

async function attempt(form: string, work: () => Promise<void>): Promise<void> {
  const button = byId<HTMLButtonElement>(`${form}-submit`);
  if (isBusy(button)) {
    return;
  }
  clear(`${form}-error`);
  try {
    await whileBusy(button, work);
  } catch (error) {
    setError(`${form}-error`, words.failure(error));
  }
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
