// Drafts, saved as they are typed and when the page is left; the two forms of the composer, changed without a reload.

const PAUSE = 800;

export function keepDrafts(): void {
  const composer = document.getElementById("composer");
  if (!composer) return;
  const url = composer.dataset["draft"];
  for (const form of composer.querySelectorAll<HTMLFormElement>("form[data-kind]")) {
    if (url) keepDraft(form, url);
  }
  for (const tab of composer.querySelectorAll<HTMLAnchorElement>("a[data-write]")) {
    tab.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      show(composer, tab.dataset["write"] ?? "reply");
      history.replaceState(history.state, "", tab.href);
    });
  }
}

function show(composer: HTMLElement, kind: string): void {
  composer.classList.toggle("comp-note", kind === "note");
  for (const form of composer.querySelectorAll<HTMLFormElement>("form[data-kind]")) {
    form.hidden = form.dataset["kind"] !== kind;
    if (!form.hidden) form.querySelector("textarea")?.focus();
  }
  for (const tab of composer.querySelectorAll<HTMLElement>("a[data-write]")) {
    if (tab.dataset["write"] === kind) tab.setAttribute("aria-current", "true");
    else tab.removeAttribute("aria-current");
  }
}

function keepDraft(form: HTMLFormElement, url: string): void {
  const box = form.querySelector("textarea");
  const place = form.querySelector<HTMLElement>("[data-saved]");
  if (!box || !place) return;
  const here = `${url}#${form.dataset["kind"] ?? ""}`;
  let kept = box.value;
  let waiting: number | undefined;
  let sending = false;
  const body = (): URLSearchParams => new URLSearchParams({ kind: form.dataset["kind"] ?? "", text: box.value });

  const save = async (): Promise<void> => {
    window.clearTimeout(waiting);
    if (sending || box.value === kept) return;
    const text = box.value;
    try {
      const answer = await fetch(url, { method: "POST", body: body(), credentials: "same-origin" });
      if (!answer.ok) throw new Error(String(answer.status));
      kept = text;
      sessionStorage.removeItem(here);
      place.innerHTML = await answer.text();
    } catch {
      // What is typed stays in this browser, and is saved when the connection is back.
      sessionStorage.setItem(here, text);
      waiting = window.setTimeout(() => void save(), 4 * PAUSE);
    }
  };

  box.addEventListener("input", () => {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(() => void save(), PAUSE);
  });
  form.addEventListener("submit", () => {
    // What is sent is no draft any more: a late save would bring it back.
    sending = true;
    window.clearTimeout(waiting);
    sessionStorage.removeItem(here);
  });
  const leave = (): void => {
    if (sending || box.value === kept) return;
    kept = box.value;
    void fetch(url, { method: "POST", body: body(), credentials: "same-origin", keepalive: true });
  };
  window.addEventListener("pagehide", leave);
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) leave();
  });
  window.addEventListener("pageshow", () => (sending = false));
  // What could not be saved the last time, or what the browser's own way back has brought back, is more than was saved.
  const left = sessionStorage.getItem(here);
  if (left !== null && box.value === box.defaultValue) box.value = left;
  if (box.value !== box.defaultValue) void save();
}
