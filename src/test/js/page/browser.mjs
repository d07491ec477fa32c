import assert from "node:assert/strict";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { axe, chromium, root } from "./packages.mjs";

const CHROMIUM = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(existsSync);
const QUIET = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
const PATIENCE_MS = 30_000;

export const DESKTOP = { viewport: { width: 1280, height: 800 } };
export const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
export const SMALL = { viewport: { width: 320, height: 568 }, hasTouch: true, isMobile: true };

/** Starts a browser, for which certificates that nobody has signed are good. */
export async function startBrowser() {
  if (CHROMIUM === undefined) {
    throw new Error("there is no Chromium here: apt-get install chromium");
  }
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: QUIET });
  const visitors = [];
  return {
    /** Opens a browser window that shares nothing with the others; whatever goes wrong in it fails {@link close}. */
    async visitor(options = DESKTOP) {
      const visitor = await Visitor.open(browser, options);
      visitors.push(visitor);
      return visitor;
    },
    /** Closes the windows, and looks whether anything in them was not as it should be. */
    async leave() {
      const wrongs = visitors.flatMap((visitor) => visitor.wrongs);
      await Promise.all(visitors.splice(0).map((visitor) => visitor.context.close()));
      assert.deepEqual(wrongs, []);
    },
    close: () => browser.close(),
  };
}

/** Somebody with a browser. */
class Visitor {
  /** What no page may do: break its policy, throw, talk to anybody else. */
  wrongs = [];

  static async open(browser, options) {
    const visitor = new Visitor();
    visitor.context = await browser.newContext({
      ignoreHTTPSErrors: true,
      reducedMotion: "reduce",
      locale: "en-GB",
      ...options,
    });
    visitor.context.setDefaultTimeout(PATIENCE_MS);
    visitor.page = await visitor.context.newPage();
    visitor.#watch();
    await visitor.page.exposeFunction("policyBroken", (what) => visitor.wrongs.push(`policy: ${what}`));
    await visitor.page.addInitScript(() => {
      document.addEventListener("securitypolicyviolation", (event) => {
        window.policyBroken(`${event.violatedDirective} ${event.blockedURI}`);
      });
    });
    return visitor;
  }

  #watch() {
    const { page } = this;
    page.on("pageerror", (error) => this.wrongs.push(`thrown: ${error.message}`));
    page.on("console", (message) => {
      // A server that is gone is an error to the browser, and expected by the test that takes it away.
      if (message.type() === "error" && !/WebSocket connection to|ERR_CONNECTION/.test(message.text())) {
        this.wrongs.push(`console: ${message.text()}`);
      }
    });
    page.on("request", (request) => this.#requested(request.url()));
    page.on("websocket", (socket) => this.#requested(socket.url().replace(/^wss:/, "https:")));
  }

  #requested(url) {
    if (this.origin !== undefined && new URL(url).origin !== this.origin) {
      this.wrongs.push(`request: ${url}`);
    }
  }

  /** Opens an address, as somebody does who follows a link. */
  async open(url) {
    this.origin = new URL(url).origin;
    await this.page.goto(url);
  }

  /** Makes a room, and stays in it. */
  async create(url, name, roomName = "") {
    await this.open(url);
    await this.page.getByLabel("Your name").filter({ visible: true }).fill(name);
    await this.page.getByLabel("Room name").fill(roomName);
    await this.page.getByRole("button", { name: "Create a room" }).click();
    await this.page.locator("#room").waitFor();
  }

  /** Makes an invite, and returns its link. */
  async invite(kind = "One person") {
    const { page } = this;
    await page.getByRole("banner").getByRole("button", { name: "Invite", exact: true }).click();
    await page.getByLabel(kind, { exact: true }).check();
    await page.waitForFunction(() => document.querySelector("#invite-link").textContent !== "");
    const letter = kind === "One person" ? "o" : "f";
    await page
      .locator("#invite-link")
      .filter({ hasText: `.${letter}.` })
      .waitFor();
    const link = await page.locator("#invite-link").textContent();
    await page.keyboard.press("Escape");
    return link;
  }

  /** Follows an invite into its room. */
  async join(link, name) {
    await this.open(link);
    await this.page.getByLabel("Your name").filter({ visible: true }).fill(name);
    await this.page.getByRole("button", { name: "Join" }).click();
    await this.page.locator("#room").waitFor();
  }

  async say(text) {
    await this.page.getByLabel("Message", { exact: true }).fill(text);
    await this.page.getByRole("button", { name: "Send" }).click();
  }

  /** Says something, and waits until it is sent. */
  async sends(text) {
    await this.say(text);
    await this.page.locator(".message.sent", { hasText: text }).waitFor();
  }

  /** Waits until the log shows so many things beside one's own messages, and returns the last of them in words. */
  async shown(number) {
    const one = this.page.locator("#log .event, #log .turn:not(.own) .message").nth(number);
    await one.waitFor();
    return one.evaluate((shown) => {
      const copy = shown.cloneNode(true);
      copy.querySelectorAll("time, .visually-hidden, .whom, .unfold").forEach((part) => part.remove());
      const who = shown.closest(".turn")?.querySelector(".turn-head .name").textContent;
      return (who === undefined ? "" : `${who}: `) + copy.textContent.trim();
    });
  }

  /** Returns what is shown of the others in the room. */
  members() {
    return this.page.locator("#people-list .person:has(.standing)").evaluateAll((people) =>
      people.map((person) => ({
        name: person.querySelector(".name").textContent,
        standing: person.querySelector(".standing").textContent,
      })),
    );
  }

  /** Looks at the safety number. */
  async safetyNumber() {
    const { page } = this;
    await page.getByRole("button", { name: "Safety number" }).click();
    await page.locator("#safety-digits span").nth(11).waitFor();
    const digits = (await page.locator("#safety-digits").textContent()).trim();
    const signs = await page.locator("#safety-signs span").allTextContents();
    await page.keyboard.press("Escape");
    return { digits, signs };
  }

  /** Goes out of the room. */
  async leave() {
    await this.page.getByRole("button", { name: "Leave" }).click();
    await this.page.getByRole("button", { name: "Leave the room" }).click();
    await this.page.locator("#start").waitFor();
  }

  /** Waits until somebody is seen to have said something. */
  async sees(text) {
    await this.page.locator("#log").getByText(text).first().waitFor();
  }

  /** Waits until this many people are there, and they are this. */
  async seesPresence(text) {
    await this.page.locator("#presence", { hasText: text }).waitFor();
  }

  /** Returns what axe-core finds that would keep somebody out. */
  async barriers() {
    // The page lets nothing be put into it that is not its own: this goes around its policy, not through it.
    const session = await this.context.newCDPSession(this.page);
    await session.send("Runtime.evaluate", { expression: axe.source });
    const found = await session.send("Runtime.evaluate", {
      expression: `axe.run(document, { resultTypes: ["violations"] }).then((result) => JSON.stringify(result.violations
        .map((one) => one.impact + " " + one.id + ": " + one.nodes.map((node) => node.target.join(" ") + " " + node.failureSummary).join(" | "))))`,
      awaitPromise: true,
    });
    await session.detach();
    if (found.exceptionDetails !== undefined) {
      throw new Error(found.exceptionDetails.exception.description);
    }
    return JSON.parse(found.result.value);
  }

  /** Keeps what is seen, to be looked at. */
  async picture(name) {
    const folder = join(root, "target/screenshots");
    mkdirSync(folder, { recursive: true });
    await this.page.screenshot({ path: join(folder, `${name}.png`) });
  }
}
