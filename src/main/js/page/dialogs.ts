import { byId } from "./dom.js";

/** Lets every dialog of index.html be closed by its buttons, by Escape, and by a click beside it. */
export function prepareDialogs(): void {
  for (const dialog of document.querySelectorAll("dialog")) {
    dialog.addEventListener("click", (event) => {
      const target = event.target as Element;
      if (target === dialog || target.closest("[data-close]") !== null) {
        dialog.close();
      }
    });
  }
}

/** Opens a dialog, whose heading is read out first. */
export function openDialog(id: string): void {
  const dialog = byId<HTMLDialogElement>(id);
  if (!dialog.open) {
    dialog.showModal();
    dialog.querySelector("h2")?.focus();
    dialog.scrollTop = 0;
  }
}

/** Closes a dialog; the focus goes back to where it was. */
export function closeDialog(id: string): void {
  byId<HTMLDialogElement>(id).close();
}

/** Closes whatever is open: what it is about is no more. */
export function closeDialogs(): void {
  document.querySelectorAll("dialog").forEach((dialog) => dialog.close());
}
