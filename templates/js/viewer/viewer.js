// Pictures and clips over the page, as large as the screen. What it shows is in the page already; without it every
// still is a page of its own.

import { bounded, scaled, whole } from "./geometry.js";
import { items } from "./items.js";
import { slideOf } from "./slide.js";
import { watch } from "./gestures.js";
import { enter, leave, move, place } from "./address.js";
import { canShare, copyLink, share } from "./share.js";
import { slideshow } from "./slideshow.js";

const dialog = document.getElementById("viewer");
const [frame, stage, note, said, position, status] = ["frame", "stage", "note", "said", "position", "status"].map((part) => dialog.querySelector(`.viewer-${part}`));
const button = (act) => dialog.querySelector(`[data-act="${act}"]`);
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const forwards = document.documentElement.dir === "rtl" ? -1 : 1;
const slides = new Map();
let at, slide, view, held;

const room = () => ({ picture: { width: slide.picture.offsetWidth, height: slide.picture.offsetHeight }, stage: { width: stage.clientWidth, height: stage.clientHeight } });
/** From the whole picture to each of its pixels on one of the screen's, and at least twice as large. */
const limited = (scale) => Math.max(1, Math.min(scale, Math.max(2, slide.widest / slide.picture.offsetWidth)));

function look(next) {
  view = next;
  slide.picture.style.transform = view.scale > 1 ? `translate(${view.x}px, ${view.y}px) scale(${view.scale})` : "";
  slide.wide(stage, view.scale);
  dialog.classList.toggle("is-zoomed", view.scale > 1);
  button("zoom").setAttribute("aria-pressed", view.scale > 1);
}

function zoom(scale, point = { x: 0, y: 0 }) {
  if (slide.picture) look(limited(scale) > 1 ? scaled(view, limited(scale), point, room()) : whole);
}

const zoomOrWhole = (point) => zoom(view.scale > 1 ? 1 : Infinity, point);

const ready = (index) => {
  if (items[index] && !slides.has(index)) slides.set(index, slideOf(items[index]));
  slides.get(index)?.wide?.(stage, 1);
  return slides.get(index);
};

/** Shows a picture; what was shown goes, `direction` says to which side. */
function show(index, direction = 0) {
  const [before, item] = [slide, items[index]];
  at = index;
  slide = ready(at);
  view = whole;
  stage.append(slide.element);
  if (slide.picture) look(whole);
  if (before && before !== slide) change(before, direction);
  note.replaceChildren(item.note.cloneNode(true));
  position.textContent = item.position ?? dialog.dataset.position.replace("{n}", at + 1).replace("{total}", items.length);
  const caption = note.querySelector(".caption-text")?.textContent;
  said.textContent = [...new Set([position.textContent, item.alt, caption])].filter(Boolean).join(". ");
  status.textContent = "";
  button("zoom").hidden = !slide.picture;
  for (const [act, step] of [["back", -1], ["next", 1]]) button(act).setAttribute("aria-disabled", !beyond(step));
  move(at, item);
  preload();
}

/** The neighbours come as soon as what is looked at is there. */
function preload() {
  const index = at;
  const neighbours = () => index === at && [1, -1].forEach((step) => ready(index + step));
  if (slide.image?.complete ?? true) neighbours();
  else slide.image.addEventListener("load", neighbours, { once: true });
  for (const far of slides.keys()) if (Math.abs(far - at) > 2) slides.delete(far);
}

function change(before, direction) {
  before.player?.pause();
  const gone = () => {
    if (before === slide) return;
    before.element.remove();
    before.element.style.translate = "";
    if (before.picture) before.picture.style.transform = "";
  };
  if (calm.matches) return gone();
  before.element.animate([{ opacity: 1 }, { opacity: 0 }], { duration: 220 }).onfinish = gone;
  slide.element.animate([{ opacity: 0, translate: `${3 * forwards * direction}rem` }, {}], { duration: 320, easing: "ease-out" });
}

/** What lies a step away: here, or on a page of its own. */
const beyond = (step) => items[at + step] || document.querySelector(`.stage-link[rel=${step > 0 ? "next" : "prev"}]`);

function go(step) {
  const there = beyond(step);
  if (!there) return false;
  if (items[at + step]) show(at + step, step);
  else location.replace(`${there.href}#viewer`);
  return true;
}

function open(index, push = true) {
  const { link } = items[index];
  const box = link.getBoundingClientRect();
  if (push) enter(index, items[index]);
  link.focus({ preventScroll: true });
  dialog.showModal();
  frame.focus();
  show(index);
  if (!calm.matches && slide.picture && box.width) grow(box);
}

/** From where the picture is on the page to where it is on the stage. */
function grow(from) {
  const to = slide.picture.getBoundingClientRect();
  const middle = (box) => [box.left + box.width / 2, box.top + box.height / 2];
  const [[x, y], [toX, toY]] = [middle(from), middle(to)];
  slide.element.animate([{ transform: `translate(${x - toX}px, ${y - toY}px) scale(${from.width / to.width})` }, {}], { duration: 380, easing: "cubic-bezier(0.2, 0.7, 0.1, 1)" });
}

