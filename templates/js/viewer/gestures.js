// Fingers and mice on the stage, told as what they mean: held, moved, let go, a tap, two taps.

const STILL = 8; // pixels that a tap may move
const TWICE = 350; // milliseconds between two taps

/**
 * Tells `on` of one gesture after the other: `begin()`; `move({ x, y, by, from, fingers })`, since the last `begin`, with
 * `from` the point between the fingers then; `end({ x, y })`; `tap(element)`; `twice(point)`.
 */
export function watch(stage, on) {
  const fingers = new Map();
  let start, now, target, moved, last;

  const point = ({ clientX, clientY }) => {
    const box = stage.getBoundingClientRect();
    return { x: clientX - box.left - box.width / 2, y: clientY - box.top - box.height / 2 };
  };
  /** The point between the fingers, and how far they are from each other. */
  const measure = () => {
    const [a, b = a] = [...fingers.values()];
    return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, spread: Math.hypot(a.x - b.x, a.y - b.y) };
  };
  const begin = () => {
    start = now = measure();
    on.begin();
  };

  stage.addEventListener("pointerdown", (event) => {
    if (event.button || event.target.closest("video")) return;
    if (!fingers.size) [moved, target] = [false, event.target];
    stage.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, point(event));
    begin();
  });
  stage.addEventListener("pointermove", (event) => {
    if (!fingers.has(event.pointerId)) return;
    fingers.set(event.pointerId, point(event));
    now = measure();
    const [x, y] = [now.x - start.x, now.y - start.y];
    moved ||= fingers.size > 1 || Math.hypot(x, y) > STILL;
    if (moved) on.move({ x, y, by: start.spread ? now.spread / start.spread : 1, from: start, fingers: fingers.size });
  });
  const up = (event) => {
    if (!fingers.delete(event.pointerId)) return;
    if (fingers.size) return begin();
    if (moved) return on.end({ x: now.x - start.x, y: now.y - start.y });
    on.end({ x: 0, y: 0 });
    if (event.type === "pointercancel") return;
    const again = last && event.timeStamp - last.time < TWICE && Math.hypot(now.x - last.x, now.y - last.y) < 4 * STILL;
    last = again ? undefined : { ...now, time: event.timeStamp };
    if (again) on.twice(now);
    else on.tap(target);
  };
  stage.addEventListener("pointerup", up);
  stage.addEventListener("pointercancel", up);
  stage.addEventListener("wheel", (event) => {
    if (event.target.closest("video")) return;
    event.preventDefault();
    on.wheel(Math.exp(-event.deltaY / 400), point(event));
  }, { passive: false });
}
