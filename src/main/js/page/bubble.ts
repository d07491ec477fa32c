import { make } from "./dom.js";
import { parts, safeText } from "./text.js";

/** From how many lines on a text is folded, with about so many characters in each. */
const FOLDED_FROM = 18;
const LINE = 56;

/** The event at the log that a text in it is unfolded, or folded again. */
export const UNFOLDED = "unfolded";

/**
 * Makes what shows a text.
 *
 * @param spoken what is said before it to those who listen
 */
export function bubble(text: string, now: Date, spoken: HTMLElement): HTMLElement {
  const safe = safeText(text);
  const content = make("div", "bubble", spoken);
  // The direction is that of the text, and not of what is in front of it for those who listen.
  content.dir = "auto";
  spoken.dir = "ltr";
  content.title = now.toLocaleString();
  for (const part of parts(safe)) {
    content.append(part.href === undefined ? part.text : link(part.text, part.href));
  }
  return isLong(safe) ? folded(content) : content;
}

/** By its characters: to measure each text would be to lay out the page for each. */
function isLong(text: string): boolean {
  const lines = text.split("\n").reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / LINE)), 0);
  return lines > FOLDED_FROM;
}

/** Shows the beginning of a long text, until somebody asks for all of it. */
function folded(content: HTMLElement): HTMLElement {
  const button = make("button", "unfold");
  button.type = "button";
  const fold = (isFolded: boolean) => {
    content.classList.toggle("folded", isFolded);
    button.textContent = isFolded ? "Show all" : "Show less";
    button.setAttribute("aria-expanded", String(!isFolded));
  };
  fold(true);
  button.addEventListener("click", () => {
    fold(!content.classList.contains("folded"));
    content.scrollIntoView({ block: "nearest" });
    // Who was at the end may not be there any more, and is to read this in peace.
    content.closest(".log")?.dispatchEvent(new Event(UNFOLDED));
  });
  // A link that is followed with the keyboard must be seen.
  content.addEventListener("focusin", () => fold(false));
  return make("div", "foldable", content, button);
}

function link(text: string, href: string): HTMLElement {
  const anchor = make("a", "", text);
  anchor.href = href;
  anchor.target = "_blank";
  anchor.rel = "noopener noreferrer nofollow";
  return anchor;
}
