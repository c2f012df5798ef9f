// Fingers and mice on the stage, told as what they mean.

const STILL = 8; // pixels that a tap may move
const TWICE = 350; // milliseconds between two taps

/**
 * Tells `on` of one gesture after the other: `begin()`; `move({ x, y, by, from, fingers })`, since the last `begin`, with
 * `from` the point between the fingers then; `end(x, y)`; `tap(element)`; `twice(point)`; `wheel(by, point)`. Points are
 * measured from the middle of the stage.
 */
export function watch(stage, on) {
  const fingers = new Map();
  let start, now, target, moved, last;

  const point = ({ clientX, clientY }) => {
    const box = stage.getBoundingClientRect();
    return { x: clientX - box.left - box.width / 2, y: clientY - box.top - box.height / 2 };
  };
  /** The point between the fingers, and how far they are from each other. */
  const between = () => {
    const [a, b = a] = [...fingers.values()];
    return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, apart: Math.hypot(a.x - b.x, a.y - b.y) || 1 };
  };
  const measure = (event) => {
    fingers.set(event.pointerId, point(event));
    return between();
  };
  const begin = (place) => {
    start = now = place;
    on.begin();
  };
  const listen = (kinds, work) => kinds.forEach((kind) => stage.addEventListener(`pointer${kind}`, work));

  listen(["down"], (event) => {
    if (event.button || event.target.closest("video")) return;
    if (!fingers.size) [moved, target] = [false, event.target];
    stage.setPointerCapture(event.pointerId);
    begin(measure(event));
  });
  listen(["move"], (event) => {
    if (!fingers.has(event.pointerId)) return;
    now = measure(event);
    const [x, y] = [now.x - start.x, now.y - start.y];
    moved ||= fingers.size > 1 || Math.hypot(x, y) > STILL;
    if (moved) on.move({ x, y, by: now.apart / start.apart, from: start, fingers: fingers.size });
  });
  listen(["up", "cancel"], (event) => {
    if (!fingers.delete(event.pointerId)) return;
    if (fingers.size) return begin(between());
    on.end(now.x - start.x, now.y - start.y, moved);
    if (moved || event.type === "pointercancel") return;
    const again = last && event.timeStamp - last.time < TWICE && Math.hypot(now.x - last.x, now.y - last.y) < 4 * STILL;
    last = again ? undefined : { ...now, time: event.timeStamp };
    if (again) on.twice(now);
    else on.tap(target);
  });
  stage.onwheel = (event) => {
    event.preventDefault();
    on.wheel(Math.exp(-event.deltaY / 400), point(event));
  };
}
