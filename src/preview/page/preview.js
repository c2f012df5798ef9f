// Keeps a page of the preview up to date, and says around it what is being shown. Never part of a build.
import { follow } from "./news.js";
import { Bar } from "./bar.js";
import { Panel } from "./panel.js";
import { exchange, refresh, reload, restore } from "./update.js";

const me = document.getElementById("backlot-preview");
const { run, page, wanted } = me.dataset;
let version = Number(me.dataset.version);
// Stories that came before this tab was opened are no news in it. What came since is, also when the page was
// loaded again because of it.
const SEEN = "backlot:arrived";
const [seenRun, seenVersion] = JSON.parse(sessionStorage.getItem(SEEN) ?? "[]");
const seen = seenRun === run ? seenVersion : version;
sessionStorage.setItem(SEEN, JSON.stringify([run, seen]));
let busy = Promise.resolve();

restore();

// The tool has a house of its own, beside the page and not in it: no rule of the site reaches it, and none of
// its own reaches the site. Above the body it takes its own space, so that nothing is covered.
const host = document.createElement("backlot-tool");
const house = host.attachShadow({ mode: "open" });
const style = document.createElement("link");
style.rel = "stylesheet";
style.href = "/_backlot/tool.css";
house.append(style);
const bar = new Bar(house);
const panel = new Panel(house, bar);
// Nothing of it is seen before it is dressed.
host.hidden = true;
style.addEventListener("load", () => (host.hidden = false), { once: true });
document.documentElement.insertBefore(host, document.body);

follow((news) => {
  if (news.away) return bar.away(true);
  bar.away(false);
  if (news.run !== run) return reload();
  bar.show(news);
  panel.show(news);
  if (news.arrived && news.arrived.version > seen) {
    if (news.arrived.address === location.pathname) sessionStorage.setItem(SEEN, JSON.stringify([run, news.arrived.version]));
    else bar.arrived(news.arrived);
  }
  // One after the other, so that no answer overtakes another.
  busy = busy.then(() => catchUp(news)).catch(() => {});
});

/** Asks what is new since this page was sent, for this page alone. */
async function catchUp(news) {
  if (news.version <= version) return;
  // What was not there when the page was sent may be there now.
  if (!page && news.shown) return reload();
  const path = page === "404.html" ? wantedPage() : page;
  const query = new URLSearchParams({ version, page: path });
  // What somebody sees is shown before all else is made.
  if (document.visibilityState === "visible") query.set("seen", "yes");
  const since = await (await fetch(`/_backlot/since?${query}`, { cache: "no-store" })).json();
  if (since.run !== run) return reload();
  if (page === "404.html") {
    if (since.page === "new") return reload();
  } else if (since.page === "gone" || since.page === "changed" || since.page === "new" || since.all) {
    return reload();
  } else if (since.page === "soft" && !(await exchange())) {
    return reload();
  }
  if (since.files.length > 0 && !refresh(since.files, since.version)) return reload();
  version = since.version;
}

/** The page that would be at the address for which the page "not found" was sent. */
function wantedPage() {
  return wanted === "" || wanted.endsWith("/") ? `${wanted}index.html` : /\.\w+$/.test(wanted) ? wanted : `${wanted}/index.html`;
}
