const SECRET_BYTES = 32;

const values: Uint8Array[] = [];
const draw = crypto.getRandomValues.bind(crypto);

/** Notes what is drawn, before it is overwritten. Nonces and the like are shorter, and sent. */
crypto.getRandomValues = ((array: Uint8Array<ArrayBuffer>) => {
  draw(array);
  if (array.length >= SECRET_BYTES) {
    values.push(array.slice());
  }
  return array;
}) as typeof crypto.getRandomValues;

/** Returns all random values of 32 bytes or more that were drawn since this module was loaded, in hexadecimal. */
export function drawn(): string[] {
  return values.map((value) => Buffer.from(value).toString("hex"));
}
