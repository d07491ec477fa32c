/**
 * Runs what it is given one after the other, each to its end: what another library would use one thread for. While a
 * task waits for a promise, no other begins.
 */
export class SerialQueue {
  #last: Promise<unknown> = Promise.resolve();

  /** Returns what `task` returns, once its turn has come and it is done. */
  run<T>(task: () => T | Promise<T>): Promise<T> {
    const result = this.#last.then(task);
    this.#last = result.catch(() => undefined);
    return result;
  }
}
