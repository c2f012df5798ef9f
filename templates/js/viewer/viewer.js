// Pictures and clips over the page, as large as the screen. What it shows is in the page already; without it every
// still is a page of its own.

import { name, place, write } from "./address.js";
import { bounded, scaled, whole } from "./geometry.js";
import { watch } from "./gestures.js";
import { here, items } from "./items.js";
import { slideOf } from "./slide.js";

const PAUSE = 5000; // milliseconds for each picture of the slideshow

const dialog = document.getElementById("viewer");
const [frame, stage, note, said, position, status] = ["frame", "stage", "note", "said", "position", "status"].map((part) => dialog.querySelector(`.viewer-${part}`));
const button = (act) => dialog.querySelector(`[data-act=${act}]`);
const mark = (act, state, value) => button(act).setAttribute(`aria-${state}`, value);
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const forwards = document.documentElement.dir === "rtl" ? -1 : 1;
const slides = new Map();
let at, slide, view, held, show;
// While the browser goes back: what to open after that, or -1.
let leaving;

/* One picture */

const size = ({ offsetWidth: width, offsetHeight: height }) => ({ width, height });
const room = () => ({ picture: size(slide.picture), stage: size(stage) });

/** From the whole picture to each of its pixels on one of the screen's, and at least twice as large. */
const limited = (scale) => Math.max(1, Math.min(scale, Math.max(2, slide.widest / slide.picture.offsetWidth)));

function look(next) {
  view = next;
  if (!slide.picture) return;
  const larger = view.scale > 1;
  slide.picture.style.transform = larger ? `translate(${view.x}px, ${view.y}px) scale(${view.scale})` : "";
  slide.wide(stage, view.scale);
  dialog.classList.toggle("is-zoomed", larger);
  mark("zoom", "pressed", larger);
}

function zoom(by, point = whole) {
  if (slide.picture) look(scaled(view, limited(view.scale * by), point, room()));
}

const zoomOrWhole = (point) => zoom(view.scale > 1 ? 0 : Infinity, point);

/* From one to the next */

function ready(index) {
  if (items[index] && !slides.has(index)) slides.set(index, slideOf(items[index]));
  slides.get(index)?.wide?.(stage, 1);
  return slides.get(index);
}

/** Shows a picture in place of another; `from` says from which side it comes. */
function turn(index, from = 0) {
  const [before, item] = [slide, items[index]];
  at = index;
  slide = ready(at);
  stage.append(slide.element);
  slide.element.style.translate = "";
  look(whole);
  if (before && before !== slide) change(before, from);
  note.replaceChildren(item.note.cloneNode(true));
  position.textContent = item.position ?? dialog.dataset.position.replace("{n}", at + 1).replace("{total}", items.length);
  const caption = note.querySelector(".caption-text")?.textContent;
  said.textContent = [position.textContent, item.alt, caption].filter(Boolean).join(". ");
  status.textContent = "";
  button("zoom").hidden = !slide.picture;
  mark("back", "disabled", !beyond(-1));
  mark("next", "disabled", !beyond(1));
  name(item);
  if (place() >= 0 && place() !== at) write("replaceState", at, item);
  // The neighbours come as soon as what is looked at is there; what is far away goes.
  const neighbours = () => index === at && [1, -1].forEach((step) => ready(index + step));
  if (slide.image?.complete ?? true) neighbours();
  else slide.image.onload = neighbours;
  for (const far of slides.keys()) if (Math.abs(far - at) > 2) slides.delete(far);
}

function change({ element, player }, from) {
  player?.pause();
  const gone = () => {
    if (element !== slide?.element) element.remove();
  };
  if (calm.matches) return gone();
  element.animate({ opacity: [1, 0] }, 220).onfinish = gone;
  slide.element.animate({ opacity: [0, 1], translate: [`${3 * forwards * from}rem`, "0"] }, { duration: 320, easing: "ease-out" });
}

/** The link from a still's own page to its neighbour. */
const leaf = (step) => document.querySelector(`.stage-link[rel=${step > 0 ? "next" : "prev"}]`);

/** What lies a step away: on this page, or on one of its own. */
const beyond = (step) => Boolean(items[at + step] ?? leaf(step));

function go(step) {
  if (!beyond(step)) return false;
  if (items[at + step]) turn(at + step, step);
  else location.replace(`${leaf(step).href}#viewer`);
  return true;
}

/* Opening, closing, and all by itself */

function open(index, push = true) {
  const { link } = items[index];
  const from = link.getBoundingClientRect();
  // Closed just now, the browser may be at the viewer's place still.
  if (push) write(place() >= 0 ? "replaceState" : "pushState", index, items[index]);
  link.focus({ preventScroll: true });
  dialog.showModal();
  frame.focus();
  turn(index);
  if (calm.matches || !slide.picture || !from.width) return;
  // It grows from where it is on the page.
  const to = slide.picture.getBoundingClientRect();
  const [x, y] = [from.x - to.x + (from.width - to.width) / 2, from.y - to.y + (from.height - to.height) / 2];
  slide.element.animate({ transform: [`translate(${x}px, ${y}px) scale(${from.width / to.width})`, "none"] }, { duration: 380, easing: "cubic-bezier(0.2, 0.7, 0.1, 1)" });
}

