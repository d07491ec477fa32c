import { after, afterEach, before, beforeEach } from "node:test";
import { startBrowser } from "./browser.mjs";

/**
 * Gives the tests of one `describe` a browser and a server. After each test the windows are closed, and it is looked at
 * whether anything in them was not as it should be.
 *
 * @param serve starts the server
 * @param options `anew`: whether each test has a server of its own
 * @returns what holds `browser` and `server` while a test runs
 */
export function stage(serve, { anew = false } = {}) {
  const held = {};
  const begin = anew ? beforeEach : before;
  before(async () => {
    held.browser = await startBrowser();
  });
  begin(async () => {
    held.server = await serve();
  });
  async function stop() {
    // Not the one of the test before, where there is none for this one.
    const { server } = held;
    held.server = undefined;
    await server?.stop();
  }
  afterEach(async () => {
    try {
      // Before the server is gone: a page that loses it is none that is not as it should be, but looks like one.
      await held.browser?.leave();
    } finally {
      // Node skips the hooks behind one that fails, and waits for ever for a server that nobody stops.
      if (anew) {
        await stop();
      }
    }
  });
  if (!anew) {
    after(stop);
  }
  after(() => held.browser?.close());
  return held;
}
