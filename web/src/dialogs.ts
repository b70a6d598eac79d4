// Pages that ask first open as a dialog over the case: the same page, its question taken out of it.

export function openDialogs(): void {
  const dialog = document.getElementById("dialog");
  if (!(dialog instanceof HTMLDialogElement)) return;
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a[data-dialog]") : null;
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    link.closest<HTMLDetailsElement>("details[data-menu]")?.removeAttribute("open");
    void ask(dialog, link.href);
  });
  dialog.addEventListener("click", (event) => {
    const closes = event.target === dialog || (event.target instanceof Element && event.target.closest("[data-close]"));
    if (!closes) return;
    event.preventDefault();
    dialog.close();
  });
  dialog.addEventListener("close", () => dialog.replaceChildren());
}

async function ask(dialog: HTMLDialogElement, url: string): Promise<void> {
  try {
    const answer = await fetch(url, { credentials: "same-origin" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const question = page.querySelector("[data-asks]");
    if (!answer.ok || answer.redirected || !question) throw new Error(url);
    dialog.replaceChildren(document.importNode(question, true));
    const title = dialog.querySelector("h1");
    if (title) dialog.setAttribute("aria-label", title.textContent);
    if (!dialog.open) dialog.showModal();
    const first = dialog.querySelector<HTMLElement>("input:checked, input:not([type=hidden]), select, textarea, a, button");
    first?.focus();
  } catch {
    // What cannot be shown here is shown as the page that it is.
    location.assign(url);
  }
}
