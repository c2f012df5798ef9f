// What is looked at has its own address: the browser's "back" closes the viewer, a link to it leads to the still's own
// page, and so does loading it again.

import { here, onDisk } from "./items.js";

const title = document.title;

/** The place that the browser's history has for the viewer, if it is there now. */
export const place = () => history.state?.viewer;

/** Writes down what is looked at: `pushState` when the viewer opens, `replaceState` after that. */
export function write(how, viewer, item) {
  // Links and pictures of this page are relative to it, wherever the address is by now.
  if (!document.querySelector("base")) {
    const base = document.createElement("base");
    base.href = here;
    document.head.prepend(base);
  }
  // A page from a disk may not change its address; "back" closes the viewer all the same.
  history[how]({ viewer }, "", onDisk ? undefined : item.address);
}

export function name(item) {
  document.title = item ? `${item.title} · ${title}` : title;
}

// After loading again there is a page, and no viewer yet.
if (place() >= 0) history.replaceState(null, "");
