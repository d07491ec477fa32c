import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { ResoluteClient, type ConnectOptions } from "../../main/js/src/index.js";
import { pinnedTransport } from "../../main/js/src/node.js";

const JAR = "target/resolute-fat.jar";
const READY = /Listening on wss:\/\/[^:]+:(\d+)\/|fingerprint ([0-9A-F:]{95})/;

/** The server as people run it: the fat jar in a process of its own, on a free port of the loopback. */
export class ServerProcess {
  readonly #process: ChildProcess;
  readonly port: number;
  readonly fingerprint: string;

  private constructor(process: ChildProcess, port: number, fingerprint: string) {
    this.#process = process;
    this.port = port;
    this.fingerprint = fingerprint;
  }

  static async start(): Promise<ServerProcess> {
    const config = join("target/js-test", `server-${process.pid}.json`);
    writeFileSync(config, JSON.stringify({ listen: { host: "localhost", port: 0 } }));
    const java = process.env["JAVA_HOME"] === undefined ? "java" : join(process.env["JAVA_HOME"], "bin/java");
    const child = spawn(java, ["-XX:-UsePerfData", "-jar", JAR, "-conf", config], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    let port: number | undefined;
    const said: string[] = [];
    for await (const line of createInterface({ input: child.stdout })) {
      said.push(line);
      const [, listening, fingerprint] = READY.exec(line) ?? [];
      port = listening === undefined ? port : Number(listening);
      if (fingerprint !== undefined && port !== undefined) {
        child.stdout.resume();
        return new ServerProcess(child, port, fingerprint);
      }
    }
    throw new Error(`the server does not start: ${said.join("\n")}`);
  }

  get url(): string {
    return `wss://localhost:${this.port}/v1`;
  }

  connect(options: ConnectOptions = {}): Promise<ResoluteClient> {
    return ResoluteClient.connect(this.url, { transport: pinnedTransport(this.fingerprint), ...options });
  }

  async stop(): Promise<void> {
    if (this.#process.exitCode === null && this.#process.signalCode === null) {
      const exit = once(this.#process, "exit");
      this.#process.kill("SIGKILL");
      await exit;
    }
  }
}
