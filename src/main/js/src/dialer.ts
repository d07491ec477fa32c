import { Connection } from "./connection.js";
import type { ErrorCode } from "./codes.js";
import {
  ConnectFailedError,
  ConnectionLostError,
  RequestRefusedError,
  RequestTimeoutError,
  ResoluteError,
  UnsupportedServerError,
} from "./errors.js";
import type { Settings } from "./options.js";
import type { Transport } from "./transport.js";
import { MalformedFrameError, VERSION, type Packet } from "./wire.js";

const SOFTWARE = "resolute-js";
const WRONG_SERVER: readonly ErrorCode[] = ["bad-packet", "unknown-command", "unsupported-version"];

/** Makes one connection ready for use: opens the transport, and says `hello`. */
export async function dial(
  server: URL,
  settings: Settings,
): Promise<{ connection: Connection; welcome: Packet<"welcome"> }> {
  if (globalThis.crypto?.subtle === undefined) {
    throw new ConnectFailedError("there is no WebCrypto here: a page has it if it came over https");
  }
  const connection = new Connection(settings);
  try {
    connection.start(await open(server, settings, connection));
    return { connection, welcome: await hello(connection) };
  } catch (failure) {
    connection.end(ConnectionLostError.broken("it was of no use"));
    throw failure;
  }
}

async function open(server: URL, settings: Settings, connection: Connection): Promise<Transport> {
  let isLate = false;
  let deadline: ReturnType<typeof setTimeout> | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    deadline = setTimeout(() => {
      isLate = true;
      reject(new ConnectFailedError("nobody answers there in time"));
    }, settings.connectTimeoutMs);
  });
  const opening = (async () => {
    const transport = await settings.transport(server, {
      message: (text) => connection.message(text),
      closed: (code, reason) => connection.closed(code, reason),
    });
    if (isLate) {
      transport.abort();
    }
    return transport;
  })();
  try {
    return await Promise.race([opening, tooLate]);
  } catch (failure) {
    opening.catch(() => undefined);
    throw failure instanceof ResoluteError ? failure : new ConnectFailedError("nobody answers there", failure);
  } finally {
    clearTimeout(deadline);
  }
}

async function hello(connection: Connection): Promise<Packet<"welcome">> {
  try {
    return await connection.call(() => ({
      later: connection.request("welcome", {
        request: { cmd: "hello", data: { client: SOFTWARE, versions: [VERSION] } },
        use: (welcome) => {
          if (welcome.version !== VERSION) {
            throw new UnsupportedServerError("the server speaks another version");
          }
          connection.established();
          return welcome;
        },
      }),
    }));
  } catch (failure) {
    throw whyNoWelcome(failure);
  }
}

function whyNoWelcome(failure: unknown): unknown {
  const isRefused = failure instanceof RequestRefusedError && WRONG_SERVER.includes(failure.code);
  const isSilent = failure instanceof RequestTimeoutError;
  const isGarbled = failure instanceof ConnectionLostError && failure.cause instanceof MalformedFrameError;
  return isRefused || isSilent || isGarbled
    ? new UnsupportedServerError("what answers there does not speak version 1", failure)
    : failure;
}
