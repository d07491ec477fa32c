import { byId } from "./dom.js";

/**
 * Keeps the room as high as what is seen of the window. Some browsers lay the on-screen keyboard over the page, and
 * what is written would be below it.
 */
export function followKeyboard(): void {
  const seen = window.visualViewport;
  seen?.addEventListener("resize", () => {
    // Whoever has enlarged the page sees a part of it, and wants to.
    const covered = seen.scale === 1 && window.innerHeight - seen.height > 1;
    byId("room").style.height = covered ? `${seen.height - byId("room").offsetTop}px` : "";
    if (covered) {
      scrollTo(0, 0);
    }
  });
}
