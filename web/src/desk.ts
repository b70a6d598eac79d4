// What the desk's pages gain from scripts. Every action works as a plain form too.

import { showMoreCases } from "./cases";
import { showKnown } from "./contact";
import { openDialogs } from "./dialogs";
import { closeOnLeaving } from "./disclosure";
import { keepDrafts } from "./drafts";
import { focusErrors } from "./errors";
import { listenToKeys } from "./keys";
import { goLive } from "./live";
import { sendOnce } from "./once";
import { showPresence } from "./presence";
import { printButtons } from "./print";
import { fadeToasts } from "./toasts";

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
goLive();
