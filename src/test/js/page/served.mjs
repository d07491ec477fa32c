import { startLiar } from "./liar.mjs";
import { startRelay } from "./relay.mjs";

/**
 * Starts a relay, and what serves the page in front of it.
 *
 * @param config more of the relay's configuration
 */
export async function servePage(config = {}) {
  const relay = await startRelay(config);
  const liar = await startLiar(relay.port);
  return {
    url: `https://localhost:${liar.port}/`,
    liar,
    relay,
    async stop() {
      await liar.stop();
      await relay.kill();
    },
  };
}
