// A form that comes back with errors starts the reader at their list, also when htmx has swapped it in. Each list
// takes the focus once: what is swapped in elsewhere later must not pull the reader away from their typing.

export function focusErrors(): void {
  const seen = new WeakSet<Element>();
  const start = (): void => {
    for (const list of document.querySelectorAll<HTMLElement>(".errs[tabindex='-1']")) {
      if (!seen.has(list)) list.focus();
      seen.add(list);
    }
  };
  start();
  document.addEventListener("htmx:after:swap", start);
}
