// Checks the types of the tests, bundles them into target/js-test, and runs them there with `node --test`.
//   node src/test/js/run.mjs unit             all but those that need a server
//   node src/test/js/run.mjs server           those that start target/resolute-fat.jar
//   node src/test/js/run.mjs bundle           bundles alone, also the programs: target/js-test/puppet.mjs, for tests in
//                                             Java, and names the Node that runs them in target/js-test/node.txt
//   node src/test/js/run.mjs unit NAME…       of these files alone
import { spawnSync } from "node:child_process";
import { readdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { installDependencies } from "../../main/js/dependencies.mjs";
import { newEnoughNode } from "./newEnoughNode.mjs";
import { runTests } from "./nodeTests.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "../../..");
const library = join(root, "src/main/js");
const output = join(root, "target/js-test");
const SERVER = ".server.test.ts";

const [which, ...names] = process.argv.slice(2);
installDependencies(library);
checkTypes();
await bundle();
if (which === "bundle") {
  writeFileSync(join(output, "node.txt"), newEnoughNode(root));
} else {
  runBundles();
}

function checkTypes() {
  const tsc = join(library, "node_modules/typescript/bin/tsc");
  const { status } = spawnSync(process.execPath, [tsc, "--project", here], { stdio: "inherit" });
  if (status !== 0) {
    process.exit(1);
  }
}

async function bundle() {
  const { build } = createRequire(join(library, "package.json"))("esbuild");
  await build({
    absWorkingDir: root,
    entryPoints: readdirSync(here)
      .filter((name) => name.endsWith(".test.ts") || name === "puppet.ts" || name === "writeVectors.ts")
      .map((name) => join(here, name)),
    outdir: output,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    sourcemap: "inline",
    nodePaths: [join(library, "node_modules")],
    // For what is bundled and not itself a module.
    banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' },
    logLevel: "warning",
  });
}

function runBundles() {
  const wanted = (name) => names.length === 0 || names.some((one) => name.startsWith(one));
  const files = readdirSync(here)
    .filter((name) => name.endsWith(".test.ts") && name.endsWith(SERVER) === (which === "server") && wanted(name))
    .map((name) => join(output, name.replace(/\.ts$/, ".mjs")));
  runTests(root, which, files, ["--enable-source-maps"]);
}
