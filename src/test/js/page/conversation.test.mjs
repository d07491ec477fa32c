import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { PHONE, SMALL } from "./browser.mjs";
import { servePage } from "./served.mjs";
import { stage } from "./stage.mjs";

/** In the page: whether the end of what was said is in sight, of more than there is room for. */
function isAtEnd() {
  const { scrollHeight, scrollTop, clientHeight } = document.querySelector("#log");
  return scrollTop > 0 && scrollHeight - scrollTop - clientHeight < 1;
}

describe("people in a room", () => {
  const at = stage(servePage);

  async function two() {
    const alice = await at.browser.visitor();
    await alice.create(at.server.url, "Alice", "Plans");
    const bob = await at.browser.visitor(PHONE);
    await bob.join(await alice.invite(), "Bob");
    await alice.seesPresence("2 people · all invited");
    return { alice, bob };
  }

  it("talk both ways", async () => {
    const { alice, bob } = await two();
    assert.equal(await bob.page.locator("#room-name").textContent(), "Plans");
    await alice.sees("Bob came in");
    await bob.seesPresence("2 people · not yet verified");
    await bob.say("hello <b>Alice</b>\nsecond line");
    await alice.sees("hello <b>Alice</b>");
    await alice.say("hello Bob");
    await bob.sees("hello Bob");
    await alice.page.locator(".turn.own .meta", { hasText: "Sent" }).waitFor();
    assert.match(await alice.page.locator(".turn:not(.own) time").first().textContent(), /^\d+:\d\d$/);
    assert.equal(await alice.page.locator("#log b").count(), 0, "what others write is no markup");
  });

  it("are told when nobody is there to read", async () => {
    const alice = await at.browser.visitor();
    await alice.create(at.server.url, "Alice");
    await alice.say("anybody?");
    await alice.sees("Nobody else is here yet to read this");
  });

  it("see who comes and goes, and under which name", async () => {
    const { alice, bob } = await two();
    const link = await alice.invite();
    const other = await at.browser.visitor();
    await other.join(link, "bob");
    await alice.page.locator(".event", { hasText: "bob #2 came in" }).waitFor();
    await bob.page.locator(".event", { hasText: "bob #2 came in" }).waitFor();
    await other.leave();
    await alice.page.locator(".event", { hasText: "bob #2 left" }).waitFor();
    await bob.context.close();
    await alice.page.locator(".event", { hasText: "Bob was disconnected" }).waitFor();
    await alice.seesPresence("Nobody else is here");
  });

  it("call one another by the same numbers, on whichever screen", async () => {
    const ana = await at.browser.visitor();
    await ana.create(at.server.url, "Ana");
    const bobs = [];
    for (const name of ["Bob", "bob", "Ana"]) {
      const link = await ana.invite();
      bobs.push(await at.browser.visitor());
      await bobs.at(-1).join(link, name);
    }
    for (const { page } of [ana, ...bobs]) {
      const names = page.locator("#people-list .person-name");
      await names.nth(3).waitFor();
      const shown = (await names.allTextContents()).map((one) => one.replace(/you.*|made the room/, ""));
      assert.deepEqual(shown.sort(), ["Ana", "Ana#2", "Bob", "bob#2"]);
    }
    await bobs[1].page.locator(".person.hue-own", { hasText: "bob#2you" }).waitFor();
    await bobs[0].page.locator(".person.hue-own", { hasText: /^BBobyou$/ }).waitFor();
  });

  it("have the same safety number, and another one when somebody comes", async () => {
    const { alice, bob } = await two();
    const number = async ({ page }) => {
      await page.getByRole("button", { name: "Safety number" }).click();
      await page.locator("#safety-digits span").nth(11).waitFor();
      const digits = (await page.locator("#safety-digits").textContent()).trim();
      const signs = await page.locator("#safety-signs span").allTextContents();
      return { digits, signs };
    };
    const first = await number(alice);
    assert.match(first.digits, /^(\d{5} ){11}\d{5}$/);
    assert.equal(first.signs.length, 7);
    assert.deepEqual(await number(bob), first);
    await alice.page.keyboard.press("Escape");
    const carol = await at.browser.visitor();
    await carol.join(await alice.invite(), "Carol");
    await alice.seesPresence("3 people");
    const second = await number(carol);
    assert.notDeepEqual(second, first);
    await bob.page.waitForFunction(
      (digits) => document.querySelector("#safety-digits").textContent.trim() === digits,
      second.digits,
    );
  });

  it("have no safety number while there is nobody to compare it with", async () => {
    const alice = await at.browser.visitor();
    await alice.create(at.server.url, "Alice");
    await alice.page.getByRole("button", { name: "Safety number" }).click();
    await alice.page.getByText("there is nobody to compare a number with").waitFor();
    // What is hidden has its digits all the same: there is nothing more to come.
    await alice.page.locator("#safety-digits span").nth(11).waitFor({ state: "attached" });
    for (const id of ["signs", "digits", "how", "answers", "note"]) {
      assert.equal(await alice.page.locator(`#safety-${id}`).isVisible(), false, id);
    }
  });

  it("say that they have compared it, until it is another one", async () => {
    const { alice } = await two();
    await alice.page.getByRole("button", { name: "Safety number" }).click();
    await alice.page.getByRole("button", { name: "It is another" }).click();
    await alice.page.locator("#safety-advice").waitFor();
    await alice.page.getByRole("button", { name: "It is the same" }).click();
    await alice.seesPresence("2 people · all verified");
    const carol = await at.browser.visitor();
    await carol.join(await alice.invite(), "Carol");
    await alice.seesPresence("3 people · all invited");
    const warning = alice.page.locator(".event.warning", { hasText: "because Carol came in: compare it again." });
    await warning.waitFor();
    await alice.page.getByRole("button", { name: "Safety number" }).click();
    await alice.page.getByRole("button", { name: "It is the same" }).click();
    await alice.seesPresence("3 people · all verified");
    await carol.leave();
    await alice.page.locator(".event:not(.warning)", { hasText: "is another one now, because Carol is gone: compare it again." }).waitFor();
    await alice.seesPresence("2 people · all invited");
  });

  it("are told that the numbers differ until they say that they do not", async () => {
    const { alice } = await two();
    const { page } = alice;
    const answer = async (name) => {
      await page.getByRole("button", { name: "Safety number" }).click();
      await page.locator("#safety-digits span").nth(11).waitFor();
      await page.getByRole("button", { name }).click();
    };
    await answer("It is the same");
    await alice.seesPresence("2 people · all verified");
    await answer("It is another");
    await page.keyboard.press("Escape");
    await alice.seesPresence("2 people · numbers differ");
    await page.locator("#banner", { hasText: "Say nothing more here" }).waitFor();
    await page.locator(".event.warning", { hasText: "as you said before, is taken back" }).waitFor();
    await page.getByRole("button", { name: "Safety number" }).click();
    await page.locator("#safety-advice").waitFor();
    await page.keyboard.press("Escape");
    await answer("It is the same");
    await alice.seesPresence("2 people · all verified");
    await alice.sees("the warning is taken back");
    await page.locator("#banner").waitFor({ state: "hidden" });
  });

  it("are not told that who made the room was invited", async () => {
    const { bob } = await two();
    await bob.page.locator("#presence").click();
    assert.equal(await bob.page.locator("#people-list .standing").textContent(), "Not yet verified");
    await bob.page.getByText("they made the room, and you have not compared").waitFor();
    await bob.page.keyboard.press("Escape");
    await bob.page.getByRole("button", { name: "Safety number" }).click();
    await bob.page.locator("#safety-who", { hasText: "who can read along here" }).waitFor();
  });

  it("still see what was said last when they turn the phone", async () => {
    const { alice, bob } = await two();
    for (let i = 0; i < 30; i++) {
      await alice.say(`message ${i}, of which there is enough to fill more than one line on a phone`);
    }
    await bob.sees("message 29");
    const { width, height } = PHONE.viewport;
    for (const viewport of [{ width: height, height: width }, PHONE.viewport]) {
      await bob.page.setViewportSize(viewport);
      await bob.page.waitForFunction(({ width, height }) => {
        const { scrollHeight, scrollTop, clientHeight } = document.querySelector("#log");
        return innerWidth === width && innerHeight === height && scrollHeight - scrollTop - clientHeight < 2;
      }, viewport);
    }
  });

  it("can read whole names on a desktop, and what a number behind a name means", async () => {
    const { alice } = await two();
    const note = alice.page.locator("#people-note", { hasText: "#2: somebody with that name" });
    assert.equal(await note.count(), 0);
    const [first, second] = [await alice.invite(), await alice.invite()];
    await (await at.browser.visitor()).join(first, "B0b");
    await note.waitFor();
    const long = "Wilhelmina W. Wolkenstein-Wagner";
    const wide = await at.browser.visitor();
    await wide.join(second, long);
    for (const { page } of [alice, wide]) {
      const name = page.locator("#people-list .name", { hasText: long });
      await name.waitFor();
      const cut = await name.evaluate((one) => one.scrollWidth > one.clientWidth || one.scrollHeight > one.clientHeight);
      assert.equal(cut, false);
    }
    const role = wide.page.locator("#people-list .person", { hasText: long }).locator(".role");
    const { x, width } = await role.boundingBox();
    assert.ok(x + width <= 1280, "what they are here is in sight");
    await wide.picture("long-name");
    await alice.picture("same-name");
  });

  it("are not asked into a room whose name is not seen", async () => {
    const alice = await at.browser.visitor();
    await alice.create(at.server.url, "Alice", "\u3164\u2800");
    assert.equal(await alice.page.locator("#room-name").textContent(), "Alice’s room");
  });

  it("have not compared it with whom they did not see when they pressed the button", async () => {
    const { alice } = await two();
    const link = await alice.invite();
    await alice.page.getByRole("button", { name: "Safety number" }).click();
    await alice.page.locator("#safety-digits", { hasText: /(\d{5}\s*){12}/ }).waitFor();
    await alice.page.evaluate(() => {
      // As soon as somebody is there, and before the number is another one.
      new MutationObserver((_, observer) => {
        observer.disconnect();
        document.querySelector("#safety-same").click();
      }).observe(document.querySelector("#people-list"), { childList: true });
    });
    const carol = await at.browser.visitor();
    await carol.join(link, "Carol");
    await alice.sees("The safety number that you compared is another one now");
    await alice.seesPresence("3 people · all invited");
  });

  it("are invited, and verified once they have compared, and can read what that means", async () => {
    const { alice } = await two();
    const standing = alice.page.locator("#people-list .standing");
    assert.equal(await standing.textContent(), "Invited");
    await alice.page.getByText("they came in with an invite to this room").waitFor();
    const verified = alice.page.getByText("you have compared the safety number, and it is the same");
    assert.equal(await verified.count(), 0, "the word is not there");
    await alice.page.getByRole("button", { name: "Safety number" }).click();
    await alice.page.locator("#safety-digits span").nth(11).waitFor();
    await alice.page.getByRole("button", { name: "It is the same" }).click();
    await standing.filter({ hasText: /^Verified$/ }).waitFor();
    await verified.waitFor();
    assert.equal(await alice.page.getByText("they came in with an invite").count(), 0, "nobody is only invited any more");
    await alice.seesPresence("2 people · all verified");
  });

  it("write to one alone, which is seen, and never to all what was meant for one", async () => {
    const { alice, bob } = await two();
    const to = alice.page.getByLabel("To", { exact: true });
    assert.equal(await to.isVisible(), false, "of two there is nothing to choose");
    const carol = await at.browser.visitor();
    await carol.join(await alice.invite(), "Carol");
    await alice.seesPresence("3 people");
    await to.selectOption("Only Bob");
    await alice.sends("psst");
    assert.match(await alice.page.locator(".message", { hasText: "psst" }).innerText(), /^To Bob alone\n/);
    const aside = bob.page.locator(".message", { hasText: "psst" });
    assert.match(await aside.innerText(), /^To you alone\n/);
    assert.match(await aside.textContent(), /^To you aloneAlice, to you alone, \d+:\d\d: psst$/);
    await bob.leave();
    await alice.seesPresence("2 people");
    await alice.page.getByText("They are not here any more. Choose who is to get this.").waitFor();
    assert.equal(await to.evaluate((select) => select.selectedOptions[0].text), "Only Bob (has left)");
    await alice.say("for nobody now");
    await alice.page.getByText("They are not here any more. Choose who is to get this.").waitFor();
    assert.equal(await alice.page.getByLabel("Message", { exact: true }).inputValue(), "for nobody now");
    await to.selectOption("Everybody");
    await alice.sends("for all");
    assert.equal(await to.isVisible(), false, "who is gone cannot be chosen again");
    await carol.sees("for all");
    const { page } = carol;
    assert.equal(await page.locator(".message").count(), 1);
    assert.equal(await page.locator(".whom").count(), 0, "what is for all looks like it");
  });

  it("see on a phone whom they write to alone, however long the name", async () => {
    const alice = await at.browser.visitor(SMALL);
    await alice.create(at.server.url, "Alice");
    const long = "Somebody with a rather long name";
    for (const name of ["Bob", long]) {
      await (await at.browser.visitor()).join(await alice.invite(), name);
    }
    await alice.seesPresence("3 people");
    const { page } = alice;
    const [to, text] = [page.getByLabel("To", { exact: true }), page.getByLabel("Message", { exact: true })];
    assert.equal(await text.getAttribute("placeholder"), "Message");
    await to.selectOption(`Only ${long}`);
    assert.equal(await text.getAttribute("placeholder"), `Message · Only ${long}`);
    const [above, below] = [await to.boundingBox(), await text.boundingBox()];
    assert.ok(below.y - above.y - above.height >= 8, "neither is pressed for the other");
    assert.ok(above.x + above.width <= 320, "all of it is on the screen");
    assert.equal(await to.evaluate((select) => getComputedStyle(select).textOverflow), "ellipsis");
    await to.selectOption("Everybody");
    assert.equal(await text.getAttribute("placeholder"), "Message");
  });

  it("see a long text folded, and all of it if they want", async () => {
    const { alice, bob } = await two();
    await alice.say(Array.from({ length: 60 }, (_, i) => `line ${i}`).join("\n"));
    await alice.say("short");
    await bob.sees("short");
    const bubble = bob.page.locator(".bubble", { hasText: "line 59" });
    const height = async () => (await bubble.boundingBox()).height;
    const folded = await height();
    const all = await bubble.evaluate((text) => text.scrollHeight);
    assert.ok(folded < all / 2, `${folded} of ${all}`);
    const button = bob.page.getByRole("button", { name: "Show all" });
    assert.equal(await button.count(), 1, "short texts are not folded");
    assert.equal(await button.getAttribute("aria-expanded"), "false");
    await button.click();
    assert.ok((await height()) >= all);
    await alice.say("not now");
    await bob.page.getByRole("button", { name: "1 new message" }).waitFor();
    await bob.page.getByRole("button", { name: "Show less" }).click();
    assert.equal(await height(), folded);
  });

  it("are told when their device is offline, until it is not", async () => {
    const { alice } = await two();
    const strip = alice.page.getByText("This device seems offline");
    assert.equal(await strip.count(), 0);
    await alice.context.setOffline(true);
    await strip.waitFor();
    const { page } = alice;
    const overflow = await page.evaluate(() => document.documentElement.scrollHeight - innerHeight);
    assert.ok(overflow <= 0, "the room is still in the window");
    await alice.context.setOffline(false);
    await page.waitForFunction(() => document.querySelector("#offline-text").textContent === "");
  });

  it("stay where they are in the list when others come and go", async () => {
    const { alice } = await two();
    const bobs = await alice.page.locator("#people-list .person", { hasText: "Bob" }).elementHandle();
    const carol = await at.browser.visitor();
    await carol.join(await alice.invite(), "Carol");
    await alice.seesPresence("3 people");
    const order = () => alice.page.locator("#people-list .name").allTextContents();
    assert.deepEqual(await order(), ["Alice", "Bob", "Carol"]);
    await carol.leave();
    await alice.seesPresence("2 people");
    assert.deepEqual(await order(), ["Alice", "Bob"]);
    assert.equal(await bobs.evaluate((one) => one.isConnected), true, "it is the same element, and not one like it");
  });

  it("read each text in its own direction", async () => {
    const { alice, bob } = await two();
    await bob.say("שלום");
    await alice.sees("שלום");
    await alice.say("left to right");
    await alice.sees("left to right");
    for (const { page } of [alice, bob]) {
      const direction = page.locator(".bubble", { hasText: "שלום" }).evaluate((text) => getComputedStyle(text).direction);
      assert.equal(await direction, "rtl");
    }
    const own = alice.page.locator(".bubble", { hasText: "left to right" });
    assert.equal(await own.evaluate((text) => getComputedStyle(text).direction), "ltr");
  });

  it("see the last few thousand messages, however quickly they come", async () => {
    const alice = await at.browser.visitor();
    await alice.create(at.server.url, "Alice");
    await alice.page.evaluate(() => {
      const text = document.querySelector("#text");
      // To lay it all out after each would take minutes.
      document.querySelector("#room").style.display = "none";
      for (let i = 1; i <= 4100; i++) {
        text.value = `message ${i}`;
        text.form.requestSubmit();
      }
      document.querySelector("#room").style.display = "";
    });
    const messages = alice.page.locator("#log .message");
    assert.equal(await messages.count(), 4000);
    assert.match(await messages.first().locator(".bubble").textContent(), /message 101$/);
    assert.match(await messages.last().locator(".bubble").textContent(), /message 4100$/);
  });

  it("still see what is said when much of it comes before they are shown any", async () => {
    const { alice, bob } = await two();
    for (let i = 0; i < 30; i++) {
      await alice.say(`line ${i}\nand more`);
    }
    await bob.sees("line 29");
    await bob.page.waitForFunction(isAtEnd);
    // A browser tells of the last scrolling when what came since is there already.
    await bob.page.locator("#log").evaluate((log) => {
      const more = document.createElement("div");
      more.style.height = "200px";
      log.firstElementChild.append(more);
      log.dispatchEvent(new Event("scroll"));
    });
    await alice.say("and so on");
    await bob.page.waitForFunction(isAtEnd);
  });

  it("see how many messages they have not seen", async () => {
    const { alice, bob } = await two();
    for (let i = 0; i < 30; i++) {
      await alice.say(`line ${i}\nand more`);
    }
    await bob.sees("line 29");
    // Not before all of it is drawn, and the log has gone to its end.
    await bob.page.waitForFunction(isAtEnd);
    await bob.page.locator("#log").evaluate((log) => log.scrollTo(0, 0));
    await bob.page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
    await alice.say("look here");
    await bob.page.getByRole("button", { name: "1 new message" }).click();
    await bob.page.locator("#unread").waitFor({ state: "hidden" });
    await alice.page.evaluate(() => {
      Object.defineProperty(document, "hidden", { configurable: true, get: () => true });
    });
    await bob.say("and you");
    await alice.page.waitForFunction(() => document.title === "(1) In a room – Rësolute");
    await alice.page.evaluate(() => {
      delete document.hidden;
      document.dispatchEvent(new Event("visibilitychange"));
    });
    assert.equal(await alice.page.title(), "In a room – Rësolute", "browsers keep titles in their history");
  });

  it("write lines with Shift and Enter, and nothing while a word is being composed", async () => {
    const { alice, bob } = await two();
    const field = alice.page.getByLabel("Message", { exact: true });
    await field.pressSequentially("one");
    await field.press("Shift+Enter");
    await field.pressSequentially("two");
    await field.evaluate((text) => {
      const options = { key: "Enter", bubbles: true, cancelable: true };
      text.dispatchEvent(new KeyboardEvent("keydown", { ...options, isComposing: true }));
    });
    assert.equal(await field.inputValue(), "one\ntwo");
    await field.press("Enter");
    await bob.sees("one");
    assert.equal(await field.inputValue(), "");
    assert.match(await bob.page.locator(".bubble").last().innerText(), /one\ntwo$/);
  });

  it("are told when a text is too long, before it is sent", async () => {
    const alice = await at.browser.visitor();
    await alice.create(at.server.url, "Alice");
    const field = alice.page.getByLabel("Message", { exact: true });
    await field.fill("a".repeat(32_000));
    assert.match(await alice.page.locator("#length").textContent(), /^Nearly full: about 767 more characters fit\.$/);
    await field.fill("ä".repeat(16_384));
    assert.match(await alice.page.locator("#length").textContent(), /^Too long by about 1 character: shorten it/);
    await alice.page.getByRole("button", { name: "Send" }).click();
    assert.equal(await alice.page.locator(".message").count(), 0);
    await field.fill("ä".repeat(16_383));
    await alice.page.getByRole("button", { name: "Send" }).click();
    assert.equal(await alice.page.locator(".message").count(), 1);
  });
});
