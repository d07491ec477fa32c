import assert from "node:assert/strict";
import { afterEach, describe, it } from "node:test";
import { serveLies } from "./served.mjs";
import { stage } from "./stage.mjs";

const RSA = `-----BEGIN RSA PUBLIC KEY-----
MIIBCgKCAQEAxGUrmeTAp+mTzCsmV34c7FQ4pjQ/t1W42ineVX2PZdWx+Dou6sPb
LTUBkGgB9nUeaJSTyf+vlNmxMApycZa4/y3vXQ51sNl9Shliz2NA/5qhiC+6BEvV
2036+LIJh6jsPQxO8FIFYfu8NMaAVlGS0L/VTs+NxhvSIcaPWM8XY+t1gUgZoubF
O2pp2u6fgeKVu7dlC5GPI/rsH9wvM55+1pCF7A9Uy3jQMohMvOw5OEO6hFByeGPX
wC5ocJw1xe630wZnb4syMq3PApgyPDKDHGexxacvQdTojSxgS4fbJ/Kb4iZl02Y7
o29BULfudJUa4LbOza1kRlpqw5KUDiMW3QIDAQAB
-----END RSA PUBLIC KEY-----
`;
const CAME = /^user-joined-/;

/** A key with another letter in the middle of its bundle. */
function damaged(key) {
  const at = key.indexOf("\n") + 200;
  return key.slice(0, at) + (key[at] === "A" ? "B" : "A") + key.slice(at + 1);
}

