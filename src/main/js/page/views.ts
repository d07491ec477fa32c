import { byId } from "./dom.js";

/** The views of index.html, of which one is shown. */
export type View = "start" | "invited" | "damaged" | "room";

const VIEWS: readonly View[] = ["start", "invited", "damaged", "room"];

/** Shows one view, and lets its heading be read out. */
export function show(view: View): void {
  for (const each of VIEWS) {
    byId(each).hidden = each !== view;
  }
  scrollTo(0, 0);
  byId(view).querySelector("h1")?.focus();
}

/** Returns whether this view is shown. */
export function isShown(view: View): boolean {
  return !byId(view).hidden;
}
