// Who else is on this case: a sign of life every few seconds, and what comes back is shown.

const EVERY = 8_000;
// Somebody who has not touched a key for this long is reading.
const WRITES_FOR = 12_000;

export function showPresence(): void {
  const url = document.getElementById("composer")?.dataset["here"];
  if (!url) return;
  let typed = 0;
  document.getElementById("composer")?.addEventListener("input", () => {
    const began = Date.now() - typed > WRITES_FOR;
    typed = Date.now();
    if (began) void tell();
  });
  const tell = async (): Promise<void> => {
    if (document.hidden) return;
    const body = new URLSearchParams(Date.now() - typed < WRITES_FOR ? { writing: "1" } : {});
    try {
      const answer = await fetch(url, { method: "POST", body, credentials: "same-origin" });
      const place = document.getElementById("presence");
      const words = answer.ok ? await answer.text() : "";
      if (place && answer.ok && place.innerHTML.trim() !== words.trim()) place.innerHTML = words;
    } catch {
      // The stream says that the connection is lost.
    }
  };
  window.setInterval(() => void tell(), EVERY);
}
