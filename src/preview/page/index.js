// The preview's own page: what is held and why, what has to be mended, and every page of the site.
import { follow } from "./news.js";
import { count, facts, make } from "./bar.js";
import { marked, problem } from "./panel.js";

const at = (id) => document.getElementById(id);
let first = null;

follow(async (news) => {
  at("away").hidden = !news.away;
  if (news.away) return;
  if (first && first.run !== news.run) return location.reload();
  first ??= news;
  // Whoever adds a story wants to see it; this tab has nothing better to show.
  if (news.arrived && news.arrived.version > first.version) return location.assign(news.arrived.address);
  show(await (await fetch("/_backlot/all", { cache: "no-store" })).json());
});

function show(all) {
  at("name").textContent = all.options?.site ?? "Your site";
  at("facts").replaceChildren(...facts(all).map(([text, loud]) => make("span", { class: loud ? "loud" : null }, text)));
  showProblems(all.problems);
  showHeld(all);
  const sorted = all.pages.toSorted((a, b) => (a === "/404.html") - (b === "/404.html") || (a < b ? -1 : 1));
  const pages = sorted.map((address) => make("li", {}, make("a", { href: address }, decodeURI(address))));
  at("pages").replaceChildren(...pages);
  at("pages-title").textContent = count(pages.length, "page", "pages");
}

function showProblems(problems) {
  const errors = problems.filter((one) => one.severity === "error").length;
  const others = problems.length - errors;
  const words = [errors && `${count(errors, "problem", "problems")} to mend`, others && count(others, "warning", "warnings")];
  at("problems").hidden = problems.length === 0;
  at("problems-title").textContent = words.filter(Boolean).join(", ");
  at("problems").querySelector("ol").replaceChildren(...problems.map(problem));
}

function showHeld(all) {
  at("held-lead").textContent = all.held
    ? `${count(all.held, "item is", "items are")} in your folder and not in the site.`
    : "Nothing is held: everything in your folder is in the site.";
  if (all.held && all.heldItems.length === 0) {
    at("held").replaceChildren(make("p", {}, "They are listed on the computer that the preview runs on."));
    return;
  }
  const row = ({ what, name, reasons, remedy, file, line, link }) => {
    const place = line ? `${file}, line ${line}` : file;
    return make(
      "tr",
      {},
      make("th", { scope: "row" }, make("span", { class: "what" }, what), " ", name),
      make("td", {}, reasons, remedy ? make("span", { class: "remedy" }, ...marked(remedy)) : null),
      make("td", { class: "where" }, link ? make("a", { href: link, title: "Open in your editor" }, place) : place),
    );
  };
  const head = make("thead", {}, make("tr", {}, ...["What", "Why", "Where it is written"].map((text) => make("th", { scope: "col" }, text))));
  const table = make("table", {}, head, make("tbody", {}, ...all.heldItems.map(row)));
  at("held").replaceChildren(...(all.held ? [table] : []));
}
