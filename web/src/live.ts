// Live pages: one stream of events a page. An event says only which case it is about; lists, cases and timeline are
// had again, and the composer never. A lost connection is said, and heals by itself.

import { announce } from "./announce";
import { SignedOut, fetchPart, morph, refresh } from "./part";

// Events come in bursts: what is had again is had once for all of them.
const GATHER = 300;
const AT_ONCE = 20;
const FLOOR_EVERY = 1_000;
const LISTS_EVERY = 2_000;
// Times are told from now, so they grow old.
const EVERY_MINUTE = 60_000;
// A page that nobody looks at gives its connection back: browsers have few.
const HIDDEN_FOR = 30_000;
// A stream that falls is tried again by the browser; this is how long it may take before it is said.
const PATIENCE = 3_000;

export function goLive(): void {
  const address = document.body.dataset["live"];
  if (!address) return;
  // It says what the page has seen already, so that nothing is missed between the page and its stream.
  const url = new URL(address, location.href);
  let stream: EventSource | undefined;
  let stood = false;
  let said: number | undefined;
  let hidden: number | undefined;
  let again: number | undefined;

  const offline = document.getElementById("offline");
  const lost = (): void => {
    said ??= window.setTimeout(() => offline?.removeAttribute("hidden"), PATIENCE);
  };
  const found = (): void => {
    window.clearTimeout(said);
    said = undefined;
    offline?.setAttribute("hidden", "");
  };
  // One answer may be lost while the stream stands: the next that comes says that all is well.
  const answered = (): void => {
    if (navigator.onLine && stream?.readyState === EventSource.OPEN) found();
  };
  const out = (): void => {
    close();
    if (offline) {
      offline.textContent = document.body.dataset["signedOut"] ?? "";
      offline.removeAttribute("hidden");
    }
  };
  const failed = (error: unknown): void => {
    if (error instanceof SignedOut) out();
    else lost();
  };

  const lists = throttled(LISTS_EVERY, async () => {
    try {
      await refreshLists();
      answered();
    } catch (error) {
      failed(error);
    }
  });
  const alarms = throttled(GATHER, async () => {
    try {
      await refresh(document.getElementById("alarms"));
      answered();
    } catch (error) {
      failed(error);
    }
  });
  const closings = throttled(GATHER, async () => {
    try {
      await refresh(document.getElementById("closings"));
      answered();
    } catch (error) {
      failed(error);
    }
  });
  const theCase = throttled(GATHER, async () => {
    try {
      await refreshCase();
      answered();
    } catch (error) {
      failed(error);
    }
  });

  const call = throttled(0, async () => {
    try {
      for (const part of document.querySelectorAll("#state, #call")) await refresh(part);
      answered();
    } catch (error) {
      failed(error);
    }
  });

  const floor = throttled(FLOOR_EVERY, async () => {
    try {
      await refresh(document.querySelector("[data-floor]"));
      answered();
    } catch (error) {
      failed(error);
    }
  });

  const open = (): void => {
    if (stream) return;
    window.clearTimeout(again);
    stream = new EventSource(url);
    const own = stream;
    own.addEventListener("ready", () => {
      // What happened while nobody listened is on the page after this.
      if (said !== undefined || stood) {
        lists();
        theCase();
        alarms();
        closings();
        call();
        floor();
      } else if (document.querySelector("#state:empty, #call[data-unread]")) {
        call();
      }
      stood = true;
      url.search = "";
      found();
    });
    const ours = (event: MessageEvent<string>): void => {
      if (event.data === document.getElementById("case")?.dataset["case"]) theCase();
    };
    own.addEventListener("case", (event: MessageEvent<string>) => {
      lists();
      ours(event);
    });
    own.addEventListener("alarm", () => {
      alarms();
      lists();
    });
    own.addEventListener("closing", closings);
    // A call must not wait for what comes beside it.
    for (const kind of ["call", "availability"]) own.addEventListener(kind, call);
    own.addEventListener("floor", () => {
      floor();
      // What becomes of a talk is told to its operator: whoever overhears it is told that something has changed.
      if (document.querySelector("[data-overheard]")) call();
    });
    own.addEventListener("outbox", ours);
    for (const kind of ["person", "catalogue"]) own.addEventListener(kind, theCase);
    own.addEventListener("error", () => {
      lost();
      // After an answer that is no stream the browser gives up; so it is asked why, and tried again.
      if (own.readyState === EventSource.CLOSED) {
        stream = undefined;
        again = window.setTimeout(() => {
          fetchPart("/part/desk/lists").then(open, (error: unknown) => {
            failed(error);
            if (!(error instanceof SignedOut)) open();
          });
        }, 2_000);
      }
    });
  };
  const close = (): void => {
    window.clearTimeout(again);
    stream?.close();
    stream = undefined;
  };

  document.addEventListener("visibilitychange", () => {
    window.clearTimeout(hidden);
    if (document.hidden) {
      hidden = window.setTimeout(close, HIDDEN_FOR);
    } else {
      open();
    }
  });
  // The computer itself says when it has no network, long before a stream notices.
  window.addEventListener("offline", lost);
  window.addEventListener("online", () => {
    close();
    open();
  });
  window.addEventListener("pagehide", close);
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) open();
  });
  window.setInterval(() => {
    if (!document.hidden) {
      lists();
      theCase();
      call();
      floor();
    }
  }, EVERY_MINUTE);
  open();
}

