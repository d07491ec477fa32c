import { RequestRefusedError, RequestTimeoutError, UnsupportedServerError, type ResoluteError } from "./errors.js";
import type { Packet, PacketType, ServerPacket } from "./wire.js";

/** What is done with the outcome of a request, in a task of the connection. */
export interface Use<T extends PacketType, R> {
  /** Takes the answer. What it returns is what the request yields; what it throws, the request fails with. */
  readonly use: (answer: Packet<T>) => R | Promise<R>;
  /** Takes the reason why there is none. Default: the request fails with it. */
  readonly fail?: (why: ResoluteError) => R;
}

interface Pending {
  settle(answer: ServerPacket): Promise<void>;
  fail(why: ResoluteError): void;
}

/** The requests that wait for their answer. All methods are for the connection's tasks. */
export class Requests {
  readonly #timeoutMs: number;
  readonly #execute: (task: () => void) => void;
  readonly #pending = new Map<string, Pending>();
  #lastId = 0;

  /** @param execute runs a task of the connection */
  constructor(timeoutMs: number, execute: (task: () => void) => void) {
    this.#timeoutMs = timeoutMs;
    this.#execute = execute;
  }

  /** Returns an id that no request of this connection has had. */
  nextId(): string {
    return String(++this.#lastId);
  }

  /** Starts to wait for the answer to the request with this id. */
  await<T extends PacketType, R>(id: string, type: T, { use, fail = rethrow }: Use<T, R>): Promise<R> {
    return new Promise<R>((resolve, reject) => {
      const deadline = setTimeout(() => this.#execute(() => this.#expire(id)), this.#timeoutMs);
      const settle = async (outcome: () => R | Promise<R>): Promise<void> => {
        clearTimeout(deadline);
        try {
          resolve(await outcome());
        } catch (failure) {
          reject(failure as Error);
        }
      };
      const failWith = (why: ResoluteError) => settle(() => fail(why));
      this.#pending.set(id, {
        settle: (answer) =>
          answer.type === type ? settle(() => use(answer as Packet<T>)) : failWith(whyNoAnswer(answer)),
        fail: (why) => void failWith(why),
      });
    });
  }

  /**
   * Settles a request, and waits until its answer is used.
   *
   * @returns whether it was still waiting
   */
  async answer(id: string, answer: ServerPacket): Promise<boolean> {
    const waiting = this.#pending.get(id);
    this.#pending.delete(id);
    await waiting?.settle(answer);
    return waiting !== undefined;
  }

  /** Fails all that wait. */
  failAll(why: ResoluteError): void {
    const all = [...this.#pending.values()];
    this.#pending.clear();
    all.forEach((waiting) => waiting.fail(why));
  }

  #expire(id: string): void {
    const waiting = this.#pending.get(id);
    this.#pending.delete(id);
    waiting?.fail(new RequestTimeoutError(this.#timeoutMs));
  }
}

function whyNoAnswer(answer: ServerPacket): ResoluteError {
  return answer.type === "failure"
    ? new RequestRefusedError(answer.code, answer.retryAfterMs)
    : new UnsupportedServerError("the server answered another question");
}

function rethrow(why: ResoluteError): never {
  throw why;
}
