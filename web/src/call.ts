// The call on a page of the desk: what comes in is said to those who listen, what was begun to be written stays, and what
// the softphone does by itself is passed on to its window.

import { Link, type Status } from "./softphone-link";

const TITLE = document.title;

export function followCall(): void {
  const link = new Link("desk");
  link.onStatus((status) => show(status));
  document.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const opens = target?.closest<HTMLAnchorElement>("a[data-softphone]");
    if (opens && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      openSoftphone(opens.href);
      return;
    }
    const button = target?.closest<HTMLButtonElement>("button[data-soft]");
    const contact = button?.closest<HTMLElement>("[data-contact]")?.dataset["contact"];
    if (!button || !contact) return;
    const digit = button.dataset["digit"];
    switch (button.dataset["soft"]) {
      case "answer":
        link.send({ kind: "answer", contact });
        break;
      case "decline":
        link.send({ kind: "decline", contact });
        break;
      case "leave":
        link.send({ kind: "leave", contact });
        break;
      case "digit":
        if (digit) link.send({ kind: "digit", contact, digit });
        break;
    }
  });
  // Where the softphone has the call, its microphone is muted and nothing is asked of the server.
  document.addEventListener(
    "submit",
    (event) => {
      const form = event.target;
      if (!(form instanceof HTMLFormElement) || form.dataset["soft"] !== "mute") return;
      const contact = form.closest<HTMLElement>("[data-contact]")?.dataset["contact"];
      const call = link.status?.calls.find((one) => one.contact === contact && one.stands === "talking");
      if (!contact || !call) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      link.send({ kind: "mute", contact, on: !call.muted });
    },
    { capture: true },
  );
  const changed = (): void => {
    show(link.status);
    tell();
    restore();
  };
  // What is shown is morphed in place: whatever was changed by hand is changed again.
  const places = ["call", "call-card"].map((id) => document.getElementById(id));
  for (const place of places) {
    if (place) new MutationObserver(changed).observe(place, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-stands", "data-rings", "data-said", "hidden"] });
  }
  document.addEventListener("input", remember);
  restore();
  tell(true);
  link.send({ kind: "hello" });
}

// Opens the window of the softphone, or brings it to the front where it is open: it must not be loaded anew, because with
// it would go the call.
function openSoftphone(url: string): void {
  const open = window.open("", "softfono", "popup,width=420,height=640");
  if (!open) {
    location.assign(url);
    return;
  }
  try {
    if (open.location.pathname !== new URL(url, location.href).pathname) open.location.href = url;
  } catch {
    open.location.href = url;
  }
  open.focus();
}

// What only the softphone can do is offered where its window has this call.
function show(status: Status | undefined): void {
  for (const place of document.querySelectorAll<HTMLElement>("[data-contact]")) {
    const call = status?.calls.find((one) => one.contact === place.dataset["contact"]);
    for (const one of place.querySelectorAll<HTMLElement>("[data-soft-only]")) set(one, "hidden", !call);
    for (const one of place.querySelectorAll<HTMLElement>("[data-soft-away]")) set(one, "hidden", call !== undefined);
    for (const one of place.querySelectorAll<HTMLElement>("[data-soft-rings]")) set(one, "hidden", call?.stands !== "ringing");
    for (const one of place.querySelectorAll<HTMLElement>("[data-soft-talks]")) set(one, "hidden", call?.stands !== "talking");
    if (call?.stands === "talking") {
      const button = place.querySelector<HTMLElement>("form[data-soft=mute] button");
      const pressed = String(call.muted);
      if (button && button.getAttribute("aria-pressed") !== pressed) button.setAttribute("aria-pressed", pressed);
    }
  }
}

function set(element: HTMLElement, name: string, on: boolean): void {
  if (element.hasAttribute(name) !== on) element.toggleAttribute(name, on);
}

let told = "";

// Says once what has come, politely; the title says it as well, for whoever is at another tab.
function tell(first = false): void {
  const card = document.getElementById("call-card");
  const stands = card?.dataset["stands"] ?? "";
  const rings = document.getElementById("call")?.hasAttribute("data-rings") ?? false;
  document.title = rings ? `☎ ${TITLE}` : TITLE;
  if (stands === told) return;
  told = stands;
  const words = card?.dataset["said"] ?? "";
  const place = document.getElementById("call-said");
  // What stood on the page as it came is read with the page.
  if (!place || (first && !rings)) return;
  place.textContent = "";
  if (words) window.setTimeout(() => (place.textContent = words), 50);
}

// What was begun to be written of a call, note and code, stays from page to page until the call is written up.

interface Begun {
  note: string;
  code: string;
}

const KEPT = "call-write-up-";

function keyOf(element: Element | null): string | undefined {
  const contact = element?.closest<HTMLElement>("[data-contact]")?.dataset["contact"];
  return contact ? `${KEPT}${contact}` : undefined;
}

function writeUp(): HTMLFormElement | null {
  return document.querySelector<HTMLFormElement>("#call-card form[data-writes-up]");
}

function begunIn(form: HTMLFormElement): Begun {
  const filled = new FormData(form);
  const text = (name: string): string => String(filled.get(name) ?? "");
  return { note: text("note"), code: text("code") };
}

function remember(event: Event): void {
  const form = event.target instanceof Element ? event.target.closest<HTMLFormElement>("form[data-writes-up]") : null;
  const key = keyOf(form);
  if (form && key) sessionStorage.setItem(key, JSON.stringify(begunIn(form)));
}

function restore(): void {
  const form = writeUp();
  const key = keyOf(form);
  forgetOthers(key);
  const kept = key ? sessionStorage.getItem(key) : null;
  if (!form || kept === null) return;
  const begun = JSON.parse(kept) as Begun;
  const box = form.querySelector("textarea");
  if (box && box !== document.activeElement && box.value === "") box.value = begun.note;
  const codes = [...form.querySelectorAll<HTMLInputElement>("input[name=code]")];
  if (codes.some((code) => code.checked)) return;
  for (const code of codes) code.checked = code.value === begun.code;
}

// A call whose writing up is asked for no more has been written up: not when the form leaves, which may come to nothing.
function forgetOthers(key: string | undefined): void {
  // The page of a call shows that one alone, and what rings comes before what is written up.
  const rings = document.getElementById("call")?.hasAttribute("data-rings");
  if (rings || !document.getElementById("call-card")?.hasAttribute("data-said")) return;
  for (const other of Object.keys(sessionStorage)) {
    if (other.startsWith(KEPT) && other !== key) sessionStorage.removeItem(other);
  }
}

// The time for it is over and the card is about to go: what was begun is sent as it is, and code and note stay with the
// call. What is on its way already is not sent again.
export function sendWhatWasBegun(card: Element): void {
  const form = card.querySelector<HTMLFormElement>("form[data-writes-up]");
  if (!form || form.dataset["sending"]) return;
  const { note, code } = begunIn(form);
  if (note.trim() === "" && code === "") return;
  const body = new URLSearchParams();
  for (const [name, value] of new FormData(form)) body.append(name, String(value));
  void fetch(form.action, { method: "POST", body, headers: { "HX-Request": "true" }, keepalive: true });
}
