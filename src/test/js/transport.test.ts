import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type AddressInfo, type Socket } from "node:net";
import { test } from "node:test";
import { connect, createServer as createTlsServer, type TLSSocket } from "node:tls";
import { ResoluteClient, webSocketTransport, type WebSocketLike } from "../../main/js/src/index.js";
import { pinnedTransport } from "../../main/js/src/node.js";
import { certificate } from "./certificate.mjs";
import { SELF } from "./fakeServer.js";

/** As a page has it: no terminate, and close with 1000 alone. */
class PageSocket implements WebSocketLike {
  bufferedAmount = 0;
  onopen: unknown;
  onmessage: unknown;
  onclose: unknown;
  onerror: unknown;
  readonly sent: string[] = [];
  closedWith: number | undefined;

  send(text: string): void {
    this.sent.push(text);
  }

  close(code?: number): void {
    assert.ok(code === undefined || code === 1000, "any other throws in a page");
    this.closedWith = code ?? 1005;
  }

  tell(handler: "onopen" | "onmessage" | "onclose" | "onerror", event: object = {}): void {
    (this[handler] as (event: object) => void)(event);
  }
}

async function connected(socket: PageSocket): Promise<ResoluteClient> {
  const connecting = ResoluteClient.connect("wss://localhost/v1", { transport: webSocketTransport(() => socket) });
  await Promise.resolve();
  socket.tell("onopen");
  while (socket.sent.length === 0) {
    await new Promise((resolve) => setImmediate(resolve));
  }
  const { id } = JSON.parse(socket.sent[0]!) as { id: string };
  const data = { version: 1, user_id: SELF, limits: {}, features: [] };
  socket.tell("onmessage", { data: JSON.stringify({ cmd: "hello", id, data }) });
  return connecting;
}

test("a WebSocket of a page carries a connection, and is closed with it", async () => {
  const socket = new PageSocket();
  const client = await connected(socket);
  assert.equal(client.userId, SELF);
  client.close();
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(socket.closedWith, 1000);
  socket.tell("onclose", { code: 1000, reason: "" });
  assert.equal((await client.terminated).code, 1000);
});

test("a binary message ends the connection", async () => {
  const socket = new PageSocket();
  const client = await connected(socket);
  socket.tell("onmessage", { data: new ArrayBuffer(1) });
  assert.equal((await client.terminated).code, 1006);
  assert.equal(socket.closedWith, 1000);
});

test("a WebSocket that is closed without an error did not open", async () => {
  const socket = new PageSocket();
  const connecting = ResoluteClient.connect("wss://localhost/v1", { transport: webSocketTransport(() => socket) });
  await Promise.resolve();
  socket.tell("onclose", { code: 1006, reason: "" });
  await assert.rejects(connecting, { name: "ConnectFailedError" });
});

test("what went wrong with TLS is told where it is known", async () => {
  const causes: [object, string][] = [
    [{ error: { code: "DEPTH_ZERO_SELF_SIGNED_CERT" } }, "ServerNotTrustedError"],
    [{ error: { code: "ERR_TLS_CERT_ALTNAME_INVALID" } }, "ServerNotTrustedError"],
    [{ error: { code: "CERT_HAS_EXPIRED" } }, "ServerNotTrustedError"],
    [{ error: { code: "ERR_SSL_WRONG_VERSION_NUMBER" } }, "UnsupportedServerError"],
    [{ error: new Error("Unexpected server response: 404") }, "UnsupportedServerError"],
    [{ error: { code: "ECONNREFUSED" } }, "ConnectFailedError"],
    [{}, "ConnectFailedError"],
  ];
  for (const [event, name] of causes) {
    const socket = new PageSocket();
    const connecting = ResoluteClient.connect("wss://localhost/v1", { transport: webSocketTransport(() => socket) });
    await Promise.resolve();
    socket.tell("onerror", event);
    await assert.rejects(connecting, { name });
  }
});

test("a server that takes the connection and says nothing is given up, and its socket closed", async () => {
  const mute = createServer().listen(0, "localhost");
  await once(mute, "listening");
  const taken = once(mute, "connection") as Promise<[Socket]>;
  const url = `wss://localhost:${(mute.address() as AddressInfo).port}/v1`;
  const transport = pinnedTransport("00".repeat(32), { handshakeTimeoutMs: 100 });
  const failing = assert.rejects(ResoluteClient.connect(url, { transport }), {
    name: "ConnectFailedError",
    message: "what answers there does not complete the TLS handshake in time",
  });
  const [socket] = await taken;
  const closed = once(socket.resume(), "close");
  await failing;
  await closed;
  mute.close();
  assert.throws(() => pinnedTransport("00".repeat(32), { handshakeTimeoutMs: 0 }), RangeError);
});

test("a server that is the pinned one and opens no WebSocket is given up, and its socket closed", { timeout: 30_000 }, async (t) => {
  const mute = createTlsServer(certificate()).listen(0, "localhost");
  t.after(() => mute.close());
  await once(mute, "listening");
  const { port } = mute.address() as AddressInfo;
  const url = new URL(`wss://localhost:${port}/v1`);
  const looking = connect({ port, host: "localhost", rejectUnauthorized: false });
  await Promise.all([once(looking, "secureConnect"), once(mute, "secureConnection")]);
  const { fingerprint256: fingerprint } = looking.getPeerCertificate();
  looking.destroy();
  const taken = once(mute, "secureConnection") as Promise<[TLSSocket]>;
  const opening = pinnedTransport(fingerprint, { handshakeTimeoutMs: 500 })(url, { message() {}, closed() {} });
  // Not over a client, which would give up by itself.
  const failing = assert.rejects(opening, { name: "ConnectFailedError" });
  const [socket] = await taken;
  t.after(() => socket.destroy());
  const closed = once(socket.resume(), "close");
  await failing;
  await closed;
});
