import { Invite, ResoluteClient } from "resolute-client";
import { pinnedTransport } from "resolute-client/node";

const [link, fingerprint] = process.argv.slice(2);
const invite = Invite.parse(link);
const transport = pinnedTransport(fingerprint);
const client = await ResoluteClient.connect(invite.server(), { transport });
await client.join(invite, "echo", {
  message: (room, from, text) => room.sendTo(from, `You said: ${text}`),
  roomClosed: () => client.close(),
});
await client.terminated;
