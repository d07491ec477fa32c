// Bundles the page: index.html, its script, what the script loads later, its style sheet and its icon, named for what is
// in them (what is loaded later: for what was in it before it was made smaller); licenses.txt; and files.txt, which names
// them to the server. The same sources give the same bytes.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { minify } from "terser";
import { licensesOf } from "./licenses.mjs";
import { billOf } from "./sbom.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
// Two years of browsers and more; all have dialogs, color-mix and the cryptography that the library needs.
const TARGETS = ["chrome111", "firefox115", "safari16.4"];

/**
 * @param out the folder that the files are put into; the files of an earlier build are removed
 * @param bill the file that tells what the page is made of, unless it is undefined
 * @param options more options of esbuild
 */
export async function buildPage(out, bill, options = {}) {
  mkdirSync(out, { recursive: true });
  readdirSync(out)
    .filter((name) => /^((page|qr|icon)\..*|index\.html|licenses\.txt|files\.txt)$/.test(name))
    .forEach((name) => rmSync(join(out, name)));
  const bundle = await build({
    entryPoints: [join(here, "main.ts"), join(here, "page.css")],
    // Inputs are named as they are relative to this folder, so that the same sources give the same bytes anywhere.
    absWorkingDir: here,
    bundle: true,
    splitting: true,
    chunkNames: "[name].[hash]",
    minify: true,
    format: "esm",
    target: TARGETS,
    charset: "utf8",
    // They are in licenses.txt, whole.
    legalComments: "none",
    banner: { js: "/*! /licenses.txt */" },
    outdir: out,
    write: false,
    metafile: true,
    logLevel: "warning",
    ...options,
  });
  let html = readFileSync(join(here, "index.html"), "utf8").replace(/\n\s*/g, "\n");
  const names = ["index.html"];
  const write = (name, content) => {
    writeFileSync(join(out, name), content);
    names.push(name);
  };
  const asked = new Map([["icon.svg", readFileSync(join(here, "icon.svg"))]]);
  for (const file of bundle.outputFiles) {
    const name = basename(file.path);
    const content = name.endsWith(".js") ? await smaller(file.text) : file.contents;
    if (name.startsWith("qr.")) {
      write(name, content);
    } else {
      asked.set(name === "main.js" ? "page.js" : name, content);
    }
  }
  for (const [name, content] of asked) {
    const hashed = hashedName(name, content);
    if (!html.includes(`"${name}"`)) {
      throw new Error(`index.html does not ask for ${name}`);
    }
    html = html.replaceAll(`"${name}"`, `"${hashed}"`);
    write(hashed, content);
  }
  writeFileSync(join(out, "index.html"), html);
  const bundled = Object.values(bundle.metafile.outputs).flatMap(({ inputs }) => Object.keys(inputs));
  write("licenses.txt", licensesOf(here, bundled));
  if (bill !== undefined) {
    mkdirSync(dirname(bill), { recursive: true });
    writeFileSync(bill, billOf(here, bundled));
  }
  // A jar cannot be asked what is in it.
  writeFileSync(join(out, "files.txt"), `${names.sort().join("\n")}\n`);
}

/** A twentieth is gone of what esbuild leaves, gzipped. */
async function smaller(script) {
  const { code } = await minify(script, { module: true });
  return Buffer.from(code);
}

function hashedName(name, content) {
  const hash = createHash("sha256").update(content).digest("hex").slice(0, 12);
  const type = extname(name);
  return `${name.slice(0, -type.length)}.${hash}${type}`;
}
