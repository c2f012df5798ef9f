// What is looked at has its own address: the browser's "back" closes the viewer, a link to it leads to the still's own
// page, and so does loading it again.

const title = document.title;

function write(how, at, item) {
  const state = { viewer: at };
  // Links and pictures of this page are relative to it, wherever the address is by now.
  if (!document.querySelector("base")) {
    const base = document.createElement("base");
    base.href = location.href.split("#")[0];
    document.head.prepend(base);
  }
  try {
    history[how](state, "", item.address);
  } catch {
    // A page from a disk may not change its address; "back" closes the viewer all the same.
    history[how](state, "", undefined);
  }
}

/** The place that the browser's history has for the viewer, if it is there now. */
export const place = () => history.state?.viewer;

export const enter = (at, item) => write("pushState", at, item);

export function move(at, item) {
  document.title = `${item.title} · ${title}`;
  if (place() !== undefined && place() !== at) write("replaceState", at, item);
}

export function leave() {
  document.title = title;
  if (place() !== undefined) history.back();
}

// After loading again there is a page, and no viewer yet.
if (place() !== undefined) history.replaceState(null, "");
