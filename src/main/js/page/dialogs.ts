import { byId } from "./dom.js";

/** Lets every dialog of index.html be closed by its buttons, by Escape, and by a click beside it. */
export function prepareDialogs(): void {
  for (const dialog of document.querySelectorAll("dialog")) {
    // Whoever selects something in the dialog may let go beside it.
    let pressedBeside = false;
    dialog.addEventListener("pointerdown", (event) => {
      pressedBeside = isBeside(dialog, event);
    });
    dialog.addEventListener("click", (event) => {
      const closes = (event.target as Element).closest("[data-close]") !== null;
      if (closes || (pressedBeside && isBeside(dialog, event))) {
        dialog.close();
      }
    });
  }
}

function isBeside(dialog: HTMLDialogElement, { target, clientX, clientY }: MouseEvent): boolean {
  const { left, right, top, bottom } = dialog.getBoundingClientRect();
  return target === dialog && (clientX < left || clientX > right || clientY < top || clientY > bottom);
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
