import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { newEnoughNode } from "./newEnoughNode.mjs";

/**
 * Runs tests with `node --test`. Prints the closing lines alone, and where a test fails, what node says about it, marked
 * as errors are in Maven's log. Ends the process if one does.
 *
 * @param name what the reports are called, below target/js-test
 * @param options of node, beside those for the reports
 */
export function runTests(root, name, files, options = []) {
  const output = join(root, "target/js-test");
  mkdirSync(output, { recursive: true });
  const [tap, spec] = [join(output, `${name}.tap`), join(output, `${name}.txt`)];
  const reporters = [`--test-reporter=tap`, `--test-reporter-destination=${tap}`, `--test-reporter=spec`];
  const arguments_ = ["--test", ...options, ...reporters, `--test-reporter-destination=${spec}`, ...files];
  const { status } = spawnSync(newEnoughNode(root), arguments_, { cwd: root, stdio: "inherit" });
  const closing = readFileSync(tap, "utf8").match(/^# (tests|pass|fail) \d+$/gm) ?? [];
  console.log(closing.join("\n"));
  if (status !== 0) {
    const all = readFileSync(spec, "utf8");
    const failures = all.slice(Math.max(0, all.indexOf("failing tests:")));
    console.log(failures.replace(/^/gm, "[ERROR] "));
    process.exit(1);
  }
}
