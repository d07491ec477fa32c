import { ResoluteClient, type ConnectOptions } from "../../main/js/src/index.js";
import { pinnedTransport } from "../../main/js/src/node.js";
import { startServer, type StartedServer } from "./startServer.mjs";

/** The server as people run it: the fat jar in a process of its own, on a free port of the loopback. */
export class ServerProcess {
  readonly #started: StartedServer;

  private constructor(started: StartedServer) {
    this.#started = started;
  }

  static async start(): Promise<ServerProcess> {
    return new ServerProcess(await startServer());
  }

  get port(): number {
    return this.#started.port;
  }

  get fingerprint(): string {
    return this.#started.fingerprint;
  }

  get url(): string {
    return `wss://localhost:${this.port}/v1`;
  }

  connect(options: ConnectOptions = {}): Promise<ResoluteClient> {
    return ResoluteClient.connect(this.url, { transport: pinnedTransport(this.fingerprint), ...options });
  }

  stop(): Promise<void> {
    return this.#started.stop();
  }
}
