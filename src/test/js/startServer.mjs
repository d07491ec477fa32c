import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";

const JAR = "target/resolute-fat.jar";
const LISTENING = /Listening on wss:\/\/[^:]+:(\d+)\//;
const FINGERPRINT = /fingerprint ([0-9A-F:]{95})/;
/** A start takes a second or two, and many times that where many tests run at once. */
const PATIENCE_MS = 60_000;

/**
 * Starts the server as people run it, on a free port of the loopback, and waits until it listens. From the root of the
 * project.
 *
 * @param config more of its configuration
 * @param options `jvmOptions`; `patienceMs`: how long it may take; `command`: what is run in its stead, and with what
 * @returns rejected with what to do if it ends or says nothing in time; it does not run any more then
 */
export async function startServer(config = {}, options = {}) {
  const { jvmOptions = [], patienceMs = PATIENCE_MS, command = commandOf(config, jvmOptions) } = options;
  const [program, ...arguments_] = command;
  const child = spawn(program, arguments_, { stdio: ["ignore", "pipe", "inherit"] });
  const ended = new Promise((resolve) => {
    child.once("exit", resolve);
    child.once("error", (failure) => resolve(failure.message));
  });
  const stop = async (signal = "SIGKILL") => {
    child.kill(signal);
    await ended;
  };
  const signal = AbortSignal.timeout(patienceMs);
  const said = [];
  for await (const line of createInterface({ input: child.stdout, signal })) {
    said.push(line);
    const [port, fingerprint] = [LISTENING, FINGERPRINT].map((told) => told.exec(said.join("\n"))?.[1]);
    if (port !== undefined && fingerprint !== undefined) {
      child.stdout.resume();
      return { port: Number(port), fingerprint, stop };
    }
  }
  const how = signal.aborted ? `does not listen after ${patienceMs / 1000} s` : "has ended";
  await stop();
  throw new Error(
    `the server ${how}; to see why, run: ${command.map(quoted).join(" ")}\nIt said: ${said.join("\n") || "nothing"}`,
  );
}

/** As a shell takes it for one word. */
function quoted(argument) {
  return /^[\w./:=+-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", "'\\''")}'`;
}

function commandOf(config, jvmOptions) {
  if (!existsSync(JAR)) {
    throw new Error(`there is no ${JAR}: scripts/build makes it`);
  }
  const home = process.env.JAVA_HOME;
  const java = home === undefined ? "java" : join(home, "bin/java");
  const conf = JSON.stringify({ listen: { host: "localhost", port: 0 }, ...config });
  return [java, "-XX:-UsePerfData", ...jvmOptions, "-jar", JAR, "-conf", conf];
}
