// What the desk's pages gain from scripts. Every action works as a plain form too.

import { closeOnLeaving } from "./disclosure";
import { focusErrors } from "./errors";
import { printButtons } from "./print";

closeOnLeaving();
focusErrors();
printButtons();
