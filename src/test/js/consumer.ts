import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export const LIBRARY = "src/main/js";
const NPM = ["--silent", "--no-audit", "--no-fund", "--ignore-scripts", "--prefer-offline"];

/**
 * Makes a project of its own that has the library as it would be published.
 *
 * @param folder is emptied first
 */
export function makeConsumer(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  execFileSync("npm", ["pack", "--silent", "--ignore-scripts", "--pack-destination", folder], { cwd: LIBRARY });
  const tarball = readdirSync(folder).find((name) => name.endsWith(".tgz"))!;
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "consumer", private: true, type: "module" }));
  execFileSync("npm", ["install", ...NPM, `./${tarball}`], { cwd: folder });
}
