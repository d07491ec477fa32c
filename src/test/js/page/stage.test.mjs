import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { describe, it } from "node:test";

/** It would not end by itself where it does not do what is tested. */
const PATIENCE_MS = 60_000;
const here = JSON.stringify(import.meta.url);

describe("a stage", () => {
  for (const anew of [false, true]) {
    it(`without a server ends, and says why: ${anew ? "one for each test" : "one for all"}`, { timeout: PATIENCE_MS }, async ({ signal }) => {
      const program = `
        import { describe, it } from "node:test";
        const { stage } = await import(new URL("stage.mjs", ${here}));
        describe("tests", () => {
          stage(() => Promise.reject(new Error("there is no server today")), { anew: ${anew} });
          it("is not run", () => {});
        });
      `;
      // As a program of its own, which does not end as long as a browser is open.
      const environment = { ...process.env, NODE_TEST_CONTEXT: undefined };
      const child = spawn(process.execPath, ["--input-type=module", "--eval", program], { env: environment, signal });
      const said = child.stdout.toArray();
      const [code] = await once(child, "close");
      const text = Buffer.concat(await said).toString();
      assert.equal(code, 1, text);
      assert.match(text, /there is no server today/);
      assert.doesNotMatch(text, /TypeError/);
    });
  }
});
