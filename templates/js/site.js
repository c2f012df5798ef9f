// Small comforts. Every page is complete without this file, and it depends on nothing.
"use strict";

// `stories/index.html` works from a disk; on a server the address reads better without the file's name.
if (location.protocol.startsWith("http") && location.pathname.endsWith("/index.html")) {
  history.replaceState(history.state, "", location.pathname.slice(0, -10) + location.search + location.hash);
}

// A passage between two pages that is broken off, by a visitor in a hurry say, is no error.
for (const moment of ["pageswap", "pagereveal"]) {
  addEventListener(moment, (event) => {
    for (const stage of ["ready", "finished"]) event.viewTransition?.[stage].catch(() => {});
  });
}

// Before and after: one picture over the other, with a slider between them.
for (const figure of document.querySelectorAll(".compare")) {
  const frame = figure.querySelector(".compare-frame");
  const range = document.createElement("input");
  const handle = document.createElement("span");
  range.type = "range";
  range.className = "compare-range";
  range.setAttribute("aria-label", figure.dataset.slider);
  handle.className = "compare-handle";
  const split = () => frame.style.setProperty("--split", 100 - range.value + "%");
  range.addEventListener("input", split);
  frame.append(range, handle);
  range.dir = "rtl";
  split();
  figure.classList.add("is-live");
}

// Chapters jump within the player above them.
for (const link of document.querySelectorAll("[data-seek]")) {
  const player = link.closest(".video").querySelector("video");
  link.addEventListener("click", (event) => {
    event.preventDefault();
    const seek = () => {
      player.currentTime = Number(link.dataset.seek);
      player.play().catch(() => {});
    };
    if (player.readyState > 0) return seek();
    player.addEventListener("loadedmetadata", seek, { once: true });
    player.load();
  });
}

// An outside video is asked for only now, and plays where its poster was.
for (const link of document.querySelectorAll("[data-frame]")) {
  link.addEventListener("click", (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    const frame = document.createElement("iframe");
    frame.src = link.dataset.frame;
    frame.title = link.dataset.title;
    frame.allow = "autoplay; fullscreen; picture-in-picture";
    frame.referrerPolicy = "strict-origin-when-cross-origin";
    link.replaceWith(frame);
    frame.focus();
  });
}

// On a still's page the arrow keys turn the leaf.
if (document.querySelector(".stage")) {
  const rtl = document.documentElement.dir === "rtl";
  addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.target.closest("input, video, [tabindex='0']")) return;
    const key = event.key === "ArrowLeft" ? (rtl ? "next" : "prev") : event.key === "ArrowRight" ? (rtl ? "prev" : "next") : "";
    const link = key && document.querySelector(`.stage-link[rel="${key}"]`);
    if (link) location.href = link.href;
  });
}

// The search: its script, and before it the list of what can be found, are asked for when it is first opened.
const search = document.querySelector(".search");
for (const button of search ? document.querySelectorAll(".search-button") : []) {
  button.addEventListener("click", () => {
    search.showModal();
    for (const name of ["index", "script"]) {
      if (!search.dataset[name]) continue;
      const script = document.createElement("script");
      script.async = false;
      script.src = search.dataset[name];
      script.onerror = () => {
        const status = search.querySelector("[role=status]");
        status.textContent = status.dataset.failed;
      };
      delete search.dataset[name];
      document.head.append(script);
    }
  });
  search.addEventListener("click", (event) => {
    if (event.target === search || event.target.closest(".search-close")) search.close();
  });
  // The menu that it was opened from is gone meanwhile.
  search.addEventListener("close", () => button.checkVisibility?.() || document.querySelector(".menu-button")?.focus());
}

// "in 42 days", in the page's language, after a release date that is still to come.
for (const time of document.querySelectorAll("[data-countdown]")) {
  const days = Math.ceil((new Date(time.dateTime) - Date.now()) / 864e5);
  if (!(days > 0)) continue;
  const words = new Intl.RelativeTimeFormat(document.documentElement.lang, { numeric: "auto" }).format(days, "day");
  const note = document.createElement("span");
  note.className = "countdown";
  note.textContent = words;
  time.after(" ", note);
}
