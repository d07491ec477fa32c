import { createServer, request } from "node:https";
import { certificate } from "../certificate.mjs";
import { WebSocket } from "./packages.mjs";

const TOO_MANY_CONNECTIONS = 4001;

/**
 * Starts what a relay that changes its code could be: it hands everything on to a real one, the page too, but changes
 * what it likes on the way.
 *
 * @param relayPort where the real one is
 */
export async function startLiar(relayPort) {
  const sockets = new Set();
  const liar = {
    /**
     * Returns what the page gets instead of one frame of the relay: any number of frames. Is also given what sends that
     * page a frame later.
     */
    toPage: (frame, _send) => [frame],
    /** Told each frame that a page sends. */
    fromPage: () => {},
    /** Whether it has as many connections as it may have. */
    isFull: false,
  };
  const server = createServer(certificate(), (asked, answer) => {
    const options = { port: relayPort, path: asked.url, headers: asked.headers, rejectUnauthorized: false };
    // Over a line of its own: one that was used before may be closed by the relay while this is on its way.
    request({ host: "localhost", agent: false, ...options }, (page) => {
      answer.writeHead(page.statusCode, page.headers);
      page.pipe(answer);
    })
      .on("error", () => answer.destroy())
      .end();
  });
  const doors = new WebSocket.Server({ server, path: "/v1", perMessageDeflate: false });
  doors.on("connection", (page) => {
    if (liar.isFull) {
      page.close(TOO_MANY_CONNECTIONS);
      return;
    }
    const relay = new WebSocket(`wss://localhost:${relayPort}/v1`, {
      rejectUnauthorized: false,
      perMessageDeflate: false,
    });
    const opened = new Promise((resolve) => relay.once("open", resolve));
    sockets.add(page).add(relay);
    page.on("message", (text) => {
      liar.fromPage(JSON.parse(text.toString()));
      opened.then(() => relay.send(text.toString()));
    });
    relay.on("message", (text) => {
      const send = (frame) => page.send(JSON.stringify(frame));
      liar.toPage(JSON.parse(text.toString()), send).forEach(send);
    });
    page.on("close", () => relay.terminate());
    relay.on("close", (code) => (code < 1007 && code !== 1001 ? page.terminate() : page.close(code)));
    relay.on("error", () => page.terminate());
  });
  await new Promise((resolve) => server.listen(0, "localhost", resolve));
  liar.port = server.address().port;
  /** Sends a frame of its own to every page. */
  liar.say = (frame) => doors.clients.forEach((page) => page.send(JSON.stringify(frame)));
  /** Closes every page's connection. */
  liar.close = (code) => doors.clients.forEach((page) => page.close(code));
  /** Cuts the connection that was made last. */
  liar.cutNewest = () => [...doors.clients].at(-1).terminate();
  liar.stop = async () => {
    sockets.forEach((socket) => socket.terminate());
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return liar;
}
