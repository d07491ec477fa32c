import { connect } from "../examples/busClient.mjs";

/**
 * Has three clients of the event bus do everything that there is to do.
 *
 * @param url https://HOST:PORT/eventbus
 * @returns in words, what they were answered, and then what each of them was told, in their order
 */
export async function talk(url) {
  const answered = [];
  const [alice, bob, carol] = [await somebody(url), await somebody(url), await somebody(url)];
  const refused = (request) => request.catch(({ message }) => answered.push(message));
  const { room } = await alice.request("create-room", {
    name: "Plans",
    username: "alice",
    client_room_id: "",
    public_key_string: pem("alice"),
  });
  const here = { room_id: room.room_id };
  const { data: key } = await alice.request("room-key-onetime", here);
  const joining = { ...key, username: "bob", public_key: pem("bob") };
  const { data: joined } = await bob.request("join-room-onetime", joining);
  answered.push(`joined ${names(joined)}`);
  await refused(bob.request("join-room-onetime", joining));
  await bob.request("send-message", { ...here, content: "hello" });

  const { data: forever } = await alice.request("room-key-forever", here);
  const entering = { ...here, forever_key: forever.forever_join_key, username: "carol", public_key: pem("carol") };
  await carol.request("join-room-forever", entering);
  answered.push(`members ${names((await carol.request("list-members", here)).data)}`);
  await alice.request("send-message", { ...here, to_user_id: bob.userId, content: "for bob" });
  await refused(bob.request("reset-room-keys", here));
  await alice.request("reset-room-keys", here);
  await carol.request("leave-room", here);
  await refused(carol.request("join-room-forever", entering));

  await bob.request("send-message", { ...here, content: "goodbye" });
  await alice.request("close-room", here);
  await bob.until("room-closed");
  for (const one of [alice, bob, carol]) {
    one.close();
    await one.ended.catch(({ message }) => one.told.push(message));
  }
  return [...answered, ...alice.told, ...bob.told, ...carol.told];
}

/** Connects somebody who remembers what they were told. */
async function somebody(url) {
  const told = [];
  const came = new EventTarget();
  const client = await connect(url, ({ cmd, data }) => {
    told.push(data.content ?? `${cmd} ${data.username ?? data.reason}`);
    came.dispatchEvent(new Event(cmd));
  });
  const until = (cmd) =>
    told.some((one) => one.startsWith(cmd)) || new Promise((resolve) => came.addEventListener(cmd, resolve));
  return { ...client, told, until };
}

function names({ users }) {
  return users.map(({ username }) => username).sort().join();
}

function pem(name) {
  return `-----BEGIN RSA PUBLIC KEY-----\n${btoa(name.repeat(20))}\n-----END RSA PUBLIC KEY-----\n`;
}
