import EventBus from "@vertx/eventbus-bridge-client.js";

/**
 * Connects to the relay's event bus.
 *
 * @param url https://HOST:PORT/eventbus
 * @param heard called with each event
 */
export async function connect(url, heard) {
  const bus = new EventBus(url);
  const opened = new Promise((resolve) => (bus.onopen = resolve));
  const ended = new Promise((_, reject) => {
    bus.onclose = ({ code }) => reject(new Error(`closed with ${code}`));
  });
  // Whoever waits for something is told.
  ended.catch(() => {});

  /** Asks for something; resolves to the packet that answers. */
  function request(cmd, data) {
    const answered = new Promise((resolve, reject) => {
      bus.send("resolute.packets", { cmd, data }, {}, (failure, { body } = {}) => {
        const code = failure?.failureType ?? body.data?.code;
        if (code === undefined) {
          resolve(body);
        } else {
          reject(new Error(code));
        }
      });
    });
    return Promise.race([answered, ended]);
  }

  await Promise.race([opened, ended]);
  const { data } = await request("hello", { client: "javascript", versions: [1] });
  bus.registerHandler(data.address, {}, (failure, event) => failure || heard(event.body));
  return { userId: data.user_id, request, ended, close: () => bus.close() };
}
