// What README.md shows of the library for JavaScript, so that it is run.
import { Invite, ResoluteClient } from "resolute-client";
import { pinnedTransport } from "resolute-client/node";

export async function answer(link, fingerprint) {
  const invite = Invite.parse(link);
  const transport = pinnedTransport(fingerprint);
  const client = await ResoluteClient.connect(invite.server(), { transport });
  await client.join(invite, "echo", {
    message: (room, from, text) => room.sendTo(from.id, `You said: ${text}`),
  });
  await client.terminated;
}
