import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { root } from "./packages.mjs";

const LISTENING = /Listening on wss:\/\/[^:]+:(\d+)\//;

/**
 * Starts the server as people run it, on a free port.
 *
 * @param config more of its configuration
 */
export async function startRelay(config = {}) {
  const jar = join(root, "target/resolute-fat.jar");
  const conf = JSON.stringify({ listen: { host: "localhost", port: 0 }, ...config });
  const options = ["-XX:-UsePerfData", "-XX:TieredStopAtLevel=1", "-jar", jar, "-conf", conf];
  const child = spawn("java", options, { stdio: ["ignore", "pipe", "inherit"] });
  const ended = once(child, "exit");
  const said = [];
  let port;
  for await (const line of createInterface({ input: child.stdout })) {
    said.push(line);
    port = LISTENING.exec(line)?.[1];
    if (port !== undefined) {
      break;
    }
  }
  if (port === undefined) {
    throw new Error(`the server ended: ${said.join("\n")}`);
  }
  child.stdout.resume();
  return {
    port: Number(port),
    /** Stops it as an operator does, with a close frame to everybody. */
    async stop() {
      child.kill("SIGTERM");
      await ended;
    },
    /** Lets it vanish. */
    async kill() {
      child.kill("SIGKILL");
      await ended;
    },
  };
}
