// What was done is said with an offer to undo it, for ten seconds; who reads it or points at it has longer.

const LASTS = 10;

export function fadeToasts(): void {
  const toast = document.getElementById("toast");
  if (!toast) return;
  const left = toast.querySelector<HTMLElement>("[data-left]");
  let seconds = LASTS;
  const tick = (): void => {
    if (toast.matches(":hover, :focus-within")) return;
    seconds -= 1;
    if (left) left.textContent = `${seconds} s`;
    if (seconds <= 0) {
      window.clearInterval(clock);
      toast.remove();
    }
  };
  if (left) left.textContent = `${seconds} s`;
  const clock = window.setInterval(tick, 1_000);
}
