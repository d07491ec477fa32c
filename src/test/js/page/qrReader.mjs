import assert from "node:assert/strict";
import { jsQr } from "./packages.mjs";

const SCALE = 4;

/** Returns the text of a QR code, of which each run of dark modules is a rectangle in the path. */
export function readQrCode(svg) {
  const size = Number(/viewBox="0 0 (\d+) \1"/.exec(svg)[1]);
  const side = size * SCALE;
  const pixels = new Uint8ClampedArray(side * side * 4).fill(255);
  for (const [, x, y, width] of svg.matchAll(/M(\d+) (\d+)h(\d+)v1h-\3z/g)) {
    for (let row = y * SCALE; row < (Number(y) + 1) * SCALE; row++) {
      for (let column = x * SCALE; column < (Number(x) + Number(width)) * SCALE; column++) {
        pixels.fill(0, (row * side + column) * 4, (row * side + column) * 4 + 3);
      }
    }
  }
  const read = (jsQr.default ?? jsQr)(pixels, side, side);
  assert.ok(read, "a camera cannot read it");
  return read.data;
}
