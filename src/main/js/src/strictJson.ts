/** A text is not JSON, or repeats the name of a field, or is nested too deeply. */
export class NotStrictJsonError extends Error {}

const MAX_NESTING = 16;
// In valid JSON these and nothing else are the tokens that matter: strings, and what opens and closes.
const TOKENS = /"(?:[^"\\]|\\.)*"(\s*:)?|[{}[\]]/g;

/**
 * Reads JSON (RFC 8259) in which no object has two fields of one name: which one counts would depend on who reads it.
 *
 * @throws NotStrictJsonError which quotes nothing of the text
 */
export function parseStrictly(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new NotStrictJsonError("it is not JSON");
  }
  checkNames(text);
  return value;
}

function checkNames(text: string): void {
  const names: Set<string>[] = [];
  for (const [token, colon] of text.matchAll(TOKENS)) {
    if (token === "{" || token === "[") {
      names.push(new Set());
      if (names.length > MAX_NESTING) {
        throw new NotStrictJsonError("it is nested too deeply");
      }
    } else if (token === "}" || token === "]") {
      names.pop();
    } else if (colon !== undefined) {
      note(names[names.length - 1]!, JSON.parse(token.slice(0, -colon.length)) as string);
    }
  }
}

function note(names: Set<string>, name: string): void {
  if (names.has(name)) {
    throw new NotStrictJsonError("a field is repeated");
  }
  names.add(name);
}
