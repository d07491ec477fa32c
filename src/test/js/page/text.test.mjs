import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { before, describe, it } from "node:test";
import { join } from "node:path";
import { root } from "./packages.mjs";

let text;
let names;

before(async () => {
  [text, names] = await Promise.all([module("text.ts"), module("names.ts")]);
});

/** Loads a module of the page that needs no browser. */
async function module(name) {
  const { build } = createRequire(join(root, "src/main/js/package.json"))("esbuild");
  const entryPoints = [join(root, "src/main/js/page", name)];
  const { outputFiles } = await build({ entryPoints, bundle: true, format: "esm", write: false });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString("base64")}`);
}

describe("what others wrote", () => {
  it("keeps letters of any script, emoji of several signs, and line breaks", () => {
    for (const kept of ["héllo", "שלום", "می‌خواهم", "👩‍👩‍👧", "❤️", "a\nb"]) {
      assert.equal(text.safeText(kept), kept);
    }
  });

  it("loses what turns the direction of the text, and what is not seen", () => {
    for (const lost of ["\u202E", "\u2066", "\u200B", "\u0007", "\u001B", "\uE000", "\uD800", "\u{E0041}"]) {
      assert.equal(text.safeText(`a${lost}b`), "a\uFFFDb");
    }
  });

  it("has one kind of line break", () => {
    assert.equal(text.safeText("a\r\nb\rc\u2028d"), "a\nb\nc\nd");
  });
});

describe("names", () => {
  it("are one line in which everything is seen", () => {
    assert.equal(text.safeName("  a \n\u00A0 b\u3164 "), "a b\uFFFD");
    assert.equal(text.safeName("👩‍👧"), "👩\uFFFD👧");
  });

  it("in which nothing is seen are none", () => {
    for (const unseen of ["\u3164", "\u200B \u2060", "\uE000\u2800", "\uFFFD"]) {
      assert.equal(text.safeName(unseen), "");
      assert.equal(text.roomName(unseen), "A room without a legible name");
    }
    assert.equal(text.roomName(""), "A room whose name the server withholds");
    assert.equal(text.roomName(" Plans\u3164"), "Plans\uFFFD");
  });

  it("are cut between characters, not in the middle of one", () => {
    assert.equal(text.safeName("😀".repeat(40)), "😀".repeat(32));
  });

  it("that look like one another are told apart", () => {
    const all = new names.Names("Alice");
    all.countOneself();
    assert.equal(names.asText(all.of("1", "bob")), "bob");
    for (const [id, alike] of [
      ["2", "Bob"],
      ["3", "B0b"],
      ["4", "Ьоb"],
      ["5", "b o b"],
      ["6", "bób"],
    ]) {
      assert.equal(all.of(id, alike).number, Number(id), alike);
    }
    assert.equal(all.of("7", "аlісе").number, 2, "like one's own");
    assert.equal(all.of("8", "carol").number, 1);
  });

  it("count oneself, in the order of coming in", () => {
    const all = new names.Names("Bob");
    assert.equal(all.of("1", "bob").number, 1, "was there before");
    all.countOneself();
    assert.equal(names.asText(all.own), "Bob #2");
    assert.equal(all.of("2", "B0b").number, 3, "came later");
  });

  it("stay the same while somebody is there, and are nobody else's afterwards", () => {
    const all = new names.Names("Alice");
    assert.equal(all.of("1", "bob").number, 1);
    assert.equal(all.of("1", "bob").number, 1);
    all.forget("1");
    assert.equal(all.of("2", "bob").number, 2);
  });

  it("cannot spell the number of another", () => {
    assert.equal(text.safeName("bob #2"), "bob _2");
  });

  it("that say nothing are nameless", () => {
    assert.equal(names.asText(new names.Names("Alice").of("1", " ")), "nameless");
  });
});

describe("addresses in a text", () => {
  const hrefs = (said) => text.parts(said).flatMap((part) => part.href ?? []);

  it("are followed as they are shown", () => {
    assert.deepEqual(text.parts("see https://a.example/b?c=1#d, and (http://e.example)"), [
      { text: "see " },
      { text: "https://a.example/b?c=1#d", href: "https://a.example/b?c=1#d" },
      { text: ", and (" },
      { text: "http://e.example", href: "http://e.example/" },
      { text: ")" },
    ]);
  });

  it("are none where they could be taken for others, or do something", () => {
    for (const said of [
      "javascript:alert(1)",
      "data:text/html,x",
      "https://bank.example@evil.example/",
      "https://",
      "https://а.example",
    ]) {
      assert.deepEqual(hrefs(said), [], said);
    }
  });
});
