import { readFileSync } from "node:fs";
import type { Bytes } from "../../main/js/src/e2ee/bytes.js";

/** An object of a vectors file: asking it for a field that it lacks, or that is something else, fails the test. */
export class Vector {
  constructor(readonly fields: Record<string, unknown>) {}

  /** Reads a file under `src/test/resources/vectors`. Tests run in the project's root. */
  static file(name: string): Vector {
    return new Vector(JSON.parse(readFileSync(`src/test/resources/vectors/${name}`, "utf8")) as Record<string, unknown>);
  }

  text(field: string): string {
    return this.#typed(field, "string") as string;
  }

  number(field: string): number {
    return this.#typed(field, "number") as number;
  }

  bytes(field: string): Bytes {
    return hex(this.text(field));
  }

  object(field: string): Vector {
    return new Vector(this.#typed(field, "object") as Record<string, unknown>);
  }

  objects(field: string): Vector[] {
    return this.list(field).map((one) => new Vector(one as Record<string, unknown>));
  }

  list(field: string): unknown[] {
    return this.#typed(field, "object") as unknown[];
  }

  #typed(field: string, type: string): unknown {
    const value = this.fields[field];
    if (typeof value !== type || value === null) {
      throw new Error(`the vectors have no ${type} called ${field}`);
    }
    return value;
  }
}

export function hex(text: string): Bytes {
  return Uint8Array.from(text.match(/../g) ?? [], (digits) => parseInt(digits, 16));
}

export function toHex(bytes: Bytes): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Returns a source that yields these bytes and then fails. */
export function fixedRandom(...parts: Bytes[]): (length: number) => Bytes {
  const all = parts.flatMap((part) => [...part]);
  return (length) => {
    if (all.length < length) {
      throw new Error("no more randomness was expected to be drawn");
    }
    return Uint8Array.from(all.splice(0, length));
  };
}
