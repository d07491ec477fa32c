// Builds the library into dist/ and the web page into target/classes/web/.
//   node build.mjs             the library, and the page
//   node build.mjs --page-only
// Needs Node 18 or later. Quiet unless something fails.
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { installDependencies } from "./dependencies.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const web = join(here, "../../../target/classes/web");

installDependencies(here);
if (!process.argv.includes("--page-only")) {
  buildLibrary();
}
// Not before: it needs what has just been installed.
const { buildPage } = await import("./page/build.mjs");
await buildPage(web, join(web, "../META-INF/sbom/page.cdx.json"));

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
