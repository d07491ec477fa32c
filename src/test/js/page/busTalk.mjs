import { connect } from "../examples/busClient.mjs";

/**
 * Has two clients of the event bus talk.
 *
 * @param url https://HOST:PORT/eventbus
 * @returns in words, what the second was answered, and then what the first was told
 */
export async function talk(url) {
  const told = [];
  const answered = [];
  let isOver;
  const over = new Promise((resolve) => (isOver = resolve));
  const alice = await connect(url, ({ cmd, data }) => {
    told.push(data.content ?? `${cmd} ${data.username}`);
    if (data.content === "goodbye") {
      isOver();
    }
  });
  const bob = await connect(url, () => {});
  const { room } = await alice.request("create-room", {
    name: "Plans",
    username: "alice",
    client_room_id: "",
    public_key_string: pem("alice"),
  });
  const { data: key } = await alice.request("room-key-onetime", { room_id: room.room_id });
  const joining = { ...key, username: "bob", public_key: pem("bob") };
  const { data: joined } = await bob.request("join-room-onetime", joining);
  answered.push(`joined ${joined.users.map((user) => user.username).join()}`);
  await bob.request("join-room-onetime", joining).catch(({ message }) => answered.push(message));
  for (const content of ["hello", "goodbye"]) {
    await bob.request("send-message", { room_id: room.room_id, content });
  }
  await over;
  alice.close();
  bob.close();
  await alice.ended.catch(({ message }) => told.push(message));
  return [...answered, ...told];
}

function pem(name) {
  return `-----BEGIN RSA PUBLIC KEY-----\n${btoa(name.repeat(20))}\n-----END RSA PUBLIC KEY-----\n`;
}
