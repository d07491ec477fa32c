import { SerialQueue } from "./serialQueue.js";

/** Calls the application's listeners, one after the other: what they do there holds up no answers to requests. */
export class Callbacks {
  readonly #queue = new SerialQueue();
  #waitingBytes = 0;

  /** Roughly how many bytes the calls keep in memory that have not returned yet. */
  get waitingBytes(): number {
    return this.#waitingBytes;
  }

  /**
   * Queues a call.
   *
   * @param bytes roughly what it keeps in memory
   */
  run(bytes: number, callback: () => unknown): void {
    this.#waitingBytes += bytes;
    void this.#queue.run(async () => {
      try {
        await callback();
      } catch (thrown) {
        console.warn("resolute-client: a listener threw", thrown);
      } finally {
        this.#waitingBytes -= bytes;
      }
    });
  }
}
