// The desk by keyboard. What a key does stands in the page: data-key on the control it presses, data-go on the list it
// opens after `g`. While somebody types in a field, keys are letters.

const PAUSE = 1_500;

export function listenToKeys(): void {
  let going = 0;
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      const active = document.activeElement;
      if (active instanceof HTMLElement && isField(active) && !active.closest("dialog")) active.blur();
      return;
    }
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      sendForm(event);
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (event.target instanceof HTMLElement && isField(event.target)) return;
    if (document.querySelector("dialog[open]")) return;
    const key = event.key;
    if (Date.now() - going < PAUSE) {
      going = 0;
      if (press(event, `[data-go="${CSS.escape(key)}"]`)) return;
    }
    switch (key) {
      case "g":
        going = Date.now();
        return;
      case "/":
        event.preventDefault();
        document.getElementById("search")?.focus();
        return;
      case "j":
      case "k":
        move(event, key === "j" ? 1 : -1);
        return;
      default:
        if (/^[a-z?]$/.test(key)) press(event, `[data-key="${CSS.escape(key)}"]`);
    }
  });
}

function isField(element: HTMLElement): boolean {
  if (element.isContentEditable) return true;
  if (element instanceof HTMLInputElement) return !["checkbox", "radio", "button", "submit", "file"].includes(element.type);
  return element instanceof HTMLTextAreaElement || element instanceof HTMLSelectElement;
}

function press(event: KeyboardEvent, selector: string): boolean {
  const control = [...document.querySelectorAll<HTMLElement>(selector)].find((found) => found.getClientRects().length > 0);
  if (!control) return false;
  event.preventDefault();
  // A list of choices is gone to; pressing it would open nothing. So is what must not be pressed by accident.
  if (control instanceof HTMLSelectElement || control.hasAttribute("data-focus")) control.focus();
  else control.click();
  // A menu opens at what is chosen in it.
  const menu = control.closest<HTMLDetailsElement>("details[data-menu]");
  if (menu && control.localName === "summary" && menu.open) {
    (menu.querySelector<HTMLElement>("[aria-current]") ?? menu.querySelector<HTMLElement>("button, a"))?.focus();
  }
  return true;
}

// Moves through the cases of the list; Enter, on what has the focus, opens it.
function move(event: KeyboardEvent, step: 1 | -1): void {
  const rows = [...document.querySelectorAll<HTMLElement>("#rows a[data-row]")].filter((row) => row.getClientRects().length > 0);
  const focused = rows.findIndex((row) => row === document.activeElement);
  const from = focused >= 0 ? focused : rows.findIndex((row) => row.hasAttribute("aria-current"));
  const next = rows[from < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, from + step))];
  if (!next) return;
  event.preventDefault();
  next.focus();
  next.scrollIntoView({ block: "nearest" });
}

function sendForm(event: KeyboardEvent): void {
  const form = event.target instanceof Element ? event.target.closest("form") : null;
  if (!(form instanceof HTMLFormElement) || form.method !== "post") return;
  event.preventDefault();
  form.requestSubmit();
}
