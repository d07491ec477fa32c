import { byId } from "./dom.js";

/** Says when the device has no network, as far as the browser knows. */
export function followNetwork(): void {
  const show = () => {
    const { onLine } = navigator;
    // Set, not shown: it is what changes that is read out.
    byId("offline-text").textContent = onLine ? "" : "This device seems offline: what is said may come late, or not at all.";
    document.documentElement.classList.toggle("offline", !onLine);
  };
  addEventListener("offline", show);
  addEventListener("online", show);
  show();
}
