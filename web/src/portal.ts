// What the portal's pages gain from scripts. Every page works without them.

import { closeOnLeaving } from "./disclosure";
import { focusErrors } from "./errors";
import { nameFiles } from "./portal-files";
import { sendOnce } from "./once";
import { printButtons } from "./print";

closeOnLeaving();
focusErrors();
nameFiles();
printButtons();
sendOnce();
