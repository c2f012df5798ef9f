// One thing to look at, large: a copy of the picture on the page that may load larger prints too, or of the player.

/** `picture` is what is moved and made larger; none on a clip. */
export function slideOf(item) {
  const element = document.createElement("div");
  element.className = "viewer-slide";
  if (item.player) {
    const player = item.player.cloneNode(true);
    player.style.setProperty("--ratio", (player.width || 16) / (player.height || 9));
    element.append(player);
    return { element, player };
  }
  const picture = item.link.querySelector("picture").cloneNode(true);
  const image = picture.querySelector("img");
  const sets = picture.querySelectorAll("source, img");
  if (item.larger) sets[0].srcset += `, ${item.larger}`;
  const widest = Math.max(...[...sets[0].srcset.matchAll(/ (\d+)w/g)].map(([, width]) => Number(width)));
  const ratio = image.width / image.height;
  picture.style.setProperty("--ratio", ratio);
  picture.style.setProperty("--widest", `${widest}px`);
  image.loading = "eager";
  image.draggable = false;
  // The print that is on the page already stands in until the large one has come.
  const small = item.link.querySelector("img").currentSrc;
  if (small) image.style.backgroundImage = `url("${small}")`;
  element.append(picture);
  /** Tells the browser how wide the picture is shown, so that it loads the print for it. */
  const wide = (stage, scale) => {
    const width = Math.ceil(Math.min(stage.clientWidth, stage.clientHeight * ratio, widest) * scale);
    if (width > (slide.width ?? 0)) for (const one of sets) one.sizes = `${width}px`;
    slide.width = Math.max(width, slide.width ?? 0);
  };
  const slide = { element, picture, image, widest, wide };
  return slide;
}
