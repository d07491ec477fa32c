import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { after, afterEach, before, describe, it } from "node:test";
import { gzipSync } from "node:zlib";
import { startBrowser } from "./browser.mjs";
import { root } from "./packages.mjs";
import { servePage } from "./served.mjs";

const MAX_FIRST_LOAD = 60_000;

describe("the page", () => {
  let server;
  let browser;

  before(async () => {
    server = await servePage();
    browser = await startBrowser();
  });
  afterEach(() => browser.leave());
  after(async () => {
    await browser.close();
    await server.stop();
  });

  it("is small to load for the first time", () => {
    const folder = join(root, "target/classes/web");
    const files = readFileSync(join(folder, "files.txt"), "utf8").trim().split("\n");
    const size = files.reduce((sum, name) => sum + gzipSync(readFileSync(join(folder, name))).length, 0);
    assert.ok(size < MAX_FIRST_LOAD, `${size} bytes`);
    assert.deepEqual([...files, "files.txt"].sort(), readdirSync(folder).sort());
  });

  it("stores nothing", async () => {
    const alice = await browser.visitor();
    await alice.create(server.url, "Alice");
    const bob = await browser.visitor();
    await bob.join(await alice.invite(), "Bob");
    await bob.say("hello");
    await alice.sees("hello");
    for (const { page, context } of [alice, bob]) {
      const stored = await page.evaluate(async () => ({
        cookies: document.cookie,
        local: localStorage.length,
        session: sessionStorage.length,
        databases: (await indexedDB.databases()).length,
        caches: (await caches.keys()).length,
        workers: (await navigator.serviceWorker.getRegistrations()).length,
        state: history.state,
        name: window.name,
      }));
      const nothing = { cookies: "", local: 0, session: 0, databases: 0, caches: 0, workers: 0, state: null, name: "" };
      assert.deepEqual(stored, nothing);
      assert.deepEqual(await context.cookies(), []);
    }
  });

  it("asks the server for its four files, and nobody for anything else", async () => {
    const alice = await browser.visitor();
    const asked = [];
    alice.page.on("request", (request) => asked.push(new URL(request.url()).pathname));
    await alice.create(server.url, "Alice");
    await alice.page.waitForLoadState("networkidle");
    assert.ok(asked.includes("/"));
    assert.ok(
      asked.every((path) => /^\/(|page\.[0-9a-f]{12}\.(js|css)|icon\.[0-9a-f]{12}\.svg)$/.test(path)),
      asked.join(),
    );
  });

  it("offers nothing that was typed to a later visitor", async () => {
    const alice = await browser.visitor();
    await alice.open(server.url);
    const fields = await alice.page.locator("input:not([type=radio]), textarea").all();
    assert.equal(fields.length, 5);
    for (const field of fields) {
      assert.equal(await field.getAttribute("autocomplete"), "off");
    }
  });

  it("is kept by its policy from loading, running and sending anything else", async () => {
    const alice = await browser.visitor();
    await alice.open(server.url);
    const broken = await alice.page.evaluate(async () => {
      const seen = [];
      document.addEventListener("securitypolicyviolation", (event) => seen.push(event.effectiveDirective));
      const tried = [
        () => document.body.setAttribute("style", "color: red"),
        () => (document.createElement("div").innerHTML = "<b>x</b>"),
        () => fetch("https://other.example/").catch(() => {}),
        () => (new Image().src = "https://other.example/x.png"),
      ];
      for (const attempt of tried) {
        try {
          await attempt();
        } catch (error) {
          seen.push(error.name);
        }
      }
      await new Promise((resolve) => setTimeout(resolve, 200));
      return seen;
    });
    for (const directive of ["style-src-attr", "require-trusted-types-for", "connect-src", "img-src"]) {
      assert.ok(broken.includes(directive), `${directive} in ${broken.join()}`);
    }
    alice.wrongs.length = 0;
  });
});
