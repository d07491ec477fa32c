import { startLiar } from "./liar.mjs";
import { startRelay } from "./relay.mjs";

/**
 * Starts a relay, which serves the page.
 *
 * @param config more of its configuration
 */
export async function servePage(config = {}) {
  const relay = await startRelay(config);
  return { url: `https://localhost:${relay.port}/`, relay, stop: () => relay.kill() };
}

/** Starts a relay, and in front of it one that can lie, at whose address people meet. */
export async function serveLies(config = {}) {
  const relay = await startRelay(config);
  const liar = await startLiar(relay.port).catch(async (failure) => {
    await relay.kill();
    throw failure;
  });
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
