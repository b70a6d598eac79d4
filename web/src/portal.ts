// What the portal's pages gain from scripts. Every page works without them.

import { closeOnLeaving } from "./disclosure";
import { focusErrors } from "./errors";
import { printButtons } from "./print";

closeOnLeaving();
focusErrors();
printButtons();
