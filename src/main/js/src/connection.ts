import { Callbacks } from "./callbacks.js";
import { utf8 } from "./e2ee/bytes.js";
import { ConnectionLostError, NO_CLOSE_FRAME, SendQueueFullError } from "./errors.js";
import { EventRouter } from "./eventRouter.js";
import type { RoomId } from "./ids.js";
import type { Settings } from "./options.js";
import { Requests, type Use } from "./requests.js";
import { SerialQueue } from "./serialQueue.js";
import type { Transport, TransportEvents } from "./transport.js";
import { decode, encode, MalformedFrameError, VERSION, type PacketType, type Request } from "./wire.js";

const CLOSE_TIMEOUT_MS = 2_000;

// How many times the limit may wait: a browser cannot stop reading, and a listener may wait for an answer.
const HOPELESS = 16;

// What the bookkeeping of one message takes, roughly, beside its text.
const MESSAGE_BYTES = 256;

/** A promise for what comes after a task. Bare, the queue would wait for it, and it for the queue. */
export interface Later<T> {
  readonly later: Promise<T>;
}

/** A request, and what is done with its outcome in a task of its own, before anything that came later is looked at. */
export interface Call<T extends PacketType, R> extends Use<T, R> {
  readonly request: Request;
}

/**
 * One connection from its opening to its end. All its state, and that of its rooms, belongs to one queue, whose tasks
 * run one after the other, each to its end: {@link call} and what comes from the transport get in line there, and all
 * other methods are for its tasks unless they say otherwise. So nobody comes or goes between the steps of one sending.
 */
export class Connection implements TransportEvents {
  readonly rooms = new EventRouter();
  readonly callbacks = new Callbacks();
  /** How the connection ended, once it has; all requests have failed then, and all rooms are of no use any more. */
  readonly over: Promise<ConnectionLostError>;

  readonly #settings: Settings;
  readonly #queue = new SerialQueue();
  readonly #requests: Requests;
  #resolveOver!: (why: ConnectionLostError) => void;
  #transport: Transport | undefined;
  #ended: ConnectionLostError | undefined;
  #isEstablished = false;
  #isClosing = false;
  #isGivenUp = false;
  #isOverrun = false;
  #unreadBytes = 0;
  #lastHeardMs = performance.now();
  #askedMs: number | undefined;
  #silenceCheck: ReturnType<typeof setInterval> | undefined;
  #closeDeadline: ReturnType<typeof setTimeout> | undefined;

  constructor(settings: Settings) {
    this.#settings = settings;
    this.#requests = new Requests(settings.requestTimeoutMs, (task) => this.#execute(task));
    this.over = new Promise((resolve) => {
      this.#resolveOver = resolve;
    });
  }

