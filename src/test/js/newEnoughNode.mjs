import { cpSync, existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { installDependencies } from "../../main/js/dependencies.mjs";

const OLDEST = 20;

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
    cpSync(fileURLToPath(new URL("node", import.meta.url)), folder, { recursive: true });
    installDependencies(folder);
  }
  if (!existsSync(program)) {
    process.stderr.write(`The tests of the JavaScript client need Node ${OLDEST} or later, and npm got none for this machine.\n`);
    process.exit(1);
  }
  return program;
}
