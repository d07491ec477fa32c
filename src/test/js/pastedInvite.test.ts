import assert from "node:assert/strict";
import { test } from "node:test";
import { Invite, readPastedInvite, type InviteProblem } from "../../main/js/src/index.js";

const LINK = `https://chat.example:5656/#${"R0om".repeat(8)}.o.${"K3yS".repeat(8)}.${"sEcr".repeat(10)}seE`;

// The same as of the terminal chat, PastedInviteTest.
const AROUND = [
  "LINK",
  "  LINK\n",
  "'LINK'",
  '"LINK"',
  "\u201CLINK\u201D",
  "<LINK>",
  "LINK.",
  "(LINK)",
  "FIRST\nLAST",
  "  FIRST\r\n  LAST  ",
  "'FIRST\n  LAST' --pin 00",
  "scripts/chat join 'LINK' --pin 00 --as NAME",
  "* this lets one person in: scripts/chat join 'LINK' --pin 00 --as NAME",
  "join LINK --as bob",
  "here it is: LINK see you there",
  "Hey, come here:\nFIRST\nLAST\nSee you :)",
  "> FIRST\n> LAST",
  "> > FIRST\r\n> > LAST\r\n> bye",
  "BARE",
  "come to BARE, please",
  "\u200BFIRST\u00ADLAST\uFEFF",
  "ESCAPED",
];
for (const template of AROUND) {
  test(`what is around an invite, and breaks it, is no part of it: ${JSON.stringify(template)}`, () => {
    const text = template
      .replace("LINK", LINK)
      .replace("FIRST", LINK.slice(0, 40))
      .replace("LAST", LINK.slice(40))
      .replace("BARE", LINK.slice("https://".length))
      .replace("ESCAPED", LINK.replace("#", "%23"));
    assert.equal(readPastedInvite(text).toLink(), LINK);
  });
}

const HARMED: [string, InviteProblem][] = [
  ["", "NOT_A_LINK"],
  ["hello", "NOT_A_LINK"],
  ["http://chat.example/#secret", "NOT_HTTPS"],
  ["https://chat.example/#x", "PARTS"],
  ["https://chat.example:5656/", "NO_FRAGMENT"],
  ["scripts/chat join 'https://chat.example:5656/' --as bob", "NO_FRAGMENT"],
  [LINK.toLowerCase(), "LOST_CASE"],
  [LINK.toUpperCase(), "LOST_CASE"],
  [`${LINK.slice(0, -1)}A`.toLowerCase(), "LOST_CASE"],
  [`${LINK.slice(0, -1)}A`.toUpperCase(), "LOST_CASE"],
  [`${LINK.slice(0, -1).toLowerCase()}8`, "LOST_CASE"],
  [LINK.slice(0, -1), "ROOM_SECRET"],
];
for (const [text, problem] of HARMED) {
  test(`what came to harm in an invite is named: ${problem} of ${JSON.stringify(text.slice(0, 40))}`, () => {
    assert.throws(
      () => readPastedInvite(text),
      (failure: Error & { problem?: InviteProblem }) =>
        failure.problem === problem && !failure.message.includes("chat.example"),
    );
  });
}

test("an invite that is whole needs nothing forgiven", () => {
  assert.equal(readPastedInvite(LINK).toLink(), Invite.parse(LINK).toLink());
});

test("an invite of old peers is none to a sealed room, pasted or not", () => {
  assert.throws(() => readPastedInvite(LINK.slice(0, LINK.lastIndexOf("."))), { problem: "NO_ROOM_SECRET" });
});
