import type { ClientRoom } from "../src/index.js";
import { openDialog } from "./dialogs.js";
import { announce, byId, make, setError } from "./dom.js";
import * as words from "./words.js";

/** Told what became of the comparison. */
export interface Comparison {
  /** People have found that they have the same number, or that has to be looked at again. */
  changed(): void;
  /** The number is another one than the one that was compared. */
  outdated(): void;
  /**
   * Somebody has another number than the person at this page.
   *
   * @param takenBack whether it was said before that they have the same
   */
  differ(takenBack: boolean): void;
  /** They have the same after all. */
  agree(): void;
}

/** Shows the number that people compare to find out that all see the same members. */
export class SafetyDialog {
  readonly #dialog = byId<HTMLDialogElement>("safety-dialog");
  readonly #comparison: Comparison;
  #room: ClientRoom | undefined;
  #asked = 0;
  #digits = "";
  /** The number that all have, as they say; empty if nobody has said so. */
  #compared = "";
  #isCompared = false;
  /** Whether somebody has another number, as they say: so until all say that they have the same. */
  #differ = false;

  constructor(comparison: Comparison) {
    this.#comparison = comparison;
    byId("safety-open").addEventListener("click", () => this.#open());
    byId("safety-same").addEventListener("click", () => this.#same());
    byId("safety-other").addEventListener("click", () => {
      const isNew = !this.#differ;
      const takenBack = this.#compared !== "";
      this.#differ = true;
      this.#setCompared("");
      byId("safety-advice").hidden = false;
      if (isNew) {
        this.#comparison.differ(takenBack);
      }
    });
  }

  /** What people have answered about the number that holds now. */
  get answer(): words.Answer {
    return this.#differ ? "other" : this.#isCompared ? "same" : "none";
  }

  begin(room: ClientRoom): void {
    this.#room = room;
    byId("safety-open").hidden = false;
  }

  end(): void {
    this.#room = undefined;
    this.#compared = "";
    this.#isCompared = false;
    this.#differ = false;
    // What is still being worked out is not shown any more.
    this.#asked++;
    this.#show([], [], 0);
    byId("safety-open").hidden = true;
  }

  /** Who is in the room has changed, and maybe the number with it. */
  changed(): void {
    if (this.#dialog.open) {
      void this.#load();
    }
    if (this.#compared !== "") {
      this.#isCompared = false;
      void this.#compareAgain();
    }
  }

  /** Finds out whether the number that was compared is the one that holds now. */
  async #compareAgain(): Promise<void> {
    const room = this.#room;
    const compared = this.#compared;
    const digits = await room?.safetyNumber().then(
      (number) => number.digits,
      () => undefined,
    );
    // There is none where the room has ended meanwhile, and nothing to be warned of.
    if (digits === undefined || room !== this.#room || compared !== this.#compared) {
      return;
    }
    const agree = this.#differ && digits === compared;
    this.#differ &&= !agree;
    this.#setCompared(digits === compared ? digits : "");
    if (agree) {
      this.#comparison.agree();
    }
    if (digits !== compared) {
      this.#comparison.outdated();
    }
  }

  #same(): void {
    // Somebody may have come since it was shown.
    this.#compared = this.#digits;
    void this.#compareAgain();
    this.#dialog.close();
    announce("You have compared the safety number.");
  }

  #setCompared(digits: string): void {
    this.#compared = digits;
    this.#isCompared = digits !== "";
    this.#comparison.changed();
  }

  #open(): void {
    this.#show([], [], this.#others);
    byId("safety-advice").hidden = !this.#differ;
    openDialog("safety-dialog");
    void this.#load();
  }

  async #load(): Promise<void> {
    const room = this.#room;
    if (room === undefined) {
      return;
    }
    const asked = ++this.#asked;
    try {
      const number = await room.safetyNumber();
      if (asked === this.#asked) {
        this.#show(number.grouped.split(" "), number.signs, this.#others);
      }
    } catch (error) {
      if (asked === this.#asked) {
        this.#show([], [], 0);
        setError("safety-error", words.failure(error));
      }
    }
  }

  /** How many others the number stands for. */
  get #others(): number {
    return this.#room?.members.filter((member) => member.isVerified).length ?? 0;
  }

  /** @param verified how many others it stands for */
  #show(groups: readonly string[], signs: readonly string[], verified: number): void {
    this.#digits = groups.join("");
    setError("safety-error", "");
    byId("safety-who").textContent = words.safetyNumberOf(verified);
    for (const part of ["signs", "digits", "how", "note"]) {
      byId(`safety-${part}`).hidden = verified === 0;
    }
    byId("safety-answers").hidden = verified === 0 || groups.length === 0;
    byId("safety-signs").setAttribute("aria-label", `Seven signs: ${signs.join(" ")}`);
    byId("safety-signs").replaceChildren(...signs.map((sign) => make("span", "", sign)));
    byId("safety-digits").replaceChildren(...groups.flatMap((group) => [make("span", "", group), " "]));
  }
}
