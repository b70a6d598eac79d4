// htmx, and nothing else: the desk's live events are followed in live.ts.

import "htmx.org";