describe("of a relay that lies, the person is warned", () => {
  const at = stage(serveLies);

  afterEach(() => {
    at.server.liar.toPage = (frame) => [frame];
    at.server.liar.fromPage = () => {};
  });

  async function warned({ page }, ...texts) {
    for (const text of texts) {
      await page.locator("#banner, .event.warning").getByText(text).first().waitFor();
    }
  }

  it("when it puts somebody in, with a key of its own", async () => {
    // The keys of another room are good ones, of people whom nobody has invited to this one.
    const stranger = await at.browser.visitor();
    let theirs;
    at.server.liar.fromPage = (frame) => {
      theirs ??= frame.cmd === "create-room" ? frame.data.public_key_string : undefined;
    };
    await stranger.create(at.server.url, "Mallory");
    const alice = await at.browser.visitor();
    await alice.create(at.server.url, "Alice");
    const room_id = new URL(await alice.invite()).hash.slice(1, 33);
    const ghost = { room_id, room_name: "", user_id: "G".repeat(32), username: "Bob", public_key: theirs };
    at.server.liar.say({ cmd: "user-joined-onetime", data: ghost });
    await alice.seesPresence("2 people · 1 left out");
    await warned(
      alice,
      "is left out of what is said here",
    );
    const person = alice.page.locator(".person", { hasText: "Left out" });
    assert.match(await person.textContent(), /nameless.*their invite was damaged, or the server has put them in/);
    await alice.say("for nobody but the invited");
    await alice.sees("Not sent to nameless");
    await alice.picture("ghost");
  });

  it("when it swaps the key of somebody who comes in", async () => {
    const alice = await at.browser.visitor();
    await alice.create(at.server.url, "Alice");
    const link = await alice.invite();
    at.server.liar.toPage = (frame) => {
      if (CAME.test(frame.cmd)) {
        frame.data.public_key = damaged(frame.data.public_key);
      }
      return [frame];
    };
    const bob = await at.browser.visitor();
    await bob.join(link, "Bob");
    await alice.seesPresence("1 left out");
    await warned(alice, "is left out of what is said");
    await bob.say("can you read this?");
    await warned(alice, "is left out, and what they say is not shown");
    assert.equal(await alice.page.getByText("can you read this?").count(), 0);
    await bob.say("and this?");
    // The key of what he says cannot be read either.
    await warned(alice, "what they say is not shown. (3 times)");
    assert.equal(await alice.page.locator(".event.warning").count(), 1, "one for all of a kind");
  });

  it("when it swaps the key of who was there before", async () => {
    const alice = await at.browser.visitor();
    await alice.create(at.server.url, "Alice");
    const link = await alice.invite();
    at.server.liar.toPage = (frame) => {
      if (frame.cmd === "joined") {
        frame.data.users[0].public_key_string = RSA;
      }
      return [frame];
    };
    const bob = await at.browser.visitor();
    await bob.join(link, "Bob");
    await bob.seesPresence("1 left out");
    await warned(bob, "or the server changed their key");
  });

  it("when it strips a key down to what old programs have, which is shown as unable to read", async () => {
    const alice = await at.browser.visitor();
    await alice.create(at.server.url, "Alice");
    const room_id = new URL(await alice.invite()).hash.slice(1, 33);
    const old = { room_id, room_name: "", user_id: "O".repeat(32), username: "old", public_key: RSA };
    at.server.liar.say({ cmd: "user-joined-onetime", data: old });
    await warned(alice, "their program is one that this page does not know");
    await alice.page.locator(".person", { hasText: "Left out: their program" }).waitFor();
    await alice.page.getByRole("button", { name: "Who?" }).click();
    at.server.liar.say({ cmd: "user-left", data: { room_id, user_id: old.user_id, reason: "left" } });
    await alice.page.locator("#banner").waitFor({ state: "hidden" });
  });

  it("of each whom it puts in, also under the id of one who was warned of before", async () => {
    const alice = await at.browser.visitor();
    await alice.create(at.server.url, "Alice");
    const room_id = new URL(await alice.invite()).hash.slice(1, 33);
    const old = { room_id, room_name: "", user_id: "O".repeat(32), username: "old", public_key: RSA };
    const { user_id } = old;
    for (let i = 0; i < 2; i++) {
      at.server.liar.say({ cmd: "user-joined-onetime", data: old });
      at.server.liar.say({ cmd: "send-message", data: { room_id, user_id, username: "", content: "AAAA" } });
      at.server.liar.say({ cmd: "user-left", data: { room_id, user_id, reason: "left" } });
    }
    await alice.page.locator(".event", { hasText: "nameless #2 left." }).waitFor();
    const warnings = await alice.page.locator(".event.warning p").allTextContents();
    for (const [i, name] of ["nameless", "nameless", "nameless #2", "nameless #2"].entries()) {
      assert.match(warnings[i], new RegExp(`^Be careful[^:]*: ${name}(\\.| sent| is)`));
      assert.doesNotMatch(warnings[i], /times/);
    }
    assert.equal(warnings.length, 4);
  });

  it("of somebody who was there before, and is told when they leave", async () => {
    const alice = await at.browser.visitor();
    await alice.create(at.server.url, "Alice");
    const [carols, bobs] = [await alice.invite(), await alice.invite()];
    const carol = await at.browser.visitor();
    await carol.join(carols, "Carol");
    at.server.liar.toPage = (frame) => {
      if (frame.cmd === "joined") {
        const user = frame.data.users[1];
        user.public_key_string = damaged(user.public_key_string);
      }
      return [frame];
    };
    const bob = await at.browser.visitor();
    await bob.join(bobs, "Bob");
    await warned(bob, "their invite was damaged, or the server has put them in");
    await carol.leave();
    await bob.page.locator(".event", { hasText: "nameless left." }).waitFor();
  });

  it("when it gives the id of one who is gone to another, who gets nothing that was for the one alone", async () => {
    const alice = await at.browser.visitor();
    const { page } = alice;
    await alice.create(at.server.url, "Alice");
    const links = [await alice.invite(), await alice.invite(), await alice.invite()];
    const ids = [];
    const sent = [];
    let refuse = false;
    at.server.liar.fromPage = ({ cmd, data }) => {
      if (cmd === "send-message" && data.to_user_id === ids[0]) {
        sent.push(data);
      }
    };
    at.server.liar.toPage = (frame) => {
      if (refuse && frame.cmd === "message-sent") {
        return [{ cmd: "send-message-error", id: frame.id, data: { code: "unavailable", msg: "" } }];
      }
      if (CAME.test(frame.cmd) && !ids.includes(frame.data.user_id)) {
        ids.push(frame.data.user_id);
      }
      if (CAME.test(frame.cmd) && frame.data.user_id === ids[2]) {
        frame.data.user_id = ids[0];
      }
      return [frame];
    };
    const bob = await at.browser.visitor();
    await bob.join(links[0], "Bob");
    await alice.seesPresence("2 people");
    await (await at.browser.visitor()).join(links[1], "Carol");
    await alice.seesPresence("3 people");
    await page.getByLabel("To", { exact: true }).selectOption("Only Bob");
    refuse = true;
    await alice.say("psst");
    await alice.sees("Not sent. The server cannot do this now.");
    refuse = false;
    assert.notEqual(sent.length, 0);
    sent.length = 0;
    await bob.leave();
    await alice.seesPresence("2 people");
    await (await at.browser.visitor()).join(links[2], "Dan");
    await alice.sees("Dan came in");
    await page.getByRole("button", { name: "Try again" }).click();
    await alice.sees("Not sent. They are not in the room any more.");
    await alice.say("for Bob");
    await page.getByText("They are not here any more. Choose who is to get this.").waitFor();
    assert.deepEqual(sent, []);
  });

  it("when it does not hand on what was said, and can say it again", async () => {
    const alice = await at.browser.visitor();
    await alice.create(at.server.url, "Alice");
    const bob = await at.browser.visitor();
    await bob.join(await alice.invite(), "Bob");
    await alice.seesPresence("2 people");
    at.server.liar.toPage = (frame) => {
      const data = { code: "unavailable", msg: "" };
      return frame.cmd === "message-sent" ? [{ cmd: "send-message-error", id: frame.id, data }] : [frame];
    };
    await alice.say("hello");
    await alice.sees("Not sent. The server cannot do this now.");
    at.server.liar.toPage = (frame) => [frame];
    await alice.page.getByRole("button", { name: "Try again" }).click();
    await alice.page.locator(".own .message.sent", { hasText: "hello" }).waitFor();
    assert.equal(await alice.page.locator(".own .message").count(), 1);
  });

  it("when it changes, repeats or holds back what somebody says", async () => {
    const alice = await at.browser.visitor();
    await alice.create(at.server.url, "Alice");
    const bob = await at.browser.visitor();
    await bob.join(await alice.invite(), "Bob");
    await alice.seesPresence("2 people");
    await bob.say("first");
    await alice.sees("first");
    let last;
    let lie = (frame) => [frame];
    at.server.liar.toPage = (frame) => {
      const isMessage = frame.cmd === "send-message" && frame.data.content !== undefined;
      if (isMessage) {
        last = frame;
      }
      return isMessage ? lie(frame) : [frame];
    };
    lie = () => [];
    await bob.say("held back");
    await bob.page.locator(".message.sent", { hasText: "held back" }).waitFor();
    lie = (frame) => [frame];
    await bob.say("third");
    await alice.sees("third");
    await warned(alice, "said something before this that is missing here");
    at.server.liar.say(last);
    await warned(alice, "did not say this now: the server sent it again");
    at.server.liar.say({ ...last, data: { ...last.data, user_id: "S".repeat(32) } });
    await warned(alice, "somebody who is not here is left out");
    lie = (frame) => {
      const content = frame.data.content;
      frame.data.content = content.slice(0, 100) + (content[100] === "A" ? "B" : "A") + content.slice(101);
      return [frame];
    };
    await bob.say("changed");
    await warned(alice, "did not write what the server sent in their name");
    assert.equal(await alice.page.getByText("changed").count(), 0);
    await alice.picture("lying-relay");
  });
});
