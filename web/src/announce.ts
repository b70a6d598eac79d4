// Says politely, to those who listen, that the page has changed.

export function announce(what: "new" | "list"): void {
  const place = document.getElementById("announcer");
  const words = place?.dataset[what];
  if (!place || !words) return;
  // The same words twice are said twice only when they were gone in between.
  place.textContent = "";
  window.setTimeout(() => (place.textContent = words), 50);
}
