// The search. site.js loads it, after the list of what can be found, when the search is opened for the first time.
"use strict";
// Without its list it has nothing to say: site.js says that it could not be loaded.
if (self.backlotIndex) {
  const sheet = document.querySelector(".search");
  const [field, status, list, model] = ["input", "[role=status]", "ul", "template"].map((part) => sheet.querySelector(part));
  const letters = { ß: "ss", æ: "ae", œ: "oe", ø: "o", đ: "d", ł: "l", ı: "i" };
  const most = 40;
  let later;

  // Words as they are compared: without case and accents.
  const fold = (text) => text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replace(/[ßæœøđłı]/g, (letter) => letters[letter]);
  const words = (text) => fold(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  const folded = self.backlotIndex.map(([, title, kind, text]) => [title, kind + " " + text].map((part) => " " + words(part).join(" ")));

  // The beginning of a word counts more than its middle, a title more than a text.
  const worth = ([title, text], term) =>
    title.includes(" " + term) ? 8 : title.includes(term) ? 4 : text.includes(" " + term) ? 2 : text.includes(term) ? 1 : 0;

  function find(terms) {
    const found = [];
    folded.forEach((entry, place) => {
      const points = terms.map((term) => worth(entry, term));
      if (!points.includes(0)) found.push([points.reduce((sum, one) => sum + one), place]);
    });
    return found.sort((a, b) => b[0] - a[0] || a[1] - b[1]).map(([, place]) => self.backlotIndex[place]);
  }

  // A text with the words that were looked for marked; of a long one the part around the first of them.
  function show(element, text, terms, length) {
    const parts = text.split(" ");
    const hit = (part) => terms.some((term) => fold(part).includes(term));
    const first = length ? Math.max(0, parts.findIndex(hit) - 6) : 0;
    const part = parts.slice(first, length && first + length);
    if (first) element.append("… ");
    part.forEach((word, place) => {
      const mark = hit(word) ? document.createElement("mark") : "";
      if (mark) mark.textContent = word;
      element.append(place ? " " : "", mark || word);
    });
    if (first + part.length < parts.length) element.append(" …");
  }

  function result([address, title, kind, text, picture], terms) {
    const item = model.content.firstElementChild.cloneNode(true);
    const part = (name) => item.querySelector(name);
    part("a").href = sheet.dataset.root + address + "index.html";
    part(".search-kind").textContent = kind;
    show(part(".search-title"), title, terms);
    show(part(".search-excerpt"), text, terms, 24);
    if (picture) part("img").src = sheet.dataset.root + picture;
    else part("img").remove();
    return item;
  }

  function look() {
    const terms = words(field.value);
    const found = terms.length ? find(terms) : [];
    list.replaceChildren(...found.slice(0, most).map((entry) => result(entry, terms)));
    const { found: some, nothing } = status.dataset;
    clearTimeout(later);
    // Not after every letter: it is read out.
    later = setTimeout(() => {
      status.textContent = !terms.length ? "" : found.length ? some.replace("{n}", found.length) : nothing;
    }, 250);
  }

  field.addEventListener("input", look);
  sheet.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    list.querySelector("a")?.click();
  });
  sheet.addEventListener("keydown", (event) => {
    // In a field that is not empty, browsers take it for clearing.
    if (event.key === "Escape") return event.preventDefault(), sheet.close();
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const stops = [field, ...list.querySelectorAll("a")];
    const place = stops.indexOf(document.activeElement);
    if (!step || place < 0) return;
    event.preventDefault();
    stops[place + step]?.focus();
  });
  look();
}