/** Starts the slideshow, or ends it. Nobody wants to be told of each picture while they come by themselves. */
function play(runs) {
  clearInterval(show);
  show = runs && setInterval(() => slide.player?.paused === false || go(1) || play(false), PAUSE);
  mark("slideshow", "pressed", Boolean(runs));
  said.ariaLive = runs ? "off" : "polite";
}

const acts = {
  close: () => dialog.close(),
  back: () => go(-1),
  next: () => go(1),
  slideshow: () => play(!show),
  zoom: () => zoomOrWhole(),
  details() {
    mark("details", "expanded", dialog.classList.toggle("is-detailed"));
    look(whole);
  },
  full: () => (document.fullscreenElement ? document.exitFullscreen() : frame.requestFullscreen()),
  // Who changes their mind has done nothing wrong.
  share: () => navigator.share({ title: document.title, url: items[at].address }).catch(() => {}),
  copy() {
    const { address } = items[at];
    const tell = (words) => (status.textContent = words);
    // Browsers have no clipboard for pages without https; then the address is there to be marked.
    const copied = navigator.clipboard?.writeText(address) ?? Promise.reject();
    copied.then(() => tell(dialog.dataset.copied), () => tell(address));
  },
};

/** Arrow keys turn the leaf; they move a picture that is larger than the stage first, until its edge is there. */
const arrow = (x, y) => () => {
  const before = view.x;
  if (view.scale > 1) look(bounded({ ...view, x: before - 150 * x, y: view.y - 150 * y }, room()));
  if (x && view.x === before) go(x * forwards);
};

const keys = {
  ArrowLeft: arrow(-1, 0),
  ArrowRight: arrow(1, 0),
  ArrowUp: arrow(0, -1),
  ArrowDown: arrow(0, 1),
  Home: () => at && turn(0, -1),
  End: () => at < items.length - 1 && turn(items.length - 1, 1),
  "+": () => zoom(1.5),
  "=": () => zoom(1.5),
  "-": () => zoom(1 / 1.5),
  i: acts.details,
  f: acts.full,
  s: acts.slideshow,
};

const plain = (event) => !(event.altKey || event.ctrlKey || event.metaKey);

dialog.addEventListener("keydown", (event) => {
  // A player has its own use for arrows.
  if (!plain(event) || !keys[event.key] || (event.target.matches("video") && event.key.length > 1)) return;
  event.preventDefault();
  if (event.key !== "s") play(false);
  keys[event.key]();
});

dialog.addEventListener("click", (event) => {
  const act = event.target.closest("[data-act]")?.dataset.act;
  if (act !== "slideshow") play(false);
  acts[act]?.();
});

watch(stage, {
  begin() {
    held = view;
    stage.classList.add("is-held");
  },
  move({ x, y, by, from, fingers }) {
    if (slide.picture && (held.scale > 1 || fingers > 1)) {
      const next = scaled(held, limited(held.scale * by), from, room());
      look(bounded({ ...next, x: next.x + x, y: next.y + y }, room()));
    } else slide.element.style.translate = Math.abs(x) > Math.abs(y) ? `${x}px` : `0 ${Math.max(0, y)}px`;
  },
  end(x, y, moved) {
    stage.classList.remove("is-held");
    if (!moved || view.scale > 1 || held.scale > 1) return;
    const sideways = Math.abs(x) > Math.abs(y);
    if (sideways && Math.abs(x) > 50 && go(-Math.sign(x) * forwards)) return;
    slide.element.style.translate = "";
    if (!sideways && y > 90) dialog.close();
  },
  tap: (element) => element.closest("picture") || dialog.close(),
  twice: zoomOrWhole,
  wheel: zoom,
});

dialog.addEventListener("close", () => {
  // This is told later; by then another picture may be open.
  if (dialog.open) return;
  play(false);
  slide.player?.pause();
  slide.element.remove();
  slide = undefined;
  if (document.fullscreenElement) document.exitFullscreen();
  name();
  if (place() >= 0) {
    leaving = -1;
    history.back();
  }
});

addEventListener("popstate", () => {
  const next = leaving;
  leaving = undefined;
  if (next >= 0) open(next);
  else if (!items[place()]) dialog.close();
  else if (dialog.open) turn(place());
  else open(place(), false);
});

addEventListener("resize", () => slide && look(whole));

document.addEventListener("click", (event) => {
  const index = items.findIndex(({ link, player }) => !player && link.contains(event.target));
  if (index < 0 || !plain(event) || event.shiftKey) return;
  event.preventDefault();
  if (leaving === undefined) open(index);
  else leaving = index;
});

button("full").hidden = !document.fullscreenEnabled;
button("share").hidden = !navigator.share;

/* A still's own page: arrow keys turn the leaf there too, and from the viewer of one page into that of the next. */

if (location.hash === "#viewer") {
  history.replaceState(null, "", here);
  open(0, false);
}
if (document.querySelector(".stage")) {
  addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -forwards, ArrowRight: forwards }[event.key];
    if (step && plain(event) && !event.shiftKey && !event.target.closest("dialog, input, video, [tabindex='0']")) leaf(step)?.click();
  });
}
