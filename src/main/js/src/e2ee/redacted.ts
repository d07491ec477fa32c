/** Something that holds secrets, and shows none of them wherever it is printed. */
export abstract class Redacted {
  readonly #name: string;

  /** @param name what it is; the name of its class would be lost to minifiers */
  protected constructor(name: string) {
    this.#name = name;
  }

  toString(): string {
    return `${this.#name}[REDACTED]`;
  }

  toJSON(): string {
    return this.toString();
  }

  /** @internal What Node's `util.inspect` and `console.log` show. */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }
}
