import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { serveLies } from "./served.mjs";
import { stage } from "./stage.mjs";

describe("a conversation ends", () => {
  const at = stage(serveLies, { anew: true });

  async function two(kind) {
    const alice = await at.browser.visitor();
    await alice.create(at.server.url, "Alice", "Plans");
    const bob = await at.browser.visitor();
    await bob.join(await alice.invite(kind), "Bob");
    await alice.seesPresence("2 people");
    await alice.say("remember this");
    await bob.sees("remember this");
    return { alice, bob };
  }

  async function seesEnd({ page }, title, text) {
    await page.getByRole("heading", { name: title }).waitFor();
    assert.match(await page.locator("#ended-text").textContent(), text);
    assert.equal(await page.evaluate(() => document.activeElement.id), "ended-title", "it is read out");
    assert.equal(await page.locator("#composer").isVisible(), false);
    assert.equal(await page.locator("#unsent").isVisible(), false, "nothing was begun");
    assert.equal(await page.getByText("remember this").isVisible(), true, "what was said is still there");
  }

  it("when its owner closes it", async () => {
    const { alice, bob } = await two();
    await alice.page.getByRole("button", { name: "Close", exact: true }).click();
    await alice.page.getByRole("button", { name: "Close the room" }).click();
    await seesEnd(bob, "The room is closed.", /has closed it/);
    await alice.page.getByRole("heading", { name: "Talk in a room" }).waitFor();
    assert.equal(await alice.page.getByText("remember this").count(), 0);
    await bob.page.getByRole("button", { name: "Make a new room" }).click();
    await bob.page.getByRole("heading", { name: "Talk in a room" }).waitFor();
    assert.equal(await bob.page.locator("#create-name").inputValue(), "Bob", "who goes on is the same");
  });

  for (const [how, title] of [["is closed", "The room is closed."], ["is lost", "The connection is lost."]]) {
    it(`and what was not sent can still be copied when it ${how}, and goes with the rest`, async () => {
      const { alice, bob } = await two();
      const draft = "half a thought,\nand the other";
      await bob.page.getByLabel("Message", { exact: true }).fill(draft);
      if (how === "is closed") {
        await alice.context.close();
      } else {
        at.server.liar.cutNewest();
      }
      await bob.page.getByRole("heading", { name: title }).waitFor();
      const unsent = bob.page.getByLabel("You had not sent:");
      assert.equal(await unsent.inputValue(), draft);
      assert.equal(await unsent.isEditable(), false);
      assert.deepEqual(await bob.barriers(), []);
      await bob.picture("unsent");
      await bob.page.getByRole("button", { name: "Make a new room" }).click();
      await bob.page.locator("#start").waitFor();
      assert.equal(await bob.page.locator("#unsent-text").inputValue(), "");
    });
  }

  it("when its owner is gone", async () => {
    const { alice, bob } = await two();
    await alice.context.close();
    await seesEnd(bob, "The room is closed.", /is gone, and the room and its invites with them/);
  });

  it("when the connection is lost, and what that means is said", async () => {
    const { alice, bob } = await two();
    await at.server.relay.kill();
    await seesEnd(alice, "The connection is lost.", /You made this room: it is closed for everybody/);
    await seesEnd(
      bob,
      "The connection is lost.",
      /cannot be reached any more. You are not in the room any more. Your invite was for one time/,
    );
    assert.equal(await bob.page.getByRole("button", { name: "Join again" }).isVisible(), false);
  });

  it("when the server goes away, which is told apart", async () => {
    const { bob } = await two();
    await at.server.relay.stop();
    await seesEnd(bob, "The connection is lost.", /shutting down or starting anew/);
  });

  it("when the server expels somebody, which is told apart", async () => {
    const { bob } = await two();
    at.server.liar.close(1008);
    await seesEnd(bob, "The connection is lost.", /The server has expelled this page: it asked for too much that had to be refused/);
  });

  it("and begins again with an invite that still works", async () => {
    const { alice, bob } = await two("Everybody with it");
    at.server.liar.cutNewest();
    await seesEnd(bob, "The connection is lost.", /your invite lets you in again, as somebody new/);
    await bob.page.getByRole("button", { name: "Join again" }).click();
    await bob.page.getByRole("button", { name: "Join" }).click();
    await bob.page.locator("#room").waitFor();
    await alice.page.locator(".event", { hasText: "Bob #2 came in" }).waitFor();
  });

  it("and is not begun again where the room is gone with the server", async () => {
    const { bob } = await two("Everybody with it");
    at.server.liar.close(1001);
    await seesEnd(bob, "The connection is lost.", /The room is gone with it, and its invites/);
    assert.equal(await bob.page.getByRole("button", { name: "Join again" }).isVisible(), false);
    await bob.page.getByRole("button", { name: "Make a new room" }).click();
    await bob.page.getByRole("button", { name: "Create a room" }).waitFor();
  });

  it("and is not begun again where the room is gone meanwhile: there is another way on", async () => {
    const { alice, bob } = await two("Everybody with it");
    at.server.liar.cutNewest();
    await bob.page.getByRole("heading", { name: "The connection is lost." }).waitFor();
    await alice.page.getByRole("button", { name: "Close", exact: true }).click();
    await alice.page.getByRole("button", { name: "Close the room" }).click();
    await alice.page.locator("#start").waitFor();
    await bob.page.getByRole("button", { name: "Join again" }).click();
    await bob.page.getByRole("button", { name: "Join" }).click();
    await bob.page.getByText("or its room is gone. Ask for another one, or make a room of your own.").waitFor();
    await bob.page.getByRole("button", { name: "Make a room of your own" }).click();
    await bob.page.getByRole("button", { name: "Create a room" }).waitFor();
    assert.equal(await bob.page.locator("#create-name").inputValue(), "Bob");
  });

  it("by one's own hand, which is confirmed, and leaves nothing that was typed", async () => {
    const { alice, bob } = await two();
    await bob.leave();
    await bob.page.getByText("You have left the room.").waitFor();
    await alice.page.getByRole("button", { name: "Close", exact: true }).click();
    await alice.page.getByRole("button", { name: "Close the room" }).click();
    await alice.page.getByText("You have closed the room. It ended for everybody in it").waitFor();
    for (const { page } of [alice, bob]) {
      const typed = await page.locator("input:not([type=radio]), textarea").evaluateAll((all) => all.map((one) => one.value));
      assert.equal(typed.join(""), "");
    }
    await alice.page.getByLabel("Your name").filter({ visible: true }).fill("Alice");
    await alice.page.getByRole("button", { name: "Create a room" }).click();
    await alice.page.locator("#room").waitFor();
    await alice.page.getByRole("button", { name: "Close", exact: true }).click();
    await alice.page.getByRole("button", { name: "Stay" }).click();
  });

  it("by one's own hand, and nothing of the room stays in the page", async () => {
    const alice = await at.browser.visitor();
    const { page } = alice;
    await alice.create(at.server.url, "Alice", "Plans");
    const [carols, ghosts] = [await alice.invite(), new URL(await alice.invite()).hash];
    await page.getByRole("banner").getByRole("button", { name: "Invite", exact: true }).click();
    await page.waitForFunction(() => document.querySelector("#invite-link").textContent !== "");
    await (await at.browser.visitor()).join(await page.locator("#invite-link").textContent(), "Bob");
    await page.locator("#invite-what", { hasText: "Bob came in" }).waitFor();
    await page.keyboard.press("Escape");
    await (await at.browser.visitor()).join(carols, "Carol");
    await alice.seesPresence("3 people");
    const ghost = { user_id: "G".repeat(32), username: "", public_key: "-----BEGIN X-----\nAAAA\n-----END X-----\n" };
    at.server.liar.say({ cmd: "user-joined-onetime", data: { room_id: ghosts.slice(1, 33), room_name: "", ...ghost } });
    await page.locator("#banner", { hasText: "nameless" }).waitFor();
    const { digits } = await alice.safetyNumber();
    await page.getByLabel("To", { exact: true }).selectOption("Only Bob");
    await page.getByLabel("Message", { exact: true }).fill("a draft");
    const traces = () =>
      page.evaluate(
        (all) => {
          const values = [...document.querySelectorAll("input, textarea")].map((field) => field.value);
          const kept = document.documentElement.outerHTML + values.join();
          return all.filter((one) => kept.includes(one));
        },
        ["Alice", "Bob", "Carol", "nameless", "Plans", "a draft", ...digits.split(" ")],
      );
    assert.equal((await traces()).length, 18, "before");
    await page.getByRole("button", { name: "Close", exact: true }).click();
    await page.getByRole("button", { name: "Close the room" }).click();
    await page.locator("#start").waitFor();
    assert.deepEqual(await traces(), []);
  });

  it("by one's own hand, and is not said to be closed where the server did not say so", async () => {
    const { alice } = await two();
    at.server.liar.toPage = (frame) => {
      const data = { code: "unavailable", msg: "" };
      return frame.cmd === "close-room" ? [{ cmd: "close-room-error", id: frame.id, data }] : [frame];
    };
    await alice.page.getByRole("button", { name: "Close", exact: true }).click();
    await alice.page.getByRole("button", { name: "Close the room" }).click();
    await alice.page.getByText("The server did not confirm that it is closed").waitFor();
  });

  it("by loading the page again, which asks first, and says afterwards what has happened", async () => {
    const { alice, bob } = await two();
    assert.equal(await alice.page.locator("#start-notice").textContent(), "", "not without having been loaded before");
    const asked = [];
    alice.page.on("dialog", (dialog) => {
      asked.push(dialog.type());
      void dialog.accept();
    });
    await alice.page.reload();
    assert.deepEqual(asked, ["beforeunload"]);
    await alice.page.getByText("This page was loaded anew. If you were in a room, you are out of it").waitFor();
    await seesEnd(bob, "The room is closed.", /is gone, and the room and its invites with them/);
  });

  it("by going elsewhere, which asks first, and says what has happened to whoever comes back", async () => {
    const { alice } = await two();
    const asked = [];
    alice.page.on("dialog", (dialog) => {
      asked.push(dialog.type());
      void dialog.accept();
    });
    await alice.page.goto("about:blank");
    assert.deepEqual(asked, ["beforeunload"]);
    await alice.page.goBack();
    // A browser may have kept the page, or load it anew.
    await alice.page.getByText(/If you were in a room, you are out of it|The connection is lost\./).first().waitFor();
  });

  it("before it begins, when the server is full", async () => {
    at.server.liar.isFull = true;
    const alice = await at.browser.visitor();
    await alice.open(at.server.url);
    await alice.page.getByLabel("Your name").filter({ visible: true }).fill("Alice");
    await alice.page.getByRole("button", { name: "Create a room" }).click();
    await alice.page.getByText("The server is full").waitFor();
    at.server.liar.isFull = false;
    await alice.page.getByRole("button", { name: "Create a room" }).click();
    await alice.page.locator("#room").waitFor();
  });

  it("before it begins, when nobody answers", async () => {
    const alice = await at.browser.visitor();
    await alice.open(at.server.url);
    await at.server.stop();
    await alice.page.getByLabel("Your name").filter({ visible: true }).fill("Alice");
    await alice.page.getByRole("button", { name: "Create a room" }).click();
    await alice.page.getByText("The server cannot be reached").waitFor();
  });

  it("not by a slip of the hand: closing the page asks first", async () => {
    const { alice } = await two();
    const asked = alice.page.waitForEvent("dialog");
    await alice.page.close({ runBeforeUnload: true });
    const dialog = await asked;
    assert.equal(dialog.type(), "beforeunload");
    await dialog.dismiss();
    await alice.say("still here");
    await alice.page.getByRole("button", { name: "Close", exact: true }).click();
    await alice.page.getByRole("button", { name: "Stay" }).click();
    assert.equal(await alice.page.locator("#composer").isVisible(), true);
  });
});
