// What the desk's pages gain from scripts. Every action works as a plain form too.

import { followCall } from "./call";
import { showMoreCases } from "./cases";
import { showKnown } from "./contact";
import { openDialogs } from "./dialogs";
import { runClocks } from "./clocks";
import { closeOnLeaving } from "./disclosure";
import { keepDrafts } from "./drafts";
import { focusErrors } from "./errors";
import { listenToKeys } from "./keys";
import { goLive } from "./live";
import { sendOnce } from "./once";
import { showPresence } from "./presence";
import { printButtons } from "./print";
import { sendQuietly } from "./quiet";
import { fadeToasts } from "./toasts";

// The window of the softphone opens its links here.
if (!document.body.classList.contains("softphone")) window.name ||= "scrivania";

closeOnLeaving();
focusErrors();
printButtons();
listenToKeys();
openDialogs();
showMoreCases();
keepDrafts();
showPresence();
showKnown();
fadeToasts();
sendOnce();
followCall();
sendQuietly();
runClocks();
goLive();
