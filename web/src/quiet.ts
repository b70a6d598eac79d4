// Forms marked data-quiet are sent without leaving the page: what comes back are the parts that have changed. What goes
// wrong goes the plain way, where it is said on a page of its own.

import { morph } from "./part";

export function sendQuietly(): void {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !form.hasAttribute("data-quiet") || event.defaultPrevented) return;
    const button = event.submitter instanceof HTMLButtonElement ? event.submitter : undefined;
    event.preventDefault();
    void send(form, button);
  });
}

async function send(form: HTMLFormElement, button?: HTMLButtonElement): Promise<void> {
  if (form.dataset["sending"]) return;
  form.dataset["sending"] = "1";
  const body = new URLSearchParams();
  for (const [name, value] of new FormData(form, button)) body.append(name, String(value));
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      body,
      headers: { "HX-Request": "true" },
      credentials: "same-origin",
    });
    if (!answer.ok) throw new Error(String(answer.status));
    const template = document.createElement("template");
    template.innerHTML = await answer.text();
    close(form);
    await morph(template.content);
  } catch {
    form.removeAttribute("data-quiet");
    form.requestSubmit(button);
  } finally {
    delete form.dataset["sending"];
  }
}

// The menu that a form stands in has served; the focus goes back to its button.
function close(form: HTMLFormElement): void {
  const menu = form.closest<HTMLDetailsElement>("details[data-menu]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary")?.focus();
}
