// Makes programs and scripts of pages from the examples of the documents.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { build, root } from "./packages.mjs";

const library = join(root, "src/main/js");
const output = join(root, "target/js-test/examples");
const resolveDir = join(root, "src/test/js");

const COMMON = {
  bundle: true,
  format: "esm",
  nodePaths: [join(library, "node_modules")],
  alias: { "resolute-client/node": join(library, "src/node.ts"), "resolute-client": join(library, "src/index.ts") },
  logLevel: "warning",
};

/**
 * Makes a program for Node of a few lines of code.
 *
 * @param code may import what is in src/test/js
 * @returns its path
 */
export async function programOf(name, code) {
  mkdirSync(output, { recursive: true });
  const outfile = join(output, `${name}.mjs`);
  await build({
    ...COMMON,
    stdin: { contents: code, resolveDir },
    platform: "node",
    // For what is bundled and not itself a module.
    banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' },
    outfile,
  });
  return outfile;
}

/** Makes a script for a page of a few lines of code, and returns its text. */
export async function scriptOf(code) {
  const { outputFiles } = await build({
    ...COMMON,
    stdin: { contents: code, resolveDir },
    // SockJS takes it that every place has one.
    define: { global: "globalThis" },
    platform: "browser",
    write: false,
  });
  return outputFiles[0].text;
}
