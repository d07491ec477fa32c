import { spawnSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";

/** Runs `npm ci` in `folder`, if its package-lock.json is newer than what is installed there. */
export function installDependencies(folder) {
  // npm writes this file last.
  const installed = join(folder, "node_modules/.package-lock.json");
  const wanted = statSync(join(folder, "package-lock.json")).mtimeMs;
  if (existsSync(installed) && statSync(installed).mtimeMs >= wanted) {
    return;
  }
  const arguments_ = ["ci", "--no-audit", "--no-fund", "--no-update-notifier", "--ignore-scripts", "--loglevel=error"];
  const { status, stdout } = spawnSync("npm", arguments_, { cwd: folder, stdio: ["ignore", "pipe", "inherit"] });
  if (status !== 0) {
    process.stderr.write(stdout ?? "npm is missing: on Debian, apt-get install npm\n");
    process.exit(1);
  }
}