  /**
   * Gets in line. From anywhere.
   *
   * @param action not waited for by the queue beyond its own end: what takes the server's answer it leaves as `later`
   * @returns what `later` yields
   */
  async call<T>(action: () => Later<T> | Promise<Later<T>>): Promise<T> {
    const { later } = await this.#queue.run(() => {
      this.requireOpen();
      return action();
    });
    return later;
  }

  /** Takes the open transport. From anywhere. */
  start(transport: Transport): void {
    if (this.#ended !== undefined) {
      transport.abort();
      return;
    }
    this.#transport = transport;
    this.#lastHeardMs = performance.now();
    const period = Math.max(1, this.#settings.silenceTimeoutMs / 4);
    this.#silenceCheck = setInterval(() => this.#checkSilence(), period);
  }

  /** From here on there is an application that is told when the connection is lost. */
  established(): void {
    this.#isEstablished = true;
  }

  /**
   * Sends one request.
   *
   * @returns what its outcome is used for. Nobody may wait for that inside a task, or it never gets its turn
   * @throws SendQueueFullError if too much waits to be sent; ConnectionLostError if the connection is over
   */
  request<T extends PacketType, R>(type: T, call: Call<T, R>): Promise<R> {
    return this.requestAll(type, [call])[0]!;
  }

  /** Sends requests, all of them or none; see {@link request}. */
  requestAll<T extends PacketType, R>(type: T, calls: readonly Call<T, R>[]): Promise<R>[] {
    this.requireOpen();
    const frames = calls.map((call) => {
      const id = this.#requests.nextId();
      return { id, call, text: encode(call.request, id) };
    });
    this.#send(frames.map((frame) => frame.text));
    return frames.map(({ id, call }) => this.#requests.await(id, type, call));
  }

  #send(texts: readonly string[]): void {
    const transport = this.#transport;
    if (transport === undefined) {
      throw new Error("the connection is not open yet");
    }
    const bytes = texts.reduce((sum, text) => sum + utf8(text).length, 0);
    if (transport.bufferedAmount + bytes > this.#settings.maxQueuedBytes) {
      throw new SendQueueFullError();
    }
    texts.forEach((text) => transport.send(text));
  }

  /** Says goodbye, after all that is in line; {@link over} tells when that is done. From anywhere. */
  close(): void {
    this.#execute(() => {
      if (!this.#isClosing && this.#ended === undefined) {
        this.#isClosing = true;
        // Now, not when the server has answered: until then it would keep the keys alive.
        this.rooms.endAll(closedHere());
        this.#transport?.close();
        this.#closeDeadline = setTimeout(() => this.end(closedHere()), CLOSE_TIMEOUT_MS);
      }
    });
  }

  message(text: string): void {
    this.#lastHeardMs = performance.now();
    this.#askedMs = undefined;
    if (this.#isGivenUp) {
      return;
    }
    if (text.length > this.#settings.maxIncomingBytes) {
      this.#giveUp(ConnectionLostError.broken("the server sent a message too long"));
      return;
    }
    const bytes = MESSAGE_BYTES + 2 * text.length;
    this.#unreadBytes += bytes;
    if (this.#unreadBytes + this.callbacks.waitingBytes > this.#bound()) {
      this.#isOverrun = true;
      this.#giveUp(ConnectionLostError.broken("the server sends more than this client or its listeners can take"));
      return;
    }
    this.#execute(async () => {
      this.#unreadBytes -= bytes;
      await this.#take(text);
    });
  }

  closed(code: number, reason: string): void {
    this.end(
      code === NO_CLOSE_FRAME ? ConnectionLostError.broken("it broke off") : ConnectionLostError.closed(code, reason),
    );
  }

  /** Ends everything, after all that is in line. The first reason is the one that counts. From anywhere. */
  end(why: ConnectionLostError): void {
    this.#execute(() => this.#end(why));
  }

  #execute(task: () => void | Promise<unknown>): void {
    void this.#queue.run(task);
  }

  #bound(): number {
    return HOPELESS * this.#settings.maxQueuedBytes + 2 * this.#settings.maxIncomingBytes;
  }

  /** Takes nothing in any more. */
  #giveUp(why: ConnectionLostError): void {
    this.#isGivenUp = true;
    this.#transport?.abort();
    this.end(why);
  }

  async #take(text: string): Promise<void> {
    // What waits behind too much is not worth the time that it takes to open.
    if (this.#ended !== undefined || this.#isOverrun) {
      return;
    }
    try {
      await this.#dispatch(text);
    } catch (failure) {
      // Going on would leave this side with another idea of its rooms than the server has.
      const how =
        failure instanceof MalformedFrameError ? "the server does not speak this protocol" : "this client failed";
      this.#end(ConnectionLostError.broken(how, failure));
    }
  }

  async #dispatch(text: string): Promise<void> {
    const frame = decode(text);
    if (frame === undefined) {
      return;
    }
    if (frame.id === undefined) {
      await this.rooms.tell(frame.packet);
      return;
    }
    const isExpected = await this.#requests.answer(frame.id, frame.packet);
    if (!isExpected && (frame.packet.type === "joined" || frame.packet.type === "roomCreated")) {
      this.#leaveUnwanted(frame.packet.room);
    }
  }

  /** The answer to a request that was given up: nobody here knows that this client is in there. */
  #leaveUnwanted(room: RoomId): void {
    if (!this.#isClosing && !this.rooms.has(room)) {
      // Nobody waits for the answer: a server could make this client wait for any number of them.
      this.#send([encode({ cmd: "leave-room", data: { room_id: room } }, this.#requests.nextId())]);
    }
  }

  #checkSilence(): void {
    const now = performance.now();
    const half = this.#settings.silenceTimeoutMs / 2;
    if (this.#askedMs === undefined) {
      if (now - this.#lastHeardMs >= half) {
        this.#askedMs = now;
        this.#execute(() => this.#askForASign());
      }
    } else if (now - this.#askedMs >= half) {
      this.#giveUp(ConnectionLostError.broken("nothing is heard from the server any more"));
    }
  }

  /** A browser cannot send a ping: this is the request that does nothing. */
  #askForASign(): void {
    try {
      const hello = { cmd: "hello", data: { versions: [VERSION] } };
      this.request("welcome", { request: hello, use: nothing }).catch(nothing);
    } catch {
      // It is over, or so much waits to be sent that this is not worth it.
    }
  }

  /**
   * Does nothing on a connection that is neither over nor closing.
   *
   * @throws ConnectionLostError otherwise
   */
  requireOpen(): void {
    if (this.#ended !== undefined) {
      throw this.#ended;
    }
    if (this.#isClosing) {
      throw closedHere();
    }
  }

  #end(why: ConnectionLostError): void {
    if (this.#ended !== undefined) {
      return;
    }
    const reason = this.#isClosing ? closedHere() : why;
    this.#ended = reason;
    clearInterval(this.#silenceCheck);
    clearTimeout(this.#closeDeadline);
    this.#transport?.abort();
    this.rooms.endAll(reason);
    this.#requests.failAll(reason);
    if (this.#isEstablished && !this.#isClosing) {
      this.callbacks.run(0, () => this.#settings.listener.connectionLost?.(reason));
    }
    this.#resolveOver(reason);
  }
}

function nothing(): void {}

function closedHere(): ConnectionLostError {
  return ConnectionLostError.closed(1000, "");
}
