// One picture after the other, by itself. It never begins by itself, and ends at whatever the visitor does.

const PAUSE = 5000;

/** `next` goes on, and says whether there was anything; `playing` is the clip that is playing, if any. */
export function slideshow({ next, playing, changed }) {
  let timer;
  const again = () => {
    timer = setTimeout(() => {
      if (playing() || next()) again();
      else stop();
    }, PAUSE);
  };
  const stop = () => {
    if (!timer) return;
    clearTimeout(timer);
    timer = undefined;
    changed(false);
  };
  const toggle = () => {
    if (timer) return stop();
    changed(true);
    again();
  };
  return { stop, toggle };
}
