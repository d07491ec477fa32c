import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, describe, it } from "node:test";
import { connect } from "node:tls";
import { promisify } from "node:util";
import { programOf, scriptOf } from "./examples.mjs";
import { root } from "./packages.mjs";
import { servePage } from "./served.mjs";
import { stage } from "./stage.mjs";

const ELSEWHERE = "https://elsewhere.example";
const TALK = [
  "joined alice,already-joined,members alice,bob,carol,forbidden,bad-key",
  "user-joined-onetime bob,hello,user-joined-forever carol,user-left left,goodbye,closed with 1000",
  "user-joined-forever carol,for bob,user-left left,room-closed closed,closed with 1000",
  "closed with 1000",
].join();
const SCRIPT = `
import { talk } from "./page/busTalk.mjs";
import { answer } from "./examples/sealedBus.mjs";
Object.assign(globalThis, { talk, answer });
`;
const PAGE = `<!doctype html><meta charset="utf-8" /><title>Another page</title>
<script type="module" src="/own.js"></script>`;

describe("the event bus", () => {
  const listen = { host: "localhost", port: 0, origins: ["https://known.example"] };
  const at = stage(() => servePage({ listen }));
  let script;

  before(async () => {
    script = await scriptOf(SCRIPT);
  });

  /** Opens a page of one's own, as if it came from `origin`; with the policy of the relay's page. */
  async function ownPage(origin) {
    const visitor = await at.browser.visitor();
    const policy = (await visitor.context.request.get(at.server.url)).headers()["content-security-policy"];
    // Another site says itself whom its pages may talk to.
    const csp = origin === at.server.url ? policy : policy.replace("connect-src 'self'", "connect-src *");
    const answer = (contentType, body) => (route) =>
      route.fulfill({ contentType, body, headers: { "Content-Security-Policy": csp } });
    await visitor.context.route(new URL("/own.html", origin).href, answer("text/html", PAGE));
    await visitor.context.route(new URL("/own.js", origin).href, answer("text/javascript", script));
    // Chromium would ask whether the site may talk to this machine: it asks no more, and the rest is up to the relay.
    await visitor.context.grantPermissions(["local-network-access"], { origin: new URL(origin).origin });
    await visitor.open(new URL("/own.html", origin).href);
    await visitor.page.waitForFunction(() => globalThis.talk !== undefined);
    return visitor;
  }

  /** Tries all ways into the relay from a page. */
  function waysIn({ page }) {
    return page.evaluate(async (url) => {
      const opens = (path) =>
        new Promise((resolve) => {
          const socket = new WebSocket(new URL(path, url.replace("https:", "wss:")));
          socket.onopen = () => resolve("opens");
          socket.onerror = () => resolve("fails");
        });
      return {
        packets: await opens("/v1"),
        bridge: await opens("/eventbus/websocket"),
        bus: await globalThis.talk(`${url}eventbus`).then(String, (failure) => failure.message),
      };
    }, at.server.url);
  }

  /** Returns the environment for programs in Node that trust the relay's certificate. */
  async function trusting() {
    const socket = connect({ port: at.server.relay.port, host: "localhost", rejectUnauthorized: false });
    await once(socket, "secureConnect");
    const der = socket.getPeerCertificate().raw.toString("base64");
    socket.destroy();
    const file = join(root, "target/js-test/examples/server.pem");
    writeFileSync(file, `-----BEGIN CERTIFICATE-----\n${der.replace(/.{64}/g, "$&\n")}\n-----END CERTIFICATE-----\n`);
    return { ...process.env, NODE_EXTRA_CA_CERTS: file };
  }

  /** Has somebody at the page talk with an example that was given the link. */
  async function talkWithExample(begin) {
    const alice = await at.browser.visitor();
    await alice.create(at.server.url, "Alice", "Plans");
    begin(await alice.invite());
    await alice.seesPresence("2 people · all invited");
    await alice.say("hello");
    await alice.sees("You said: hello");
  }

  it("is used from Node with the client of Vert.x", async () => {
    const program = await programOf(
      "talk",
      'import { talk } from "./page/busTalk.mjs"; console.log(String(await talk(process.argv[2])));',
    );
    const { stdout } = await promisify(execFile)(process.execPath, [program, `${at.server.url}eventbus`], {
      env: await trusting(),
    });
    assert.equal(stdout.trim(), TALK);
  });

  it("is used from Node in sealed rooms", async () => {
    const program = await programOf(
      "sealed",
      'import { answer } from "./examples/sealedBus.mjs"; await answer(process.argv[2]); process.exit(0);',
    );
    const env = await trusting();
    let example;
    await talkWithExample((link) => {
      example = spawn(process.execPath, [program, link], { env, stdio: "inherit" });
    });
    example.kill();
    await once(example, "exit");
  });

  it("is used by a page of the same origin, under the policy of the relay's own", async () => {
    const visitor = await ownPage(at.server.url);
    assert.deepEqual(await waysIn(visitor), { packets: "opens", bridge: "opens", bus: TALK });
    await talkWithExample((link) => {
      void visitor.page.evaluate((invite) => void globalThis.answer(invite), link);
    });
  });

  it("is open to a page of an origin that the operator has named, as all of the relay is", async () => {
    const visitor = await ownPage("https://known.example");
    assert.deepEqual(await waysIn(visitor), { packets: "opens", bridge: "opens", bus: TALK });
    visitor.wrongs.length = 0;
  });

  it("is closed to a page of any other origin, as all of the relay is", async () => {
    const visitor = await ownPage(ELSEWHERE);
    assert.deepEqual(await waysIn(visitor), { packets: "fails", bridge: "fails", bus: "closed with 1002" });
    visitor.wrongs.length = 0;
  });
});
