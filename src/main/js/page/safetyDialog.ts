import type { ClientRoom } from "../src/index.js";
import { openDialog } from "./dialogs.js";
import { byId, make, setError } from "./dom.js";
import * as words from "./words.js";

/** Shows the number that people compare to find out that all see the same members. */
export class SafetyDialog {
  readonly #dialog = byId<HTMLDialogElement>("safety-dialog");
  #room: ClientRoom | undefined;
  #asked = 0;

  constructor() {
    byId("safety-open").addEventListener("click", () => {
      openDialog("safety-dialog");
      void this.#load();
    });
  }

  begin(room: ClientRoom): void {
    this.#room = room;
    byId("safety-open").hidden = false;
  }

  end(): void {
    this.#room = undefined;
    byId("safety-open").hidden = true;
  }

  /** Who is in the room has changed, and the number with it. */
  changed(): void {
    if (this.#dialog.open) {
      void this.#load();
    }
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
        this.#show(room, number.grouped.split(" "), number.signs);
      }
    } catch (error) {
      if (asked === this.#asked) {
        this.#show(room, [], []);
        setError("safety-error", words.failure(error));
      }
    }
  }

  #show(room: ClientRoom, groups: string[], signs: readonly string[]): void {
    const verified = room.members.filter((member) => member.isVerified).length;
    setError("safety-error", "");
    byId("safety-who").textContent =
      verified === 0
        ? "Nobody else is here who is verified: there is nobody to compare it with yet."
        : `It stands for you and the ${verified === 1 ? "one other" : `${verified} others`} here who ${verified === 1 ? "is" : "are"} verified.`;
    byId("safety-signs").setAttribute("aria-label", `Seven signs: ${signs.join(" ")}`);
    byId("safety-signs").replaceChildren(...signs.map((sign) => make("span", "", sign)));
    byId("safety-digits").replaceChildren(...groups.flatMap((group) => [make("span", "", group), " "]));
  }
}
