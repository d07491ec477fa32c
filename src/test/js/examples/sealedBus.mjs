import EventBus from "@vertx/eventbus-bridge-client.js";
import { eventBusTransport, Invite, ResoluteClient } from "resolute-client";

/** A member that answers each message, until the room ends. */
export async function answer(link) {
  const invite = Invite.parse(link);
  const bus = new EventBus(`https://${invite.host}:${invite.port}/eventbus`);
  const client = await ResoluteClient.connect(invite.server(), { transport: eventBusTransport(bus) });
  await client.join(invite, "echo", {
    message: (room, from, text) => room.sendTo(from, `You said: ${text}`),
    roomClosed: () => client.close(),
  });
  await client.terminated;
}
