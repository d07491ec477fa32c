import type { TransportFactory } from "./transport.js";

/** What this library uses of the `EventBus` of `@vertx/eventbus-bridge-client.js`. */
export interface EventBusLike {
  /** 0 connecting, 1 open, 2 closing, 3 closed. */
  readonly state?: number;
  onopen?: unknown;
  onclose?: unknown;
  send(address: string, body: unknown, callback?: (error: unknown, message: { body: unknown }) => void): void;
  registerHandler(address: string, callback: (error: unknown, message: { body: unknown }) => void): void;
  close(): void;
}

/**
 * A line over the event bus that a Rësolute server bridges at `wss://HOST:PORT/eventbus`.
 *
 * @param eventBus open, or about to be; used for one connection, and closed with it. It must not reconnect by itself.
 */
export function eventBusTransport(eventBus: EventBusLike): TransportFactory {
  void eventBus;
  return () => Promise.reject(new Error("not implemented yet"));
}
