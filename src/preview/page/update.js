// Bringing one page up to date: not at all, by exchanging style sheets and pictures, or by loading it again
// with everything where the reader left it.

const KEEP = "backlot:place";

/** Puts the reader back to where the page was before it was loaded again. */
export function restore() {
  const kept = JSON.parse(sessionStorage.getItem(KEEP) ?? "null");
  sessionStorage.removeItem(KEEP);
  if (!kept || kept.path !== location.pathname) return;
  const details = [...document.querySelectorAll("details")];
  for (const [index, name] of kept.open) {
    const same = details.find((one) => nameOf(one) === name && name) ?? details[index];
    if (same) same.open = true;
  }
  for (const index of kept.closed) if (details[index]) details[index].open = false;
  const scroll = () => scrollTo({ left: kept.x, top: kept.y, behavior: "instant" });
  scroll();
  // Pictures and fonts that come later must not push the place away.
  addEventListener("load", scroll, { once: true });
}

/** Loads the page again; the place, open details and the reader's own scrolling stay. */
export function reload() {
  const details = [...document.querySelectorAll("details")];
  const open = details.flatMap((one, index) => (one.open ? [[index, nameOf(one)]] : []));
  const closed = details.flatMap((one, index) => (one.open ? [] : [index]));
  sessionStorage.setItem(KEEP, JSON.stringify({ path: location.pathname, x: scrollX, y: scrollY, open, closed }));
  location.reload();
}

function nameOf(details) {
  return details.id || details.querySelector("summary")?.textContent.trim() || "";
}

/** Exchanges style sheets and pictures for those of the new page. False when the two do not match. */
export async function exchange() {
  const response = await fetch(location.href, { cache: "no-store" });
  const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
  const pairs = [];
  for (const selector of ["link[rel~=stylesheet]", "img", "template.closeup", '[style^="--light-"]']) {
    const theirs = [...fresh.querySelectorAll(selector)];
    const ours = [...document.querySelectorAll(selector)].filter((one) => !one.dataset.backlotOld);
    if (ours.length !== theirs.length) return false;
    ours.forEach((one, index) => pairs.push([one, theirs[index]]));
  }
  for (const [ours, theirs] of pairs) {
    if (ours.localName === "link") restyle(ours, theirs.getAttribute("href"));
    else if (ours.localName === "template") ours.replaceWith(document.importNode(theirs, true));
    else if (ours.localName === "img") renewPicture(ours, theirs);
    else ours.setAttribute("style", theirs.getAttribute("style"));
  }
  return true;
}

/** A picture, with the formats it is offered in: they come first, so that none is asked for in vain. */
function renewPicture(ours, theirs) {
  const sources = (img) => [...(img.closest("picture")?.querySelectorAll("source") ?? [])];
  const [old, fresh] = [sources(ours), sources(theirs)];
  fresh.forEach((source, index) => (old[index] ? copy(old[index], source) : ours.before(document.importNode(source))));
  old.slice(fresh.length).forEach((source) => source.remove());
  copy(ours, theirs);
}

function copy(ours, theirs) {
  for (const name of ["type", "sizes", "width", "height", "alt", "style", "srcset", "src"]) {
    const value = theirs.getAttribute(name);
    if (value === ours.getAttribute(name)) continue;
    if (value === null) ours.removeAttribute(name);
    else ours.setAttribute(name, value);
  }
}

/** A new style sheet takes over only once it is there, so that nothing flickers. */
function restyle(link, href) {
  if (link.getAttribute("href") === href) return;
  const fresh = link.cloneNode();
  fresh.href = href;
  link.dataset.backlotOld = "yes";
  const done = () => link.remove();
  fresh.addEventListener("load", done, { once: true });
  fresh.addEventListener("error", done, { once: true });
  link.after(fresh);
}

/** Files of the site that changed while the page did not: false when only loading the page again will do. */
export function refresh(files, version) {
  const changed = new Set(files.map((file) => new URL(`/${file.split("/").map(encodeURIComponent).join("/")}`, location.origin).pathname));
  const isChanged = (address) => {
    if (!address) return false;
    const url = new URL(address, document.baseURI);
    return url.origin === location.origin && changed.has(url.pathname);
  };
  for (const link of document.querySelectorAll("link[rel~=stylesheet]")) {
    if (!link.dataset.backlotOld && isChanged(link.getAttribute("href"))) restyle(link, withVersion(link.getAttribute("href"), version));
  }
  for (const one of document.querySelectorAll("img, picture source")) {
    const sources = (one.getAttribute("srcset") ?? "").split(",").map((part) => part.trim().split(/\s+/)[0]);
    if (![one.getAttribute("src"), ...sources].some(isChanged)) continue;
    for (const name of ["srcset", "src"]) {
      const value = one.getAttribute(name);
      if (value !== null) one.setAttribute(name, renew(value, name, isChanged, version));
    }
  }
  const others = [...document.querySelectorAll("script[src], video[src], video source[src], track[src], iframe[src]")];
  const posters = [...document.querySelectorAll("video[poster]")].filter((video) => isChanged(video.getAttribute("poster")));
  for (const video of posters) video.poster = withVersion(video.getAttribute("poster"), version);
  return !others.some((one) => isChanged(one.getAttribute("src")));
}

function renew(value, name, isChanged, version) {
  if (name === "src") return isChanged(value) ? withVersion(value, version) : value;
  const parts = value.split(",").map((part) => part.trim().split(/\s+/));
  return parts.map(([address, ...size]) => [isChanged(address) ? withVersion(address, version) : address, ...size].join(" ")).join(", ");
}

/** The same address in a form that the browser has not seen yet. */
function withVersion(address, version) {
  return `${address.replace(/[?&]backlot=\d+/, "")}${address.replace(/[?&]backlot=\d+/, "").includes("?") ? "&" : "?"}backlot=${version}`;
}
