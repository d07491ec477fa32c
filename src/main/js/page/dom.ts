/** Returns the element of index.html with this id. */
export function byId<E extends HTMLElement = HTMLElement>(id: string): E {
  const found = document.getElementById(id);
  if (found === null) {
    throw new Error(`index.html has no #${id}`);
  }
  return found as E;
}

/** Makes an element. A text among the children is text, whatever it holds. */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className = "",
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  if (className !== "") {
    element.className = className;
  }
  element.append(...children);
  return element;
}

const SVG = "http://www.w3.org/2000/svg";

/** Makes an element of a picture. */
export function makeSvg(tag: string, attributes: Record<string, string>): SVGElement {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) {
    element.setAttribute(name, value);
  }
  return element;
}

/** Makes one of the pictures at the end of index.html. */
export function icon(symbol: string): SVGElement {
  const picture = makeSvg("svg", { viewBox: "0 0 20 20", "aria-hidden": "true" });
  picture.append(makeSvg("use", { href: `#${symbol}` }));
  return picture;
}

/** Says something to those who listen to the page instead of looking at it. */
export function announce(text: string): void {
  const announcer = byId("announcer");
  // The same text twice would be no change, and nothing would be said.
  announcer.textContent = announcer.textContent === text ? `${text}\u00a0` : text;
}

/** Shows or clears what is wrong with a field or a form. */
export function setError(id: string, text: string): void {
  byId(id).textContent = text;
}

/** Shows that something is under way, and keeps it from being asked for twice. */
export async function whileBusy<T>(button: HTMLButtonElement, work: () => Promise<T>): Promise<T> {
  button.setAttribute("aria-busy", "true");
  button.setAttribute("aria-disabled", "true");
  try {
    return await work();
  } finally {
    button.removeAttribute("aria-busy");
    button.removeAttribute("aria-disabled");
  }
}

/** Returns whether something that was asked for is still under way. */
export function isBusy(button: HTMLButtonElement): boolean {
  return button.getAttribute("aria-busy") === "true";
}
