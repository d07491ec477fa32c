import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { DESKTOP, PHONE } from "./browser.mjs";
import { readQrCode } from "./qrReader.mjs";
import { serveLies, servePage } from "./served.mjs";
import { stage } from "./stage.mjs";

const ROOM = "Room".repeat(8);
const KEY = "Key9".repeat(8);
const SECRET = `${"Secr".repeat(10)}etA`;

async function waitUntil(isSo) {
  for (let tries = 0; !isSo(); tries++) {
    assert.ok(tries < 300, "it never is so");
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

describe("an invite", () => {
  const at = stage(servePage);

  it("lets somebody in by its link, and is out of the address bar then", async () => {
    const alice = await at.browser.visitor();
    await alice.create(at.server.url, "Alice");
    const link = await alice.invite();
    const bob = await at.browser.visitor();
    await bob.join(link, "Bob");
    assert.equal(bob.page.url(), at.server.url);
    await alice.seesPresence("2 people");
  });

  it("is not used up by looking at it", async () => {
    const alice = await at.browser.visitor();
    await alice.create(at.server.url, "Alice");
    const link = await alice.invite();
    for (let i = 0; i < 2; i++) {
      const curious = await at.browser.visitor();
      await curious.open(link);
      await curious.page.getByText("whoever joins first uses it up").waitFor();
      assert.equal(curious.page.url(), link, "who loads the page again finds it again");
    }
    const bob = await at.browser.visitor();
    await bob.join(link, "Bob");
  });

  it("for one person lets in one person", async () => {
    const alice = await at.browser.visitor();
    await alice.create(at.server.url, "Alice");
    const link = await alice.invite();
    const bob = await at.browser.visitor();
    await bob.join(link, "Bob");
    const carol = await at.browser.visitor();
    await carol.open(link);
    await carol.page.getByLabel("Your name").filter({ visible: true }).fill("Carol");
    await carol.page.getByRole("button", { name: "Join" }).click();
    await carol.page.getByText("it is used up or reset, or its room is gone").waitFor();
  });

  it("for everybody lets in everybody, until it is reset", async () => {
    const alice = await at.browser.visitor();
    await alice.create(at.server.url, "Alice");
    const link = await alice.invite("Everybody with it");
    for (const name of ["Bob", "Carol"]) {
      await (await at.browser.visitor()).join(link, name);
    }
    await alice.seesPresence("3 people");
    await alice.page.getByRole("banner").getByRole("button", { name: "Invite", exact: true }).click();
    await alice.page.getByRole("button", { name: "Reset all invites" }).click();
    await alice.page.getByRole("button", { name: "Reset", exact: true }).click();
    await alice.page.getByText("Invites from before are worthless now").waitFor();
    const dan = await at.browser.visitor();
    await dan.open(link);
    await dan.page.getByLabel("Your name").filter({ visible: true }).fill("Dan");
    await dan.page.getByRole("button", { name: "Join" }).click();
    await dan.page.getByText("it is used up or reset").waitFor();
  });

  it("is pasted at the start as well", async () => {
    const alice = await at.browser.visitor();
    await alice.create(at.server.url, "Alice");
    const link = await alice.invite();
    const bob = await at.browser.visitor();
    await bob.open(at.server.url);
    await bob.page.getByLabel("The invite that you were given").fill(` ${link}\n`);
    await bob.page.getByRole("button", { name: "Continue" }).click();
    await bob.page.getByLabel("Your name").filter({ visible: true }).fill("Bob");
    await bob.page.getByRole("button", { name: "Join" }).click();
    await bob.page.locator("#room").waitFor();
    assert.equal(await bob.page.locator("#link-text").inputValue(), "", "the secret does not stay in the page");
  });

  it("is followed while a room is being made, and only one of both is entered", async () => {
    const alice = await at.browser.visitor();
    await alice.create(at.server.url, "Alice", "Plans");
    const link = await alice.invite();
    const bob = await at.browser.visitor();
    await bob.open(at.server.url);
    const lines = [];
    bob.page.on("websocket", (line) => lines.push(line));
    await bob.page.evaluate((invite) => {
      const fill = (id, text) => (document.getElementById(id).value = text);
      const submit = (id) => document.getElementById(id).requestSubmit();
      fill("create-name", "Bob");
      submit("create");
      fill("link-text", invite);
      submit("link");
      fill("join-name", "Bob");
      submit("join");
    }, link);
    await bob.page.locator("#room").waitFor();
    const open = () => lines.filter((line) => !line.isClosed());
    await waitUntil(() => lines.length === 2 && open().length === 1);
  });

  it("to another server is not sent to this one", async () => {
    const bob = await at.browser.visitor();
    await bob.open(at.server.url);
    const link = `https://other.example/#${ROOM}.o.${KEY}.${SECRET}`;
    await bob.page.getByLabel("The invite that you were given").fill(link);
    await bob.page.getByRole("button", { name: "Continue" }).click();
    await bob.page.getByText("This invite is for another server, other.example:443.").waitFor();
    assert.equal(await bob.page.getByRole("link", { name: "Open it there" }).getAttribute("href"), link.replace("example", "example:443"));
  });

  /** The same invite with another letter in its secret. */
  const swapped = (link) => link.slice(0, -20) + (link.at(-20) === "A" ? "B" : "A") + link.slice(-19);

  it("whose secret has come to harm leads out again, and says so to all calmly", async () => {
    const alice = await at.browser.visitor();
    await alice.create(at.server.url, "Alice");
    const bob = await at.browser.visitor();
    await bob.join(await alice.invite(), "Bob");
    const [first, second] = [await alice.invite(), await alice.invite("Everybody with it")];
    const knocked = alice.page.locator(".event", { hasText: "invite was probably damaged" });
    const carol = await at.browser.visitor();
    const comes = async (link) => {
      await carol.open(link);
      await carol.page.reload();
      await carol.page.getByLabel("Your name").filter({ visible: true }).fill("Carol");
      await carol.page.getByRole("button", { name: "Join" }).click();
      await carol.page.getByRole("heading", { name: "This invite is probably damaged." }).waitFor();
    };
    await comes(swapped(first));
    await carol.page.getByText("Ask for another one").waitFor();
    assert.match(await carol.page.locator("#damaged-what").textContent(), /You are out of the room again, and have said nothing there\. .* used up/);
    assert.equal(carol.page.url(), at.server.url);
    await knocked.filter({ hasText: "is gone again. Nothing was sent to them." }).waitFor();
    await comes(swapped(second));
    assert.doesNotMatch(await carol.page.locator("#damaged-what").textContent(), /used up/);
    await knocked.filter({ hasText: "is gone again. Nothing was sent to them. (2 times)" }).waitFor();
    for (const { page } of [alice, bob, carol]) {
      assert.equal(await page.locator(".event.warning").count(), 0);
      assert.equal(await page.locator("#banner").isVisible(), false);
    }
    assert.equal(await knocked.count(), 1);
    assert.equal(await alice.page.locator(".event", { hasText: "nameless" }).count(), 0);
    await alice.seesPresence("2 people · all invited");
  });

  it("that is none is said to be, also where there is a link", async () => {
    const bob = await at.browser.visitor();
    await bob.open(at.server.url);
    await bob.page.getByLabel("The invite that you were given").fill(`https://the. other.example/#${ROOM}.o.${KEY}.${SECRET}`);
    await bob.page.getByRole("button", { name: "Continue" }).click();
    await bob.page.getByText("This is not an invite. There is no whole link in it.").waitFor();
  });

  const pasted = {
    "the printed command": (link) => `* this lets one person in: scripts/chat join '${link}' --pin 00:11 --as NAME`,
    "angle brackets": (link) => `<${link}>`,
    "a full stop and words": (link) => `Come in: ${link}.\nSee you there`,
    "a line break in it": (link) => `"${link.slice(0, 60)}\r\n  ${link.slice(60)}"`,
  };
  for (const [what, around] of Object.entries(pasted)) {
    it(`is found in what people paste: ${what}`, async () => {
      const bob = await at.browser.visitor();
      await bob.open(at.server.url);
      const field = bob.page.getByLabel("The invite that you were given");
      await field.fill(around(`${at.server.url}#${ROOM}.o.${KEY}.${SECRET}`));
      await field.press("Enter");
      await bob.page.getByRole("heading", { name: "You are invited to a room." }).waitFor();
    });
  }

  it("is found inside the link of a mail scanner, and said to be seen", async () => {
    const bob = await at.browser.visitor(PHONE);
    await bob.open(at.server.url);
    const link = encodeURIComponent(`${at.server.url}#${ROOM}.o.${KEY}.${SECRET}`);
    const field = bob.page.getByLabel("The invite that you were given");
    await field.fill(`https://eur01.scanner.example/?url=${link}&data=05`);
    await field.press("Enter");
    await bob.page.getByRole("heading", { name: "You are invited to a room." }).waitFor();
    await bob.page.getByText("This invite came inside a link of eur01.scanner.example").waitFor();
    await bob.picture("phone-invite-seen");
    assert.deepEqual(await bob.barriers(), []);
    await bob.page.evaluate((hash) => {
      location.hash = hash;
    }, `#${ROOM}.o.${KEY}.${SECRET}`);
    await bob.page.getByText("This invite came inside").waitFor({ state: "hidden" });
  });

  it("is found with a full stop behind it in the address bar, too", async () => {
    const bob = await at.browser.visitor();
    await bob.open(`${at.server.url}#${ROOM}.o.${KEY}.${SECRET}.`);
    await bob.page.getByRole("heading", { name: "You are invited to a room." }).waitFor();
  });

  it("that is used up says so, and not any more that it lets one person in", async () => {
    const alice = await at.browser.visitor();
    await alice.create(at.server.url, "Alice");
    const link = await alice.invite();
    await (await at.browser.visitor()).join(link, "Bob");
    const carol = await at.browser.visitor();
    await carol.open(link);
    await carol.page.getByText("whoever joins first uses it up").waitFor();
    await carol.page.getByLabel("Your name").filter({ visible: true }).fill("Carol");
    await carol.page.getByRole("button", { name: "Join" }).click();
    await carol.page.getByText("it is used up or reset, or its room is gone").waitFor();
    await carol.page.getByRole("heading", { name: "This invite does not work any more." }).waitFor();
    assert.equal(await carol.page.getByText("uses it up").isVisible(), false);
    assert.equal(await carol.page.getByRole("button", { name: "Join" }).isVisible(), false);
    await carol.page.getByRole("button", { name: "Make a room of your own" }).click();
    await carol.page.getByRole("button", { name: "Create a room" }).waitFor();
  });

  /** Opens the panel, and returns the link that it shows. */
  async function shownInvite({ page }) {
    await page.getByRole("banner").getByRole("button", { name: "Invite", exact: true }).click();
    await page.waitForFunction(() => document.querySelector("#invite-link").textContent !== "");
    return page.locator("#invite-link").textContent();
  }

  it("that is shown is taken away when it is used up, and a fresh one offered", async () => {
    const alice = await at.browser.visitor();
    await alice.create(at.server.url, "Alice");
    const link = await shownInvite(alice);
    await (await at.browser.visitor()).join(link, "Bob");
    await alice.page.getByText("Bob came in with this invite, and it is used up.").waitFor();
    assert.equal(await alice.page.getByRole("button", { name: "Copy link" }).isVisible(), false);
    assert.equal(await alice.page.getByRole("img", { name: "The invite as a QR code" }).isVisible(), false);
    const fresh = alice.page.getByRole("button", { name: "Make a fresh one" });
    assert.equal(await fresh.getAttribute("class"), "primary");
    await fresh.click();
    await alice.page.waitForFunction(() => document.querySelector("#invite-link").textContent !== "");
    assert.notEqual(await alice.page.locator("#invite-link").textContent(), link);
    assert.equal(await alice.page.getByRole("button", { name: "Copy link" }).getAttribute("class"), "primary");
  });

  it("that is shown leaves the focus near where it was when it is used up", async () => {
    const alice = await at.browser.visitor();
    await alice.create(at.server.url, "Alice");
    const link = await shownInvite(alice);
    await alice.page.getByRole("button", { name: "Copy link" }).focus();
    await (await at.browser.visitor()).join(link, "Bob");
    await alice.page.getByText("Bob came in with this invite, and it is used up.").waitFor();
    await alice.page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
    assert.equal(await alice.page.evaluate(() => document.activeElement.id), "invite-another");
  });

  it("that is shown stays where it may have been another that was used", async () => {
    const alice = await at.browser.visitor();
    await alice.create(at.server.url, "Alice");
    const other = await alice.invite();
    const shown = await shownInvite(alice);
    await (await at.browser.visitor()).join(other, "Bob");
    await alice.page.getByText("Bob came in. If it was with this invite, it is used up.").waitFor();
    assert.equal(await alice.page.locator("#invite-link").textContent(), shown);
    assert.equal(await alice.page.getByRole("button", { name: "Make a fresh one" }).getAttribute("class"), "primary");
    assert.equal(await alice.page.getByRole("button", { name: "Copy link" }).getAttribute("class"), "secondary");
  });

  const damaged = {
    [`#${ROOM}.o.${KEY}`]: "Its end is missing",
    [`#${ROOM}.o.xRtT`]: "Its end is missing: maybe it was not copied",
    [`#${ROOM}.o`]: "Some of it is missing, or there is too much",
    [`#${ROOM.slice(1)}.o.${KEY}.${SECRET}`]: "right after the #",
    [`#${ROOM}.x.${KEY}.${SECRET}`]: "after the first dot",
    [`#'https://evil.example/#${ROOM}.o.${KEY}.${SECRET}`]: "Some of it is missing, or there is too much",
    [`#https://scanner.example/?u=${encodeURIComponent(`https://evil.example/#${ROOM}.o.${KEY}.${SECRET}`)}`]:
      "Some of it is missing, or there is too much",
    [`#${ROOM}.o.${KEY.slice(1)}.${SECRET}`]: "between its last two dots",
    [`#${ROOM}.o.${KEY}.${SECRET.slice(0, -1)}B`]: "Its end was lost or changed",
  };
  for (const [fragment, what] of Object.entries(damaged)) {
    it(`that is damaged is said to be, before anything is sent: ${fragment}`, async () => {
      const bob = await at.browser.visitor();
      let connected = false;
      bob.page.on("websocket", () => {
        connected = true;
      });
      await bob.open(at.server.url + fragment);
      await bob.page.getByRole("heading", { name: "This invite is damaged." }).waitFor();
      assert.match(await bob.page.locator("#damaged-what").textContent(), new RegExp(what));
      assert.equal(connected, false);
    });
  }

  it("that is pasted over a room does not end it, and does not stay in the address bar", async () => {
    const alice = await at.browser.visitor();
    await alice.create(at.server.url, "Alice");
    const other = await at.browser.visitor();
    await other.create(at.server.url, "Bob");
    const paste = (link) =>
      alice.page.evaluate((hash) => {
        location.hash = hash;
      }, new URL(link).hash);
    await paste(await alice.invite());
    await alice.page.getByRole("heading", { name: "You are in this room already." }).waitFor();
    assert.equal(await alice.page.locator("#other-open").isVisible(), false, "nowhere to go");
    await alice.page.getByRole("button", { name: "Stay here" }).click();
    assert.equal(alice.page.url(), at.server.url);
    await paste(await other.invite());
    await alice.page.getByRole("heading", { name: "That is an invite to another room." }).waitFor();
    assert.equal(alice.page.url(), at.server.url);
    const [tab] = await Promise.all([
      alice.context.waitForEvent("page"),
      alice.page.getByRole("link", { name: "Open it in a new tab" }).click(),
    ]);
    await tab.getByRole("heading", { name: "You are invited to a room." }).waitFor();
    assert.equal(await alice.page.locator("#room").isVisible(), true);
  });

  it("that is pasted when the conversation is over is not to another room", async () => {
    const alice = await at.browser.visitor();
    await alice.create(at.server.url, "Alice");
    const link = await alice.invite("Everybody with it");
    const bob = await at.browser.visitor();
    await bob.join(link, "Bob");
    await alice.page.close();
    await bob.page.getByRole("button", { name: "Make a new room" }).waitFor();
    await bob.page.evaluate((hash) => {
      location.hash = hash;
    }, new URL(link).hash);
    await bob.page.getByRole("heading", { name: "That is an invite to this room, where you are not any more." }).waitFor();
    await bob.page.getByRole("link", { name: "Open it in a new tab" }).waitFor();
  });

  it("is copied, and shared where the device can", async () => {
    const alice = await at.browser.visitor({ ...DESKTOP, permissions: ["clipboard-read", "clipboard-write"] });
    await alice.page.addInitScript(() => {
      navigator.share = async (what) => {
        window.shared = what;
      };
    });
    await alice.create(at.server.url, "Alice");
    await alice.page.getByRole("button", { name: "Invite somebody" }).click();
    await alice.page.waitForFunction(() => document.querySelector("#invite-link").textContent !== "");
    const link = await alice.page.locator("#invite-link").textContent();
    await alice.page.getByRole("button", { name: "Copy link" }).click();
    await alice.page.getByRole("button", { name: "Copied" }).waitFor();
    assert.equal(await alice.page.evaluate(() => navigator.clipboard.readText()), link);
    await alice.page.getByRole("button", { name: "Share…" }).click();
    assert.equal(await alice.page.evaluate(() => window.shared.url), link);
    await alice.page.keyboard.press("Escape");
    // It does not stay in the page.
    await alice.page.waitForFunction(() => document.querySelector("#invite-link").textContent === "");
    assert.equal(
      await alice.page.evaluate((secret) => document.documentElement.outerHTML.includes(secret), link.slice(-43)),
      false,
    );
  });

  it("can be read from its QR code by a camera", async () => {
    const alice = await at.browser.visitor(PHONE);
    await alice.create(at.server.url, "Alice");
    await alice.page.getByRole("button", { name: "Invite somebody" }).click();
    const code = alice.page.getByRole("img", { name: "The invite as a QR code" });
    await code.waitFor();
    const link = await alice.page.locator("#invite-link").textContent();
    assert.equal(readQrCode(await code.evaluate((svg) => svg.outerHTML)), link);
  });
});

describe("an invite that is answered late", () => {
  const at = stage(serveLies);

  /** Lets somebody join, and returns what lets the answer through that holds one back. */
  async function joinHeldBack({ page }, link, answer) {
    let hold;
    const held = new Promise((resolve) => {
      hold = resolve;
    });
    at.server.liar.toPage = (frame, send) => {
      if (answer.test(frame.cmd)) {
        at.server.liar.toPage = (one) => [one];
        hold(() => send(frame));
        return [];
      }
      return [frame];
    };
    await page.goto(link);
    await page.getByLabel("Your name").filter({ visible: true }).fill("Carol");
    await page.getByRole("button", { name: "Join" }).click();
    return held;
  }

  /** Opens another invite in the page, as somebody does who pastes it into the address bar. */
  async function openAnother({ page }, link) {
    await page.evaluate((hash) => {
      location.hash = hash;
    }, new URL(link).hash);
    await page.waitForURL(link);
  }

  it("leaves another one as it is that was opened meanwhile, where it is refused", async () => {
    const alice = await at.browser.visitor();
    await alice.create(at.server.url, "Alice");
    const [used, good] = [await alice.invite(), await alice.invite()];
    await (await at.browser.visitor()).join(used, "Bob");
    const carol = await at.browser.visitor();
    const { page } = carol;
    const refuse = await joinHeldBack(carol, used, /-error$/);
    await openAnother(carol, good);
    await page.locator("#join-submit:not([aria-busy])").waitFor();
    refuse();
    await alice.sends("a sign of life");
    assert.equal(await page.locator("#join-error").textContent(), "");
    assert.equal(await page.getByRole("heading").filter({ visible: true }).first().textContent(), "You are invited to a room.");
    await page.getByRole("button", { name: "Join" }).click();
    await page.locator("#room").waitFor();
  });

  it("does not take one into its room from another that was chosen since, and its room is left", async () => {
    const [alice, dan] = [await at.browser.visitor(), await at.browser.visitor()];
    await alice.create(at.server.url, "Alice", "First");
    await dan.create(at.server.url, "Dan", "Second");
    const [first, second] = [await alice.invite(), await dan.invite()];
    const carol = await at.browser.visitor();
    const answer = await joinHeldBack(carol, first, /^joined$/);
    await openAnother(carol, second);
    await carol.page.getByRole("button", { name: "Join" }).click();
    await carol.page.getByRole("heading", { name: "Second" }).waitFor();
    answer();
    await alice.sees("Carol left.");
    assert.equal(await carol.page.locator("#room-name").textContent(), "Second");
    await carol.sends("here I am");
    await dan.sees("here I am");
  });

  it("does not take one into its room who has gone back to the start", async () => {
    const alice = await at.browser.visitor();
    await alice.create(at.server.url, "Alice");
    const link = await alice.invite();
    const carol = await at.browser.visitor();
    const answer = await joinHeldBack(carol, link, /^joined$/);
    await carol.page.getByRole("button", { name: "Not now" }).click();
    answer();
    await alice.sees("Carol left.");
    assert.equal(await carol.page.locator("#start").isVisible(), true);
    assert.equal(await carol.page.locator("#room").isVisible(), false);
  });
});
