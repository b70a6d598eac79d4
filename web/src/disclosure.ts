// Menus made of <details data-menu> open without scripts. With them they also close: on Escape, which gives the
// focus back to the button, and when the reader goes elsewhere.

export function closeOnLeaving(): void {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of openMenus()) {
      menu.open = false;
      menu.querySelector("summary")?.focus();
    }
  });
  for (const kind of ["click", "focusin"] as const) {
    document.addEventListener(kind, (event) => {
      for (const menu of openMenus()) {
        if (event.target instanceof Node && !menu.contains(event.target)) menu.open = false;
      }
    });
  }
}

function openMenus(): NodeListOf<HTMLDetailsElement> {
  return document.querySelectorAll<HTMLDetailsElement>("details[data-menu][open]");
}
