// Forms marked data-once are sent once: a second press while the first is on its way does nothing. The server does not
// rely on it.

export function sendOnce(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-once]")) {
    let sent = false;
    form.addEventListener("submit", (event) => {
      if (sent) event.preventDefault();
      sent = true;
    });
    // Whoever comes back by the browser's own way may send it again.
    addEventListener("pageshow", () => {
      sent = false;
    });
  }
}
