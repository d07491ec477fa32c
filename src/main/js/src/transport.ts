import { ConnectFailedError, NO_CLOSE_FRAME, ServerNotTrustedError, UnsupportedServerError } from "./errors.js";

/** An open line to a server, which carries text messages in their order. */
export interface Transport {
  /** Queues one message. Does nothing once the line is closed. */
  send(text: string): void;
  /** Closes with 1000, after what is queued. Closing again does nothing. */
  close(): void;
  /** Ends the line at once, where that can be done, and otherwise closes it. */
  abort(): void;
  /** How many bytes are queued and not yet on their way; 0 where that cannot be told. */
  readonly bufferedAmount: number;
}

/** What a transport tells, from the moment on at which it is open. */
export interface TransportEvents {
  /** A text message came. */
  message(text: string): void;
  /**
   * The line is closed; nothing comes after this. May be called more than once.
   *
   * @param code of the close frame (RFC 6455 §7.4); 1006 if there was none
   * @param reason the server's: any text
   */
  closed(code: number, reason: string): void;
}

/**
 * Opens a line.
 *
 * @param server `wss://HOST:PORT/v1`
 * @returns rejected with {@link ConnectFailedError} or a subclass if it cannot be opened
 */
export type TransportFactory = (server: URL, events: TransportEvents) => Promise<Transport>;

/** What this library uses of a WebSocket: that of browsers, of Node 22, and of the npm package `ws`. */
export interface WebSocketLike {
  send(text: string): void;
  close(code?: number): void;
  /** Cuts the TCP connection, in `ws`. */
  terminate?(): void;
  readonly bufferedAmount: number;
  onopen: unknown;
  onmessage: unknown;
  onclose: unknown;
  onerror: unknown;
}

const UNTRUSTED = /SELF_SIGNED|CERT_|_CERT|UNABLE_TO_(GET|VERIFY)|ERR_TLS_CERT|CA_/;

/**
 * A line over a WebSocket.
 *
 * @param open makes the WebSocket; default: `url => new WebSocket(url)`. With the package `ws`, say how certificates
 *     are checked: `webSocketTransport(url => new WS(url, { ca }))`
 */
export function webSocketTransport(open: (url: string) => WebSocketLike = byDefault): TransportFactory {
  return (server, events) =>
    new Promise((resolve, reject) => {
      const socket = open(server.href);
      let failure: unknown;
      let opened = false;
      // Browsers let pages say 1000, and hardly any other code.
      const close = () => socket.close(1000);
      const abort = () => (socket.terminate === undefined ? close() : socket.terminate());
      socket.onopen = () => {
        opened = true;
        resolve({
          send: (text) => socket.send(text),
          close,
          abort,
          get bufferedAmount() {
            return socket.bufferedAmount;
          },
        });
      };
      socket.onmessage = (event: { data: unknown }) => {
        if (typeof event.data === "string") {
          events.message(event.data);
        } else {
          abort();
          events.closed(NO_CLOSE_FRAME, "");
        }
      };
      socket.onerror = (event: { error?: unknown }) => {
        failure = event.error;
        if (!opened) {
          // Node's own WebSocket is not closed where it was never open.
          reject(whyNotOpen(failure));
        }
      };
      socket.onclose = (event: { code: number; reason: string }) => {
        if (opened) {
          events.closed(event.code, event.reason);
        } else {
          reject(whyNotOpen(failure));
        }
      };
    });
}

function byDefault(url: string): WebSocketLike {
  if (typeof WebSocket === "undefined") {
    throw new ConnectFailedError("there is no WebSocket here: pass a transport, see resolute-client/node");
  }
  return new WebSocket(url);
}

/** Only Node says what went wrong; a browser does not. */
function whyNotOpen(failure: unknown): ConnectFailedError {
  const { code, message } = (failure ?? {}) as { code?: unknown; message?: unknown };
  if (typeof code === "string" && UNTRUSTED.test(code)) {
    return new ServerNotTrustedError(failure);
  }
  if (typeof message === "string" && message.startsWith("Unexpected server response")) {
    return new UnsupportedServerError("what answers there does not open a WebSocket", failure);
  }
  return code === "EPROTO" || (typeof code === "string" && code.startsWith("ERR_SSL"))
    ? new UnsupportedServerError("what answers there does not speak TLS as it should", failure)
    : new ConnectFailedError("nobody answers there", failure);
}
