import type { ConnectionListener } from "./listener.js";
import { webSocketTransport, type TransportFactory } from "./transport.js";

/** How a {@link ResoluteClient} connects, and what it bounds. What is left out has its default. */
export interface ConnectOptions {
  /**
   * Opens what the messages travel over. Default: {@link webSocketTransport} with the WebSocket of the browser, or of
   * Node 22; for Node 20, and for self-signed certificates, see `resolute-client/node`.
   */
  readonly transport?: TransportFactory;
  /** How long it may take until the transport is open, in milliseconds, from 1 up. Default: 10,000. */
  readonly connectTimeoutMs?: number;
  /** How long the server may take to answer a request, in milliseconds, from 1 up. Default: 15,000. */
  readonly requestTimeoutMs?: number;
  /**
   * How long the server may be silent before the connection counts as lost, in milliseconds, from 1 up. In the middle
   * of that time it is sent a `hello`, which a live server answers: a browser cannot send pings. Default: 60,000.
   */
  readonly silenceTimeoutMs?: number;
  /**
   * The length of the longest message that is taken from the server, in UTF-16 code units, which is at most its bytes;
   * a longer one ends the connection. Default: 4 MiB.
   */
  readonly maxIncomingBytes?: number;
  /**
   * How many bytes may wait to be sent; past it a request fails with {@link SendQueueFullError}. Sixteen times as many
   * may wait to be opened and to be taken by the listeners; past it the connection ends, because a browser cannot stop
   * reading. Default: 1 MiB.
   */
  readonly maxQueuedBytes?: number;
  /** Told when the connection is lost. Default: nobody. */
  readonly listener?: ConnectionListener;
}

/** @internal Options with every default filled in. */
export type Settings = Required<ConnectOptions>;

const MIB = 1024 * 1024;

/**
 * @internal Fills in the defaults.
 * @throws RangeError if a number is not a positive integer
 */
export function settingsOf(options: ConnectOptions): Settings {
  return {
    transport: options.transport ?? webSocketTransport(),
    connectTimeoutMs: positive(options.connectTimeoutMs, 10_000, "connectTimeoutMs"),
    requestTimeoutMs: positive(options.requestTimeoutMs, 15_000, "requestTimeoutMs"),
    silenceTimeoutMs: positive(options.silenceTimeoutMs, 60_000, "silenceTimeoutMs"),
    maxIncomingBytes: positive(options.maxIncomingBytes, 4 * MIB, "maxIncomingBytes"),
    maxQueuedBytes: positive(options.maxQueuedBytes, MIB, "maxQueuedBytes"),
    listener: options.listener ?? {},
  };
}

function positive(value: number | undefined, byDefault: number, name: string): number {
  if (value === undefined) {
    return byDefault;
  }
  if (!Number.isSafeInteger(value) || value < 1) {
    throw new RangeError(`${name} is a whole number, at least 1`);
  }
  return value;
}
