// Clips of the site: chapters that jump, slow motion, reels that play on.

const around = (element) => element.closest(".video, dialog");

// Chapters jump within the player beside them.
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-seek]");
  const player = link && around(link).querySelector("video");
  if (!player) return;
  event.preventDefault();
  const seek = () => {
    player.currentTime = Number(link.dataset.seek);
    player.play().catch(() => {});
  };
  if (player.readyState > 0) return seek();
  player.addEventListener("loadedmetadata", seek, { once: true });
  player.load();
});

// HTML has no word for slow motion, so the player is told when it begins; events of players do not bubble.
document.addEventListener("play", ({ target }) => {
  const speed = Number(target.dataset.speed);
  if (speed) target.playbackRate = speed;
}, true);

// What ends in a reel hands over to the next one, and everything else on the page is silent meanwhile.
document.addEventListener("ended", ({ target }) => {
  const next = target.closest(".reel-list > li")?.nextElementSibling?.querySelector("video");
  if (!next) return;
  next.scrollIntoView({ block: "nearest", inline: "start" });
  next.play().catch(() => {});
}, true);
