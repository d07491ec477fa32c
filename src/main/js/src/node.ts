import { connect, type TLSSocket } from "node:tls";
import { WebSocket as WS, type ClientOptions } from "ws";
import { ConnectFailedError, ServerNotTrustedError } from "./errors.js";
import { webSocketTransport, type TransportFactory, type WebSocketLike } from "./transport.js";

/** For Node 20 and later, over the npm package `ws`: which servers are trusted. */

const FINGERPRINT = /^[0-9A-F]{2}(:?[0-9A-F]{2}){31}$/i;

// Below the default of ws, which is 100 MiB; a client's own limit is told in characters of what has come whole.
const MAX_MESSAGE_BYTES = 16 * 1024 * 1024;

/**
 * A line over `ws`.
 *
 * @param options `ca` for a certificate authority of your own; what else `tls.connect` takes
 */
export function wsTransport(options: ClientOptions = {}): TransportFactory {
  return webSocketTransport((url) => openWs(url, options));
}

/** How a pinned line is opened. What is left out has its default. */
export interface PinnedOptions {
  /**
   * How long each of the two handshakes, of TLS and of the WebSocket, may take, in milliseconds, from 1 up. The socket
   * is gone then. Default: 8,000, which is before a client that connects gives up by its own default.
   */
  readonly handshakeTimeoutMs?: number;
}

/**
 * A line to the one server whose certificate has this fingerprint, self-signed or not. Nothing is sent to any other.
 *
 * @param fingerprint SHA-256 of the certificate in DER, as a server prints it: 32 bytes in hexadecimal, with colons
 * between them or without
 * @throws RangeError if the fingerprint is of another form, or the timeout is no whole number from 1 up
 */
export function pinnedTransport(fingerprint: string, options: PinnedOptions = {}): TransportFactory {
  const handshakeTimeout = options.handshakeTimeoutMs ?? 8000;
  if (!Number.isSafeInteger(handshakeTimeout) || handshakeTimeout < 1) {
    throw new RangeError("handshakeTimeoutMs is a whole number, at least 1");
  }
  if (!FINGERPRINT.test(fingerprint)) {
    throw new RangeError("a fingerprint is 32 bytes in hexadecimal, with colons between them or without");
  }
  return async (server, events) => {
    const socket = await connectPinned(server, withColons(fingerprint), handshakeTimeout);
    // ws has the request time out, which a socket that is handed to it does not do by itself; it ends this once it is open.
    socket.setTimeout(handshakeTimeout);
    // The handshake of the WebSocket goes over the very connection that was looked at.
    const over = { createConnection: () => socket, handshakeTimeout } as ClientOptions;
    return webSocketTransport((url) => openWs(url, over))(server, events);
  };
}

function openWs(url: string, options: ClientOptions): WebSocketLike {
  return new WS(url, { maxPayload: MAX_MESSAGE_BYTES, perMessageDeflate: false, ...options }) as WebSocketLike;
}

/** As Node tells the fingerprint of a certificate. */
function withColons(fingerprint: string): string {
  return (fingerprint.toUpperCase().match(/[0-9A-F]{2}/g) ?? []).join(":");
}

function connectPinned(server: URL, fingerprint: string, timeoutMs: number): Promise<TLSSocket> {
  const host = server.hostname.replace(/^\[|\]$/g, "");
  const port = server.port === "" ? 443 : Number(server.port);
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, minVersion: "TLSv1.2", rejectUnauthorized: false, ...nameOf(host) });
    // Neither the end of a TCP connection nor an error may ever come of a server that takes it and says nothing.
    const deadline = setTimeout(() => {
      socket.destroy();
      reject(new ConnectFailedError("what answers there does not complete the TLS handshake in time"));
    }, timeoutMs);
    socket.once("close", () => clearTimeout(deadline));
    socket.once("error", (failure) => reject(new ConnectFailedError("nobody answers there", failure)));
    socket.once("secureConnect", () => {
      clearTimeout(deadline);
      if (socket.getPeerCertificate().fingerprint256 === fingerprint) {
        resolve(socket);
      } else {
        socket.destroy();
        reject(new ServerNotTrustedError());
      }
    });
  });
}

/** Addresses are no server names (RFC 6066 §3). */
function nameOf(host: string): { servername?: string } {
  return /^[\d.]+$|:/.test(host) ? {} : { servername: host };
}
