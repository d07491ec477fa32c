import { NO_CLOSE_FRAME } from "./errors.js";
import type { Transport, TransportEvents, TransportFactory } from "./transport.js";

/** A message of the event bus. */
export interface BusMessage {
  readonly body: unknown;
}

/** Told what came: `error` for a failure of the bus, else the message. */
export type BusCallback = (error: unknown, message?: BusMessage) => void;

/** What this library uses of the `EventBus` of `@vertx/eventbus-bridge-client.js`. */
export interface EventBusLike {
  /** 0 connecting, 1 open, 2 closing, 3 closed. */
  state?: number;
  onopen?: unknown;
  onclose?: unknown;
  send(address: string, body: unknown, callback?: BusCallback): void;
  registerHandler(address: string, callback: BusCallback): void;
  close(): void;
}

const PACKETS = "resolute.packets";
const OPEN = 1;
const CLOSING = 2;

/**
 * A line over the event bus that a Rësolute server bridges at `wss://HOST:PORT/eventbus`. The server is still named as
 * `wss://HOST:PORT/v1` to {@link ResoluteClient.connect}, for the invites.
 *
 * The first packet is sent with a callback; the answer has the address at which the server sends everything from there
 * on. The bus does not tell how much waits to be sent, so that {@link ConnectOptions.maxQueuedBytes} bounds only what
 * is sent at once.
 *
 * @param eventBus open, or about to be; used for one connection, and closed with it. It must not reconnect by itself
 */
export function eventBusTransport(eventBus: EventBusLike): TransportFactory {
  return async (_server, events) => {
    await opened(eventBus);
    eventBus.onclose = (event?: { code?: number; reason?: string }) =>
      events.closed(event?.code ?? NO_CLOSE_FRAME, event?.reason ?? "");
    return new BusTransport(eventBus, events);
  };
}

function opened(eventBus: EventBusLike): Promise<void> {
  if (eventBus.state !== undefined && eventBus.state >= CLOSING) {
    return Promise.reject(new Error("the event bus is closed"));
  }
  return eventBus.state === OPEN
    ? Promise.resolve()
    : new Promise((resolve, reject) => {
        eventBus.onopen = () => resolve();
        eventBus.onclose = () => reject(new Error("the event bus does not open"));
      });
}

class BusTransport implements Transport {
  readonly bufferedAmount = 0;
  readonly #eventBus: EventBusLike;
  readonly #events: TransportEvents;
  #isFirst = true;

  constructor(eventBus: EventBusLike, events: TransportEvents) {
    this.#eventBus = eventBus;
    this.#events = events;
  }

  send(text: string): void {
    if (this.#eventBus.state !== undefined && this.#eventBus.state !== OPEN) {
      return;
    }
    const packet: unknown = JSON.parse(text);
    if (this.#isFirst) {
      this.#isFirst = false;
      this.#eventBus.send(PACKETS, packet, (error, message) => this.#welcomed(error, message));
    } else {
      this.#eventBus.send(PACKETS, packet);
    }
  }

  close(): void {
    if (this.#eventBus.state === undefined || this.#eventBus.state === OPEN) {
      this.#eventBus.close();
    }
  }

  abort(): void {
    this.close();
  }

  #welcomed(error: unknown, message: BusMessage | undefined): void {
    const address = addressIn(message?.body);
    if (address !== undefined) {
      this.#eventBus.registerHandler(address, (failure, event) => this.#received(failure, event));
    }
    this.#received(error, message);
  }

  #received(error: unknown, message: BusMessage | undefined): void {
    const text = error || message === undefined ? undefined : JSON.stringify(message.body);
    if (text === undefined) {
      this.#events.closed(NO_CLOSE_FRAME, "");
      this.close();
    } else {
      this.#events.message(text);
    }
  }
}

function addressIn(body: unknown): string | undefined {
  const data = (body as { data?: { address?: unknown } } | null | undefined)?.data;
  return typeof data?.address === "string" ? data.address : undefined;
}
