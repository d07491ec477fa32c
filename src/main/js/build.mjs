// Builds the library into dist/ and, where there is one, the web page into target/classes/web/.
//   node build.mjs             the library, and the page
//   node build.mjs --page-only
// Needs Node 18 or later. Quiet unless something fails.
import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { installDependencies } from "./dependencies.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const web = join(here, "../../../target/classes/web");

installDependencies(here);
if (!process.argv.includes("--page-only")) {
  buildLibrary();
}
if (existsSync(join(here, "page"))) {
  await buildPage();
}

function buildLibrary() {
  // The folder itself stays, so that a build does not make the one above it look changed.
  const dist = join(here, "dist");
  mkdirSync(dist, { recursive: true });
  readdirSync(dist).forEach((name) => rmSync(join(dist, name), { recursive: true }));
  const tsc = join(here, "node_modules/typescript/bin/tsc");
  const { status } = spawnSync(process.execPath, [tsc, "--project", here], { stdio: "inherit" });
  if (status !== 0) {
    process.exit(1);
  }
  copyFileSync(join(here, "../../../LICENSE"), join(dist, "LICENSE"));
}

/** The one place where the web page is put together. */
async function buildPage() {
  const { build } = await import("esbuild");
  await build({
    absWorkingDir: here,
    entryPoints: ["page/main.ts"],
    outdir: web,
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    // Inputs are named as they are relative to this folder, so that the same sources give the same bytes anywhere.
    legalComments: "eof",
    logLevel: "warning",
  });
}
