import assert from "node:assert/strict";
import { test } from "node:test";
import { eventBusTransport, ResoluteClient, type BusCallback, type EventBusLike } from "../../main/js/src/index.js";
import { SELF, type Frame } from "./fakeServer.js";

const ADDRESS = "resolute.connections.1";

/** The event bus of a page, as far as a client uses it, and the bridge behind it. */
class FakeBus implements EventBusLike {
  state = 0;
  onopen?: () => void;
  onclose?: (event: { code: number; reason: string }) => void;
  readonly sent: Frame[] = [];
  readonly handlers = new Map<string, BusCallback>();
  firstCallback: BusCallback | undefined;

  open(): void {
    this.state = 1;
    this.onopen?.();
  }

  send(address: string, body: unknown, callback?: BusCallback): void {
    assert.equal(address, "resolute.packets");
    this.sent.push(body as Frame);
    this.firstCallback ??= callback;
    assert.equal(callback !== undefined, this.sent.length === 1, "only the first has a callback");
  }

  registerHandler(address: string, callback: BusCallback): void {
    this.handlers.set(address, callback);
  }

  close(): void {
    this.state = 3;
    this.onclose?.({ code: 1000, reason: "" });
  }
}

test("hello is answered, and all else comes at the address that it names", async () => {
  const bus = new FakeBus();
  const connecting = ResoluteClient.connect("wss://localhost/v1", { transport: eventBusTransport(bus) });
  bus.open();
  await until(() => bus.sent.length === 1);
  const [hello] = bus.sent as [Frame];
  assert.equal(hello.cmd, "hello");
  const data = { version: 1, user_id: SELF, limits: {}, features: [], address: ADDRESS };
  bus.firstCallback!(null, { body: { cmd: "hello", id: hello.id, data } });
  const client = await connecting;
  assert.equal(client.userId, SELF);
  const creating = client.createRoom("r", "u");
  await until(() => bus.sent.length === 2);
  const { id } = bus.sent[1]!;
  const body = { cmd: "create-room-error", id, data: { code: "limit-reached", msg: "full" } };
  bus.handlers.get(ADDRESS)!(null, { body });
  await assert.rejects(creating, { name: "RequestRefusedError", code: "limit-reached", retryable: true });
  client.close();
  assert.equal((await client.terminated).code, 1000);
  assert.equal(bus.state, 3);
});

test("a bus that does not open is a failure to connect", async () => {
  const bus = new FakeBus();
  const connecting = ResoluteClient.connect("wss://localhost/v1", { transport: eventBusTransport(bus) });
  bus.close();
  await assert.rejects(connecting, { name: "ConnectFailedError" });
});

test("a bus that is closed already is a failure to connect, at once", async () => {
  const bus = new FakeBus();
  bus.open();
  bus.close();
  const transport = eventBusTransport(bus);
  const connecting = ResoluteClient.connect("wss://localhost/v1", { transport, connectTimeoutMs: 2 ** 30 });
  await assert.rejects(connecting, { name: "ConnectFailedError" });
});

test("a failure of the bus ends the connection", async () => {
  const bus = new FakeBus();
  bus.open();
  const connecting = ResoluteClient.connect("wss://localhost/v1", { transport: eventBusTransport(bus) });
  await until(() => bus.sent.length === 1);
  bus.firstCallback!({ failureType: "NO_HANDLERS" });
  await assert.rejects(connecting, { name: "ConnectionLostError" });
});

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}
