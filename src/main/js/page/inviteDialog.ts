import type { ClientRoom, Invite, KeyKind } from "../src/index.js";
import { openDialog } from "./dialogs.js";
import { announce, byId, setError, whileBusy } from "./dom.js";
import * as words from "./words.js";

const WHAT: Record<KeyKind, string> = {
  "one-time": "Lets one person in, and is used up by that.",
  forever: "Lets in everybody who has it, until you reset it.",
};

/** How long a button says what it has done, in milliseconds. */
const DONE_MS = 2000;

/** Where the owner of a room makes invites, and gives them away. */
export class InviteDialog {
  readonly #copy = byId<HTMLButtonElement>("invite-copy");
  readonly #share = byId<HTMLButtonElement>("invite-share");
  readonly #another = byId<HTMLButtonElement>("invite-another");
  readonly #one = byId<HTMLInputElement>("kind-one");
  #room: ClientRoom | undefined;
  #link = "";
  /** How many invites for one person are given out and may be good still, and whether there is one for everybody. */
  #unused = 0;
  #hasForever = false;
  /** Tells the answer that is waited for from those that are not any more. */
  #asked = 0;

  constructor() {
    byId("invite-open").addEventListener("click", () => this.open());
    byId("empty-invite").addEventListener("click", () => this.open());
    this.#one.addEventListener("change", () => void this.#make());
    byId("kind-forever").addEventListener("change", () => void this.#make());
    this.#another.addEventListener("click", () => void this.#make());
    this.#copy.addEventListener("click", () => void this.#copyLink());
    this.#share.addEventListener("click", () => void this.#shareLink());
    byId("reset-open").addEventListener("click", () => this.#confirmReset(true));
    byId("reset-no").addEventListener("click", () => this.#confirmReset(false));
    byId("reset-yes").addEventListener("click", () => void this.#reset());
    byId("invite-dialog").addEventListener("close", () => this.#forget());
  }

  /** From here on, invites are to this room. */
  begin(room: ClientRoom): void {
    this.#room = room;
    this.#unused = 0;
    this.#hasForever = false;
    byId("invite-open").hidden = !room.isOwned;
  }

  /** The room is no more, and neither are its invites. */
  end(): void {
    this.#room = undefined;
    byId("invite-open").hidden = true;
    byId("invite-what").textContent = "";
  }

  open(): void {
    this.#one.checked = true;
    this.#confirmReset(false);
    openDialog("invite-dialog");
    void this.#make();
  }

  /**
   * Somebody came in, maybe with the invite that is shown.
   *
   * @param who what they are called
   */
  somebodyCame(who: string): void {
    const isThisOne = this.#unused === 1 && !this.#hasForever;
    if (this.#link !== "" && this.#one.checked) {
      const { activeElement } = document;
      if (isThisOne) {
        this.#show(undefined);
        byId("invite-link").hidden = true;
      }
      byId("invite-what").textContent = isThisOne
        ? `${who} came in with this invite, and it is used up.`
        : `${who} came in. If it was with this invite, it is used up.`;
      this.#offerFresh(true);
      if (activeElement?.closest("#invite-shown [hidden]")) {
        this.#another.focus();
      }
    }
    // With which one cannot be told, but with one of them, if there is none for everybody.
    if (!this.#hasForever) {
      this.#unused = Math.max(0, this.#unused - 1);
    }
  }

  /** Makes a fresh invite what one does next, or the one that is shown. */
  #offerFresh(isNext: boolean): void {
    this.#another.className = isNext ? "primary" : "secondary";
    this.#copy.className = isNext ? "secondary" : "primary";
    this.#another.textContent = isNext ? "Make a fresh one" : "Another one";
    this.#copy.hidden = isNext && this.#link === "";
    this.#share.hidden = this.#copy.hidden || typeof navigator.share !== "function";
  }

  async #make(): Promise<void> {
    const room = this.#room;
    if (room === undefined) {
      return;
    }
    const asked = ++this.#asked;
    const kind: KeyKind = this.#one.checked ? "one-time" : "forever";
    this.#show(undefined);
    this.#another.hidden = kind === "forever";
    byId("invite-what").textContent = WHAT[kind];
    this.#offerFresh(false);
    try {
      const invite = await room.invite(kind);
      this.#unused += kind === "one-time" ? 1 : 0;
      this.#hasForever ||= kind === "forever";
      if (asked === this.#asked && byId<HTMLDialogElement>("invite-dialog").open) {
        this.#show(invite);
        await this.#draw();
      }
    } catch (error) {
      if (asked === this.#asked) {
        setError("invite-error", words.failure(error));
      }
    }
  }

  #show(invite: Invite | undefined): void {
    this.#link = invite?.toLink() ?? "";
    setError("invite-error", "");
    byId("invite-link").textContent = this.#link;
    byId("invite-link").hidden = false;
    byId("invite-qr").hidden = invite === undefined;
    byId("invite-qr").replaceChildren();
    for (const button of [this.#copy, this.#share]) {
      button.disabled = invite === undefined;
    }
  }

  /** Draws the link for a camera. Where that cannot be loaded any more, the link itself must do. */
  async #draw(): Promise<void> {
    const link = this.#link;
    const drawing = await import("./qr.js").catch(() => undefined);
    if (link === this.#link && link !== "") {
      byId("invite-qr").replaceChildren(
        ...(drawing === undefined ? [] : [drawing.qrCode(link, "The invite as a QR code")]),
      );
    }
  }

  /** A link is a secret: it does not stay in the page when nobody looks at it. */
  #forget(): void {
    this.#asked++;
    this.#show(undefined);
  }

  async #copyLink(): Promise<void> {
    try {
      await navigator.clipboard.writeText(this.#link);
      this.#done(this.#copy, "Copied");
    } catch {
      getSelection()?.selectAllChildren(byId("invite-link"));
      setError("invite-error", "The browser does not let this page copy. The link is selected: copy it by hand.");
    }
  }

  async #shareLink(): Promise<void> {
    try {
      await navigator.share({ url: this.#link });
    } catch (error) {
      // Whoever closes the share sheet has changed their mind.
      if (!(error instanceof DOMException && error.name === "AbortError")) {
        setError("invite-error", "The browser does not share this. Copy the link instead.");
      }
    }
  }

  #done(button: HTMLButtonElement, what: string): void {
    const before = "Copy link";
    button.textContent = what;
    announce(what);
    setTimeout(() => {
      button.textContent = before;
    }, DONE_MS);
  }

  #confirmReset(open: boolean): void {
    const focused = byId("reset-confirm").contains(document.activeElement);
    setError("reset-error", "");
    byId("reset-confirm").hidden = !open;
    // Both would be higher than many windows.
    byId("invite-shown").hidden = open;
    byId("invite-title").textContent = open ? "Reset all invites?" : "Invite somebody";
    byId("reset-open").hidden = open;
    if (open) {
      byId("reset-yes").focus();
    } else if (focused) {
      byId("reset-open").focus();
    }
  }

  async #reset(): Promise<void> {
    const room = this.#room;
    if (room === undefined) {
      return;
    }
    try {
      await whileBusy(byId<HTMLButtonElement>("reset-yes"), () => room.resetKeys());
      this.#unused = 0;
      this.#hasForever = false;
      this.#confirmReset(false);
      await this.#make();
      byId("invite-what").textContent = "Invites from before are worthless now. This is a new one.";
    } catch (error) {
      setError("reset-error", words.failure(error));
    }
  }
}
