// One thing to look at, large: a copy of the picture on the page that may load larger prints too, or of the player.

/** `picture` is what is moved and made larger; none on a clip. */
export function slideOf({ link, player, larger }) {
  const element = document.createElement("div");
  element.className = "viewer-slide";
  element.append((player ?? link.querySelector("picture")).cloneNode(true));
  const picture = element.firstChild;
  if (player) {
    picture.style.setProperty("--ratio", (player.width || 16) / (player.height || 9));
    return { element, player: picture };
  }
  // What is small enough for a telephone's page is not for its whole screen.
  picture.querySelectorAll("[media]").forEach((one) => one.remove());
  const sets = picture.querySelectorAll("source, img");
  const [best, image] = [sets[0], picture.querySelector("img")];
  if (larger) best.srcset += `, ${larger}`;
  const widest = Math.max(...[...best.srcset.matchAll(/\s(\d+)w/g)].map(([, width]) => width));
  const ratio = image.width / image.height;
  picture.style.cssText = `--ratio:${ratio};--widest:${widest}px`;
  image.loading = "eager";
  image.draggable = false;
  // The print that is on the page already stands in until the large one has come.
  image.style.backgroundImage = `url("${link.querySelector("img").currentSrc}")`;
  let known = 0;
  /** Tells the browser how wide the picture is shown, so that it loads the print for it. */
  const wide = (stage, scale) => {
    const width = Math.ceil(Math.min(stage.clientWidth, stage.clientHeight * ratio, widest) * scale);
    if (width > known) sets.forEach((one) => (one.sizes = `${width}px`));
    known = Math.max(width, known);
  };
  return { element, picture, image, widest, wide };
}
