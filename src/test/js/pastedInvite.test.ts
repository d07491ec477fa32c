import assert from "node:assert/strict";
import { test } from "node:test";
import { readPastedInvite, type InviteProblem } from "../../main/js/src/index.js";
import { Vector } from "./vectors.js";

// The same that the terminal chat reads, and refuses, in PastedInviteTest.
const VECTORS = Vector.file("pasted-invites.json");
const LENGTH = 1_000_000;

for (const text of VECTORS.list("read") as string[]) {
  test(`what is around an invite, and breaks it, is no part of it: ${JSON.stringify(text)}`, () => {
    const { invite, seenBy } = readPastedInvite(text);
    assert.equal(invite.toLink(), VECTORS.text("link"));
    assert.equal(seenBy, undefined);
  });
}

for (const wrapped of VECTORS.objects("wrapped")) {
  const text = wrapped.text("text");
  test(`who has made a link of their own around an invite is named: ${JSON.stringify(text)}`, () => {
    const { invite, seenBy } = readPastedInvite(text);
    assert.equal(invite.toLink(), VECTORS.text("link"));
    assert.equal(seenBy ?? null, wrapped.fields["by"]);
  });
}

for (const refused of VECTORS.objects("refused")) {
  const text = refused.text("text");
  test(`what is wrong with an invite is named: ${refused.text("problem")} of ${JSON.stringify(text)}`, () => {
    assert.throws(
      () => readPastedInvite(text),
      (failure: Error & { problem?: InviteProblem }) =>
        failure.problem === refused.text("problem") && !failure.message.includes("chat.example"),
    );
  });
}

for (const long of VECTORS.objects("long")) {
  // Where it is gone through once for each of its characters, this takes as long as nobody waits.
  test(`a long text is gone through a few times only: ${JSON.stringify(long.text("again"))}`, () => {
    const again = long.text("again");
    const text = long.text("start") + again.repeat(LENGTH / again.length) + long.text("end");
    assert.throws(() => readPastedInvite(text), { problem: long.text("problem") });
  });
}
