// A contact written down by hand: who is known by the telephone or address being typed, and their open cases.

import { fetchPart } from "./part";

const PAUSE = 250;

export function showKnown(): void {
  const place = document.getElementById("known");
  const url = place?.dataset["known"];
  const form = document.getElementById("contact");
  if (!place || !url || !(form instanceof HTMLFormElement)) return;
  const field = (name: string): HTMLInputElement | null => form.querySelector<HTMLInputElement>(`input[name="${name}"]`);
  let waiting: number | undefined;
  let asked = 0;
  for (const name of ["phone", "email"]) {
    field(name)?.addEventListener("input", () => {
      window.clearTimeout(waiting);
      waiting = window.setTimeout(() => {
        const query = new URLSearchParams({ phone: field("phone")?.value ?? "", email: field("email")?.value ?? "" });
        asked += 1;
        const own = asked;
        fetchPart(`${url}?${query.toString()}`).then(
          (part) => {
            // A late answer to what is no longer typed is not shown.
            if (own === asked) place.replaceChildren(part);
          },
          () => place.replaceChildren(),
        );
      }, PAUSE);
    });
  }
  place.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-continues]") : null;
    const number = field("continues");
    if (!button || !number) return;
    number.value = button.dataset["continues"] ?? "";
    document.getElementById("text")?.focus();
  });
  const anonymous = field("anonymous");
  const follow = (): void => {
    for (const name of ["phone", "email", "name"]) {
      const own = field(name);
      if (own) own.disabled = anonymous?.checked ?? false;
    }
    if (anonymous?.checked) place.replaceChildren();
  };
  anonymous?.addEventListener("change", follow);
  follow();
  if (!document.querySelector(".errs")) field("phone")?.focus();
}
