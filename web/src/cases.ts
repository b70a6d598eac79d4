// The list of cases: more of it without another page, and the open case in sight.

import { fetchPart, morph } from "./part";

export function showMoreCases(): void {
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a[data-more]") : null;
    const url = link?.dataset["more"];
    if (!link || !url || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const row = link.closest("li")?.previousElementSibling?.id;
    fetchPart(url).then(
      async (part) => {
        await morph(part);
        const after = row ? document.getElementById(row)?.nextElementSibling : null;
        after?.querySelector("a")?.focus();
      },
      () => location.assign(link.href),
    );
  });
  document.querySelector("#rows [aria-current]")?.scrollIntoView({ block: "nearest" });
  const timeline = document.getElementById("timeline");
  if (timeline) timeline.scrollTop = timeline.scrollHeight;
}
