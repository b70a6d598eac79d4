// Clocks that run: how long something has gone on, or how long it still goes on. The server says what time it is, so that
// a computer whose own clock is wrong shows no nonsense.

export function runClocks(): void {
  window.setInterval(tick, 500);
}

// How far this computer's clock is behind the server's, by the answer that said so first.
const skews = new Map<string, number>();

function tick(): void {
  for (const clock of document.querySelectorAll<HTMLElement>("time[data-runs]")) {
    const said = clock.dataset["now"] ?? "";
    const skew = skews.get(said) ?? Number(said) - Date.now();
    if (skews.size > 200) skews.clear();
    skews.set(said, skew);
    const now = Date.now() + skew;
    const at = Number(clock.dataset["at"]);
    const until = clock.dataset["runs"] === "until";
    const seconds = Math.max(0, Math.floor((until ? at - now : now - at) / 1_000));
    const text = stopwatch(seconds);
    if (clock.textContent !== text) clock.textContent = text;
    clock.toggleAttribute("data-over", until && seconds === 0);
  }
}

function stopwatch(seconds: number): string {
  const two = (number: number): string => String(number).padStart(2, "0");
  const hours = Math.floor(seconds / 3_600);
  const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return hours > 0 ? `${hours}:${rest}` : rest;
}
