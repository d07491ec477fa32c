const PRODUCT = "Rësolute";

/** The title of the page: where one is, and how much was said while nobody looked. */
export class Title {
  #place = "";
  #unseen = 0;

  constructor() {
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden) {
        this.#unseen = 0;
        this.#show();
      }
    });
  }

  /** @param place where one is; empty at the start */
  set(place: string): void {
    this.#place = place;
    this.#unseen = 0;
    this.#show();
  }

  /** Somebody said something. */
  count(): void {
    if (document.hidden) {
      this.#unseen++;
      this.#show();
    }
  }

  #show(): void {
    const unseen = this.#unseen === 0 ? "" : `(${this.#unseen}) `;
    document.title = unseen + (this.#place === "" ? PRODUCT : `${this.#place} – ${PRODUCT}`);
  }
}
