import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "node:test";
import { gunzipSync } from "node:zlib";
import { buildPage } from "../../../main/js/page/build.mjs";
import { licensesOf } from "../../../main/js/page/licenses.mjs";
import { servePage } from "./served.mjs";
import { stage } from "./stage.mjs";

const MAX_FIRST_LOAD = 60_000;

describe("the page", () => {
  const at = stage(servePage);

  /** Asks for a file as browsers do, and returns its bytes as they came. */
  async function get(path) {
    const headers = { "Accept-Encoding": "gzip, deflate, br" };
    const [answer] = await once(
      request(at.server.url + path.slice(1), { rejectUnauthorized: false, headers, agent: false }).end(),
      "response",
    );
    assert.equal(answer.statusCode, 200);
    return { headers: answer.headers, body: Buffer.concat(await answer.toArray()) };
  }

  it("is small to load for the first time", async () => {
    const { body } = await get("/");
    const files = [
      ...gunzipSync(body)
        .toString()
        .matchAll(/(?:src|href)="([^"#/]+)"/g),
    ].map(([, name]) => `/${name}`);
    assert.equal(files.length, 3, files.join());
    let size = body.length;
    for (const file of files) {
      size += (await get(file)).body.length;
    }
    assert.ok(size < MAX_FIRST_LOAD, `${size} bytes`);
  });

  it("is what everybody gets who builds it, byte for byte", async () => {
    const folder = mkdtempSync(join(tmpdir(), "resolute-page-"));
    try {
      await buildPage(folder);
      for (const name of readFileSync(join(folder, "files.txt"), "utf8").trim().split("\n")) {
        const { body } = await get(name === "index.html" ? "/" : `/${name}`);
        assert.deepEqual(gunzipSync(body), readFileSync(join(folder, name)), name);
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("names whose work is in it, under which licence", async () => {
    const alice = await at.browser.visitor();
    await alice.open(at.server.url);
    await alice.page.getByText("What this protects").click();
    const opening = alice.context.waitForEvent("page");
    await alice.page.getByRole("link", { name: "Licences" }).click();
    const text = await (await opening).locator("pre").textContent();
    assert.deepEqual(
      [...text.matchAll(/^(\S+) \d+\.\d+\.\d+\n=+$/gm)].map(([, name]) => name),
      ["@hpke/common", "@hpke/core", "@hpke/dhkem-x25519", "@hpke/hybridkem-x-wing", "@noble/ed25519", "mlkem", "uqr"],
    );
    assert.match(text, /noble-hashes - MIT License \(c\) 2022 Paul Miller/);
    assert.equal(text.match(/^Permission is hereby granted, free of charge/gm).length, 7);
  });

  it("is not built with what has no licence", () => {
    const folder = mkdtempSync(join(tmpdir(), "resolute-page-"));
    try {
      const place = join(folder, "node_modules/@a/b");
      mkdirSync(place, { recursive: true });
      writeFileSync(join(place, "package.json"), '{"version": "1.2.3"}');
      writeFileSync(join(place, "c.js"), "");
      const inputs = ["own.ts", "node_modules/@a/b/c.js"];
      assert.throws(() => licensesOf(folder, inputs), /@a\/b .* 0 files are its licence/);
      writeFileSync(join(place, "LICENSE.md"), "Do good.\r\n");
      assert.match(licensesOf(folder, inputs), /\n@a\/b 1\.2\.3\n=+\n\nDo good\.\n$/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("comes with a policy that lets it do no more than it must", async () => {
    const { headers } = await get("/");
    const policy = headers["content-security-policy"].split("; ");
    for (const rule of ["default-src 'none'", "script-src 'self'", "style-src 'self'", "connect-src 'self'"]) {
      assert.ok(policy.includes(rule), rule);
    }
    for (const rule of ["form-action 'none'", "base-uri 'none'", "frame-ancestors 'none'"]) {
      assert.ok(policy.includes(rule), rule);
    }
    assert.ok(policy.includes("require-trusted-types-for 'script'"));
    assert.doesNotMatch(policy.join(), /unsafe|https?:|data:|\*/);
    assert.equal(headers["referrer-policy"], "no-referrer");
  });

  it("stores nothing", async () => {
    const alice = await at.browser.visitor();
    await alice.create(at.server.url, "Alice");
    const bob = await at.browser.visitor();
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

  it("asks the server for what it is made of, and nobody for anything else", async () => {
    const alice = await at.browser.visitor();
    const asked = [];
    alice.page.on("request", (request) => asked.push(new URL(request.url()).pathname));
    await alice.create(at.server.url, "Alice");
    assert.equal(asked.filter((path) => path.endsWith(".js")).length, 1);
    await alice.invite();
    await alice.page.waitForLoadState("networkidle");
    assert.ok(asked.includes("/"));
    assert.ok(
      asked.every((path) =>
        /^\/(|page\.[0-9a-f]{12}\.(js|css)|icon\.[0-9a-f]{12}\.svg|qr\.[A-Z0-9]{8}\.js)$/.test(path),
      ),
      asked.join(),
    );
  });

  it("offers nothing that was typed to a later visitor", async () => {
    const alice = await at.browser.visitor();
    await alice.open(at.server.url);
    const fields = await alice.page.locator("input:not([type=radio]), textarea").all();
    assert.equal(fields.length, 6);
    for (const field of fields) {
      assert.equal(await field.getAttribute("autocomplete"), "off");
    }
  });

  it("is kept by its policy from loading, running and sending anything else", async () => {
    const alice = await at.browser.visitor();
    await alice.open(at.server.url);
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
      const all = ["style-src-attr", "require-trusted-types-for", "connect-src", "img-src"];
      while (!all.every((directive) => seen.includes(directive))) {
        await new Promise((resolve) => document.addEventListener("securitypolicyviolation", resolve, { once: true }));
      }
      return seen;
    });
    for (const directive of ["style-src-attr", "require-trusted-types-for", "connect-src", "img-src"]) {
      assert.ok(broken.includes(directive), `${directive} in ${broken.join()}`);
    }
    alice.wrongs.length = 0;
  });
});