async function refreshLists(): Promise<void> {
  const rows = document.getElementById("rows");
  const before = rows?.scrollTop ?? 0;
  const seen = firstRow();
  await refresh(document.getElementById("lists"));
  for (const part of document.querySelectorAll("[data-follows]")) await refresh(part);
  const changed = await refresh(document.getElementById("cases"));
  const after = document.getElementById("rows");
  // Nothing jumps: what was at the top of the list stays where it was.
  if (after && before > 0 && seen) {
    const row = document.getElementById(seen.id);
    if (row) after.scrollTop += row.getBoundingClientRect().top - seen.top;
    else after.scrollTop = before;
  }
  if (changed.length > 0 && rows && newRow(after, rows)) announce("list");
}

function firstRow(): { id: string; top: number } | undefined {
  const rows = document.getElementById("rows");
  if (!rows) return undefined;
  const top = rows.getBoundingClientRect().top;
  for (const row of rows.children) {
    const box = row.getBoundingClientRect();
    if (box.bottom > top) return { id: row.id, top: box.top };
  }
  return undefined;
}

let known: Set<string> | undefined;

// True when a case stands in the list that did not.
function newRow(after: HTMLElement | null, before: HTMLElement): boolean {
  const ids = (list: HTMLElement | null): Set<string> => new Set([...(list?.children ?? [])].map((row) => row.id));
  const old = known ?? ids(before);
  known = ids(after);
  return [...known].some((id) => !old.has(id));
}

async function refreshCase(): Promise<void> {
  const main = document.getElementById("case");
  const url = main?.dataset["part"];
  if (!main || !url) return;
  const timeline = document.getElementById("timeline");
  const atEnd = timeline ? timeline.scrollHeight - timeline.scrollTop - timeline.clientHeight < 40 : false;
  const entries = timeline?.querySelectorAll(".e").length ?? 0;
  await morph(await fetchPart(url));
  const fresh = document.getElementById("timeline");
  if (fresh && fresh.querySelectorAll(".e").length > entries) {
    announce("new");
    // Who was reading the end goes on reading the end; who was reading further up stays there.
    if (atEnd) fresh.scrollTop = fresh.scrollHeight;
  }
}

// Runs at once when nothing ran lately, else once when its time has come.
function throttled(every: number, run: () => Promise<void>): () => void {
  let due: number | undefined;
  let last = 0;
  return () => {
    if (due !== undefined) return;
    due = window.setTimeout(
      () => {
        due = undefined;
        last = Date.now();
        void run();
      },
      Math.max(every === 0 ? AT_ONCE : GATHER, last + every - Date.now()),
    );
  };
}
