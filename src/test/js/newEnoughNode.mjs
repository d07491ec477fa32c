import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";

const OLDEST = 20;
const VERSION = "20.20.2";

/**
 * Returns the program of a Node that the library runs on: the one that runs this, or, where that is too old, one that
 * npm installs under target/.
 */
export function newEnoughNode(root) {
  if (Number(process.versions.node.split(".")[0]) >= OLDEST) {
    return process.execPath;
  }
  const folder = join(root, "target/node");
  const program = join(folder, `node_modules/node-${process.platform}-${process.arch}/bin/node`);
  if (!existsSync(program)) {
    mkdirSync(folder, { recursive: true });
    const packages = [`node-${process.platform}-${process.arch}@${VERSION}`];
    const options = ["--prefix", folder, "--no-save", "--no-audit", "--no-fund", "--ignore-scripts"];
    const { status } = spawnSync("npm", ["install", ...options, ...packages], { stdio: ["ignore", "ignore", "inherit"] });
    if (status !== 0) {
      process.stderr.write(`The tests of the JavaScript client need Node ${OLDEST} or later.\n`);
      process.exit(1);
    }
  }
  return program;
}
