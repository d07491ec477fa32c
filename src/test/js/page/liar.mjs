import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:https";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { WebSocket, root } from "./packages.mjs";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
};

/** What the server sends with the page. */
export const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "manifest-src 'self'",
  "connect-src 'self'",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join("; ");

/**
 * Starts what a relay that changes its code could be: it serves the page, and hands everything on to a real relay, but
 * changes what it likes on the way.
 *
 * @param relayPort where the real one is
 */
export async function startLiar(relayPort) {
  const files = pageFiles();
  const sockets = new Set();
  const liar = {
    /** Returns what the page gets instead of one frame of the relay: any number of frames. */
    toPage: (frame) => [frame],
    /** Told each frame that a page sends. */
    fromPage: () => {},
  };
  const server = createServer((identity ??= certificate()), (request, response) => {
    const file = files.get(request.url === "/" ? "/index.html" : request.url);
    if (file === undefined) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { "Content-Type": file.type, "Content-Security-Policy": POLICY }).end(file.content);
  });
  const doors = new WebSocket.Server({ server, path: "/v1", perMessageDeflate: false });
  doors.on("connection", (page) => {
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
      liar.toPage(JSON.parse(text.toString())).forEach((frame) => page.send(JSON.stringify(frame)));
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

let identity;

function pageFiles() {
  const folder = join(root, "target/classes/web");
  const names = readFileSync(join(folder, "files.txt"), "utf8").trim().split("\n");
  return new Map(
    names.map((name) => [`/${name}`, { type: TYPES[extname(name)], content: readFileSync(join(folder, name)) }]),
  );
}

/** Makes a certificate with what every JDK has. */
function certificate() {
  const folder = mkdtempSync(join(tmpdir(), "resolute-page-"));
  const file = join(folder, "liar.p12");
  const passphrase = "liar-liar";
  const subject = ["-dname", "CN=localhost", "-ext", "san=dns:localhost", "-validity", "2"];
  const key = ["-genkeypair", "-alias", "liar", "-keyalg", "EC", "-groupname", "secp256r1"];
  const store = ["-storetype", "PKCS12", "-keystore", file, "-storepass", passphrase];
  try {
    execFileSync("keytool", [...key, ...subject, ...store], { stdio: "ignore" });
    return { pfx: readFileSync(file), passphrase };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
