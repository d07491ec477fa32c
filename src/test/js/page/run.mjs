// Checks the types of the page, bundles it, and tries it in a headless Chromium against target/resolute-fat.jar.
//   node src/test/js/page/run.mjs             everything; screenshots go to target/screenshots
//   node src/test/js/page/run.mjs NAME…       of these files alone
//   node src/test/js/page/run.mjs --picture   draws docs/page.png, for the README, instead
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { installDependencies } from "../../../main/js/dependencies.mjs";
import { newEnoughNode } from "../newEnoughNode.mjs";
import { runTests } from "../nodeTests.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "../../../..");
const library = join(root, "src/main/js");
const node = newEnoughNode(root);

installDependencies(library);
run(join(library, "node_modules/typescript/bin/tsc"), "--project", join(library, "page"));
run(join(library, "build.mjs"), "--page-only");

const names = process.argv.slice(2);
if (names.includes("--picture")) {
  run(join(here, "picture.mjs"));
} else {
  const wanted = (name) => names.length === 0 || names.some((one) => name.startsWith(one));
  const files = readdirSync(here).filter((name) => name.endsWith(".test.mjs") && wanted(name));
  // Two at a time: each has a server and a browser of its own, and waits for them more than it does anything.
  const paths = files.map((name) => join(here, name));
  runTests(root, "page", paths, ["--test-concurrency=2"]);
}

function run(...arguments_) {
  const { status } = spawnSync(node, arguments_, { cwd: root, stdio: "inherit" });
  if (status !== 0) {
    process.exit(status ?? 1);
  }
}
