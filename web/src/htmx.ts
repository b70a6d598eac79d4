// htmx with its extension for server-sent events, which looks for a global `htmx`: the first import makes it.

import "htmx.org";
import "htmx.org/dist/ext/hx-sse.js";
