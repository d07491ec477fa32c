/**
 * People with a browser, whom another program drives: a JSON object a line on standard input, and on standard output.
 *
 * A command is `{"tag": T, "op": OP, "client": NAME, …}`, and is answered by one line with its tag: `{"tag": T, …}`, or
 * `{"tag": T, "error": WHY}`. Each client is a browser window that shares nothing with the others.
 *
 * | op | fields | answer |
 * |---|---|---|
 * | create | `url` of the page; `username`, `name` of the room | nothing; once in the room |
 * | join | `invite`: the link, which is opened; `username` | nothing; once in the room |
 * | invite | | `invite`: the link of one for one person |
 * | say | `text` | nothing; once it is sent |
 * | shown | `number`, from 0 | `text`: what the log shows there, one's own messages left out; waits for it |
 * | members | | `members`: a `name` and a `standing` each |
 * | safetyNumber | | `digits` |
 * | picture | `name` | nothing; target/screenshots/NAME.png is there |
 * | leave | | nothing; once out of the room |
 * | end | | nothing; an error if anything in a window was not as it should be, such as a broken policy |
 */
import { createInterface } from "node:readline";
import { startBrowser } from "./browser.mjs";

const starting = startBrowser();
// Whoever asks is told.
starting.catch(() => {});
const visitors = new Map();

const operations = {
  create: ({ visitor, url, username, name }) => visitor.create(url, username, name),
  join: ({ visitor, invite, username }) => visitor.join(invite, username),
  invite: async ({ visitor }) => ({ invite: await visitor.invite() }),
  say: ({ visitor, text }) => visitor.sends(text),
  shown: async ({ visitor, number }) => ({ text: await visitor.shown(number) }),
  members: async ({ visitor }) => ({ members: await visitor.members() }),
  safetyNumber: async ({ visitor }) => ({ digits: (await visitor.safetyNumber()).digits.replaceAll(" ", "") }),
  picture: ({ visitor, name }) => visitor.picture(name),
  leave: ({ visitor }) => visitor.leave(),
};

for await (const line of createInterface({ input: process.stdin })) {
  void run(JSON.parse(line));
}
await starting.then(
  (browser) => browser.close(),
  () => {},
);
process.exit(0);

async function run({ tag, op, client, ...fields }) {
  try {
    const browser = await starting;
    if (op === "end") {
      await browser.leave();
      print({ tag });
    } else {
      const visitor = await visitorOf(client, browser);
      print({ tag, ...(await operations[op]({ visitor, ...fields })) });
    }
  } catch (failure) {
    print({ tag, error: failure.message });
  }
}

function visitorOf(client, browser) {
  if (!visitors.has(client)) {
    visitors.set(client, browser.visitor());
  }
  return visitors.get(client);
}

function print(answer) {
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
