import { startServer } from "../startServer.mjs";

/**
 * Starts the server as people run it, on a free port.
 *
 * @param config more of its configuration
 */
export async function startRelay(config = {}) {
  const { port, stop } = await startServer(config, { jvmOptions: ["-XX:TieredStopAtLevel=1"] });
  return {
    port,
    /** Stops it as an operator does, with a close frame to everybody. */
    stop: () => stop("SIGTERM"),
    /** Lets it vanish. */
    kill: () => stop("SIGKILL"),
  };
}