const close = () => dialog.close();

const byItself = slideshow({
  next: () => go(1),
  playing: () => slide.player && !slide.player.paused,
  changed: (runs) => {
    button("slideshow").setAttribute("aria-pressed", runs);
    // Nobody wants to be told of each picture while others come by themselves.
    said.setAttribute("aria-live", runs ? "off" : "polite");
  },
});

const acts = {
  close,
  back: () => go(-1),
  next: () => go(1),
  slideshow: byItself.toggle,
  zoom: () => zoomOrWhole(),
  details() {
    button("details").setAttribute("aria-expanded", dialog.classList.toggle("is-detailed"));
    if (slide.picture) look(whole);
  },
  full: () => (document.fullscreenElement ? document.exitFullscreen() : frame.requestFullscreen().catch(() => {})),
  share: () => share(items[at]),
  async copy() {
    status.textContent = (await copyLink(items[at], frame)) ? dialog.dataset.copied : items[at].address;
  },
};

/** Arrow keys turn the leaf, or move the picture while it is larger than the stage. */
function arrow(x, y) {
  const moved = view.scale > 1 && bounded({ ...view, x: view.x - (x * stage.clientWidth) / 5, y: view.y - (y * stage.clientHeight) / 5 }, room());
  if (moved && (moved.x !== view.x || moved.y !== view.y)) look(moved);
  else if (x) go(x * forwards);
}

const keys = {
  ArrowLeft: () => arrow(-1, 0),
  ArrowRight: () => arrow(1, 0),
  ArrowUp: () => arrow(0, -1),
  ArrowDown: () => arrow(0, 1),
  Home: () => at && show(0, -1),
  End: () => at < items.length - 1 && show(items.length - 1, 1),
  "+": () => zoom(view.scale * 1.5),
  "=": () => zoom(view.scale * 1.5),
  "-": () => zoom(view.scale / 1.5),
  i: acts.details,
  f: acts.full,
  s: acts.slideshow,
};

dialog.addEventListener("keydown", (event) => {
  // A player has its own use for arrows.
  const own = event.target.closest("video") && /^(Arrow|Home|End)/.test(event.key);
  if (own || event.altKey || event.ctrlKey || event.metaKey || !keys[event.key]) return;
  event.preventDefault();
  if (event.key !== "s") byItself.stop();
  keys[event.key]();
});

dialog.addEventListener("click", (event) => {
  const act = event.target.closest("[data-act]")?.dataset.act;
  if (act !== "slideshow") byItself.stop();
  if (act) acts[act]();
});

watch(stage, {
  begin() {
    held = view;
    stage.classList.add("is-held");
    byItself.stop();
  },
  move({ x, y, by, from, fingers }) {
    if (slide.picture && (held.scale > 1 || fingers > 1)) {
      const next = scaled(held, limited(held.scale * by), from, room());
      look(bounded({ ...next, x: next.x + x, y: next.y + y }, room()));
    } else slide.element.style.translate = Math.abs(x) > Math.abs(y) ? `${x}px` : `0 ${Math.max(0, y)}px`;
  },
  end({ x, y }) {
    stage.classList.remove("is-held");
    if (view.scale > 1 || held.scale > 1) return;
    const sideways = Math.abs(x) > Math.abs(y);
    if (sideways && Math.abs(x) > 50 && go(-Math.sign(x) * forwards)) return;
    slide.element.style.translate = "";
    if (!sideways && y > 90) close();
  },
  tap: (element) => element.closest("picture, video") || close(),
  twice: zoomOrWhole,
  wheel: (by, point) => zoom(view.scale * by, point),
});

dialog.addEventListener("close", () => {
  byItself.stop();
  slide.player?.pause();
  slide.element.remove();
  slide.element.style.translate = "";
  slide = undefined;
  if (document.fullscreenElement) document.exitFullscreen();
  leave();
});

addEventListener("popstate", () => {
  const wanted = place();
  if (!items[wanted]) return dialog.open && close();
  if (dialog.open) show(wanted);
  else open(wanted, false);
});

addEventListener("resize", () => slide?.picture && look(whole));

document.addEventListener("click", (event) => {
  const link = event.target.closest("a");
  const index = link ? items.findIndex((item) => item.link === link) : -1;
  if (index < 0 || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  open(index);
});

button("full").hidden = !document.fullscreenEnabled;
button("share").hidden = !canShare;

// A still's own page: arrow keys turn the leaf there too, and from the viewer of one page into that of the next.
const leaf = document.querySelector(".stage");
if (leaf && location.hash === "#viewer") {
  history.replaceState(null, "", location.pathname + location.search);
  open(0, false);
}
if (leaf) {
  addEventListener("keydown", (event) => {
    if (dialog.open || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.target.closest("input, video, [tabindex='0']")) return;
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key] * forwards;
    const link = step && document.querySelector(`.stage-link[rel=${step > 0 ? "next" : "prev"}]`);
    if (link) location.href = link.href;
  });
}
