import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { DESKTOP, PHONE, SMALL } from "./browser.mjs";
import { serveLies } from "./served.mjs";
import { stage } from "./stage.mjs";

const DARK = { colorScheme: "dark" };
const DEVICES = {
  desktop: DESKTOP,
  "desktop-dark": { ...DESKTOP, ...DARK },
  phone: PHONE,
  "phone-dark": { ...PHONE, ...DARK },
  small: SMALL,
  contrast: { ...DESKTOP, contrast: "more", forcedColors: "active" },
};

describe("everybody can use the page", () => {
  const at = stage(serveLies);

  for (const [device, options] of Object.entries(DEVICES)) {
    it(`on each view: ${device}`, async () => {
      const alice = await at.browser.visitor(options);
      const { page } = alice;
      const look = async (view) => {
        assert.deepEqual(await alice.barriers(), [], view);
        const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(sideways <= 0, `${view} is wider than the window`);
        await alice.picture(`${device}-${view}`);
      };
      const dialog = async (button, view) => {
        await button.click();
        await look(view);
        await page.keyboard.press("Escape");
      };

      await alice.open(at.server.url);
      await look("start");
      await page.getByText("What this protects").click();
      await look("limits");
      await page.getByRole("button", { name: "Create a room" }).click();
      await page.getByText("Say what the others should call you.").waitFor();
      await look("no-name");
      await alice.open(`${at.server.url}#x`);
      await page.reload();
      await look("damaged");
      await page.getByRole("button", { name: "Go to the start" }).click();
      await page.getByLabel("Your name").filter({ visible: true }).fill("Ana");
      await page.getByLabel("Room name").fill("Friday dinner");
      await page.getByRole("button", { name: "Create a room" }).click();
      await page.locator("#room").waitFor();
      await look("empty");
      const open = (fragment) => page.evaluate((hash) => (location.hash = hash), fragment);
      const here = new URL(await alice.invite()).hash;
      await open(here);
      await page.getByRole("heading", { name: "You are in this room already." }).waitFor();
      await look("same-room");
      await page.keyboard.press("Escape");
      await open(`#${here[1] === "A" ? "B" : "A"}${here.slice(2)}`);
      await page.getByRole("heading", { name: "That is an invite to another room." }).waitFor();
      await look("other-room");
      await page.keyboard.press("Escape");

      const links = [await alice.invite(), await alice.invite(), await alice.invite("Everybody with it")];
      await page.getByRole("banner").getByRole("button", { name: "Invite", exact: true }).click();
      await page.getByRole("img", { name: "The invite as a QR code" }).waitFor();
      await look("invite");
      await page.getByRole("button", { name: "Reset all invites" }).click();
      await look("reset");
      await page.keyboard.press("Escape");

      const maren = await at.browser.visitor(options);
      await maren.open(links[0]);
      assert.deepEqual(await maren.barriers(), []);
      await maren.picture(`${device}-invited`);
      await maren.join(links[0], "Maren");
      const late = await at.browser.visitor(options);
      await late.open(links[0]);
      await late.page.getByLabel("Your name").filter({ visible: true }).fill("Late");
      await late.page.getByRole("button", { name: "Join" }).click();
      await late.page.getByRole("heading", { name: "This invite does not work any more." }).waitFor();
      assert.deepEqual(await late.barriers(), []);
      await late.picture(`${device}-used-up`);
      await maren.say("Hi! Is the table for eight still on?");
      await maren.say("I can bring dessert.");
      await alice.sees("dessert");
      const tomas = await at.browser.visitor(options);
      await tomas.join(links[1], "Tomás");
      await tomas.say("Here is the way: https://osm.example/way/1234\n\nThe door is on the left of the bakery.");
      await alice.sees("the bakery");
      await alice.say("Yes, eight. Dessert would be lovely.");
      await alice.say("See you at seven.");
      await maren.sees("See you at seven.");
      await page.locator(".message.sent").nth(1).waitFor();
      await look("room");
      await page.getByLabel("To", { exact: true }).selectOption("Only Tomás");
      await look("to-one");
      await page.getByLabel("To", { exact: true }).selectOption("Everybody");
      const other = await at.browser.visitor(options);
      await other.join(links[2], "maren");
      await alice.seesPresence("4 people");
      const room_id = new URL(links[0]).hash.slice(1, 33);
      const ghost = {
        room_id,
        room_name: "",
        user_id: "G".repeat(32),
        username: "",
        public_key: "-----BEGIN X-----\nAAAA\n-----END X-----\n",
      };
      at.server.liar.say({ cmd: "user-joined-onetime", data: ghost });
      await alice.seesPresence("left out");
      await page.locator("#banner").waitFor();
      const last = await page.locator(".event").last().boundingBox();
      const end = await page.locator("#composer").boundingBox();
      assert.ok(last.y + last.height <= end.y, "the warning is in sight");
      await look("warned");
      await page.locator("#presence").click();
      await look("people");
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: "Safety number" }).click();
      await page.locator("#safety-digits span").nth(11).waitFor();
      await look("safety");
      await page.getByRole("button", { name: "It is another" }).click();
      await look("another-number");
      await page.keyboard.press("Escape");
      await dialog(page.getByRole("button", { name: "Close", exact: true }).first(), "leave");
      await other.context.close();
      at.server.liar.close(1001);
      await page.getByRole("heading", { name: "The connection is lost." }).waitFor();
      await look("ended");
    });
  }

  it("at once: nothing moves while the page loads, or when something is opened at the start", async () => {
    for (const options of [DESKTOP, PHONE]) {
      const { page } = await at.browser.visitor(options);
      await page.addInitScript(() => {
        window.moved = [];
        window.watch = new PerformanceObserver((list) => {
          window.moved.push(...list.getEntries().map(({ value }) => value));
        });
        window.watch.observe({ type: "layout-shift", buffered: true });
      });
      await page.goto(at.server.url);
      await page.locator("#start").waitFor();
      await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
      assert.deepEqual(
        await page.evaluate(() => [...window.moved, ...window.watch.takeRecords().map(({ value }) => value)]),
        [],
      );
      const longer = await page.evaluate(() => document.documentElement.scrollHeight - innerHeight);
      assert.ok(options === PHONE || longer === 0, "a page that fits has nothing below it");
      const top = () =>
        page.locator("#start h1").evaluate((heading) => heading.getBoundingClientRect().top + window.scrollY);
      const before = await top();
      await page.getByText("What this protects").click();
      assert.equal(await top(), before, "where it was on the page");
    }
  });

  it("without scrolling: a room fits the window, and so do the dialogs on a desktop", async () => {
    const alice = await at.browser.visitor();
    const { page } = alice;
    await alice.create(at.server.url, "Alice");
    const fits = async (id) => {
      const below = await page.locator(id).evaluate((dialog) => dialog.scrollHeight - dialog.clientHeight);
      assert.ok(below <= 0, `${below} pixels of ${id} are out of sight`);
    };
    await fits("html");
    await page.getByRole("button", { name: "Invite", exact: true }).click();
    await page.getByRole("img", { name: "The invite as a QR code" }).waitFor();
    await fits("#invite-dialog");
    await page.getByRole("button", { name: "Reset all invites" }).click();
    await fits("#invite-dialog");
    await page.getByRole("button", { name: "Keep them" }).click();
    await page.getByRole("img", { name: "The invite as a QR code" }).waitFor();
  });

  it("in any light: a link in what went wrong is seen as well as the rest of it", async () => {
    const alice = await at.browser.visitor({ ...PHONE, ...DARK });
    await alice.open(at.server.url);
    const link = `https://other.example/#${"Room".repeat(8)}.o.${"Key9".repeat(8)}.${"Secr".repeat(10)}etA`;
    await alice.page.getByLabel("The invite that you were given").fill(link);
    await alice.page.getByRole("button", { name: "Continue" }).click();
    const colour = (one) => one.evaluate((shown) => getComputedStyle(shown).color);
    const anchor = alice.page.getByRole("link", { name: "Open it there" });
    assert.equal(await colour(anchor), await colour(alice.page.locator("#link-error")));
    assert.deepEqual(await alice.barriers(), []);
  });

  it("with the keyboard alone", async () => {
    const alice = await at.browser.visitor();
    const { page } = alice;
    const { keyboard } = page;
    const focused = () => page.evaluate(() => document.activeElement.id || document.activeElement.textContent.trim());
    const tabTo = async (id) => {
      for (let i = 0; i < 30 && (await focused()) !== id; i++) {
        await keyboard.press("Tab");
      }
      assert.equal(await focused(), id);
      const outline = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
      assert.notEqual(outline, "none", `the focus is seen on ${id}`);
    };

    await alice.open(at.server.url);
    await tabTo("create-name");
    await keyboard.type("Alice");
    await keyboard.press("Enter");
    await page.locator("#room").waitFor();
    assert.equal(await focused(), "empty-invite");
    await keyboard.press("Enter");
    assert.equal(await focused(), "invite-title");
    await page.waitForFunction(() => document.querySelector("#invite-link").textContent !== "");
    const link = await page.locator("#invite-link").textContent();
    await tabTo("kind-one");
    await keyboard.press("ArrowRight");
    await page.locator("#invite-link").filter({ hasText: ".f." }).waitFor();
    await keyboard.press("Escape");
    assert.equal(await focused(), "empty-invite", "the focus goes back");
    const bob = await at.browser.visitor();
    await bob.join(link, "Bob");
    await alice.seesPresence("2 people");
    await tabTo("text");
    await keyboard.type("hello");
    await keyboard.press("Enter");
    await bob.sees("hello");
    await page.locator("body").press("Shift+Tab");
    await tabTo("log");
    await tabTo("safety-open");
    await keyboard.press("Enter");
    assert.equal(await focused(), "safety-title");
    await keyboard.press("Escape");
    await tabTo("leave-open");
    await keyboard.press("Enter");
    assert.equal(await focused(), "leave-title");
    await keyboard.press("Tab");
    await keyboard.press("Enter");
    await page.locator("#start").waitFor();
  });

  it("by hand: what is pressed is large enough", async () => {
    const alice = await at.browser.visitor(PHONE);
    await alice.create(at.server.url, "Alice");
    const small = await alice.page.evaluate(() =>
      [...document.querySelectorAll("#room button")]
        .filter((button) => button.checkVisibility())
        .map((button) => ({ id: button.id, ...button.getBoundingClientRect().toJSON() }))
        // The presence is a line of text; what can be pressed is larger than what is seen of it.
        .filter(({ id, width, height }) => id !== "presence" && (width < 44 || height < 44))
        .map(({ id }) => id),
    );
    assert.deepEqual(small, []);
    await alice.page.getByRole("button", { name: "Invite somebody" }).click();
    const reset = alice.page.getByRole("button", { name: "Reset all invites" });
    const { left, clientLeft } = await reset.evaluate((button) => ({
      left: button.getBoundingClientRect().left,
      clientLeft: button.closest("dialog").clientLeft,
    }));
    assert.ok(left >= clientLeft, "all of the button is in the sheet");
    await reset.hover();
    await alice.picture("phone-reset-hovered");
  });

  it("by ear: what others say is announced, what one says oneself is not", async () => {
    const alice = await at.browser.visitor();
    await alice.create(at.server.url, "Alice");
    const bob = await at.browser.visitor();
    await bob.join(await alice.invite(), "Bob");
    await bob.say("hello");
    await alice.sees("hello");
    await alice.say("hello yourself");
    const log = alice.page.getByRole("log", { name: "Conversation" });
    assert.match(await log.locator(".message").first().textContent(), /^Bob, \d+:\d\d: hello$/);
    assert.equal(await log.locator(".own .message").getAttribute("aria-live"), "off");
  });
});
