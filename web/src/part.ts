// Parts of a page, had again and morphed in place: what has the focus keeps it, what is being typed is not touched.

import { sendWhatWasBegun } from "./call";

interface Htmx {
  swap(context: { sourceElement: Element; target: Element; text: string; swap: string }): Promise<void>;
}

declare global {
  interface Window {
    htmx?: Htmx;
  }
}

export class SignedOut extends Error {}

// Fetches a part; throws when it is not to be had.
export async function fetchPart(url: string): Promise<DocumentFragment> {
  const answer = await fetch(url, { headers: { "HX-Request": "true" }, credentials: "same-origin", cache: "no-store" });
  if (answer.status === 401) throw new SignedOut();
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  const template = document.createElement("template");
  template.innerHTML = await answer.text();
  return template.content;
}

// Morphs every element of the page that the part has under the same id; returns what changed.
export async function morph(part: DocumentFragment): Promise<Element[]> {
  const changed: Element[] = [];
  for (const fresh of [...part.children]) {
    const old = fresh.id ? document.getElementById(fresh.id) : null;
    // An open menu is in use: it is had again the next time.
    if (!old || old.isEqualNode(fresh) || old.querySelector("details[data-menu][open]")) continue;
    if (keeps(old, fresh)) continue;
    const focused = document.activeElement;
    if (window.htmx) {
      await window.htmx.swap({ sourceElement: document.body, target: old, text: fresh.outerHTML, swap: "outerMorph" });
    } else {
      old.replaceWith(document.importNode(fresh, true));
    }
    // What changes its place loses the focus in some browsers.
    if (focused instanceof HTMLElement && focused !== document.activeElement && focused.isConnected) focused.focus({ preventScroll: true });
    changed.push(document.getElementById(fresh.id) ?? fresh);
  }
  return changed;
}

// What somebody has begun to fill in stays, as long as what is asked is the same; when it no longer is, it is sent first.
function keeps(old: HTMLElement, fresh: Element): boolean {
  const stands = old.dataset["stands"];
  if (stands === undefined) return false;
  // What comes back with a word on what is wrong has been typed as well, though it stands there from the first.
  const fields = old.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>("input, textarea");
  const begun = [...fields].some((field) =>
    field instanceof HTMLInputElement ? field.checked : field.value !== "" || field === document.activeElement,
  );
  if (!begun) return false;
  if (stands === fresh.getAttribute("data-stands")) return true;
  sendWhatWasBegun(old);
  return false;
}

// Has the part of an element again that says where: data-part.
export async function refresh(element: Element | null): Promise<Element[]> {
  const url = element?.getAttribute("data-part");
  return url ? morph(await fetchPart(url)) : [];
}
