// Where a picture lies on the stage: larger by `scale` about its middle, and moved by `x` and `y` pixels. Points are
// measured from the middle of the stage. `room` has the width and height of the picture at scale 1, and of the stage.

export const whole = { scale: 1, x: 0, y: 0 };

/** The nearest place at which no edge of the picture stands inside the stage without need. */
export function bounded({ scale, x, y }, { picture, stage }) {
  const within = (value, inner, outer) => {
    const slack = Math.max(0, (inner * scale - outer) / 2);
    return Math.max(-slack, Math.min(slack, value));
  };
  return { scale, x: within(x, picture.width, stage.width), y: within(y, picture.height, stage.height) };
}

/** As large as `scale`, with what lies at a point staying there. */
export function scaled(view, scale, point, room) {
  const by = scale / view.scale;
  return bounded({ scale, x: point.x - (point.x - view.x) * by, y: point.y - (point.y - view.y) * by }, room);
}
