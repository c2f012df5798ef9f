// The bar above the page: what is being previewed, for whom, and what is held.

const CLOSED = "backlot:bar";

/** Makes an element with words and attributes. Words are words: never HTML. */
export function make(name, attributes = {}, ...inside) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(key, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(key, value);
  }
  element.append(...inside.filter((one) => one !== null && one !== undefined && one !== false));
  return element;
}

/** "1 page", "2 pages". */
export function count(number, one, many) {
  return `${number} ${number === 1 ? one : many}`;
}

/** For whom and when, in a few words each. */
export function facts(news) {
  const { audience, drafts, asOf } = news.options ?? {};
  const all = [];
  const whom = { public: "As the public sees it", press: "As the press sees it", approvals: "Contact sheets", insiders: "With all that is held" };
  if (audience) all.push([whom[audience] ?? audience, audience === "insiders"]);
  if (drafts) all.push(["Drafts are shown", true]);
  if (asOf) all.push([`As of ${asOf}`, true]);
  return all;
}

/** "3 held: 2 consent, 1 embargo", "1 held: draft". */
export function heldWords(news) {
  if (!news.held) return "Nothing is held";
  const alone = news.heldWhy.length === 1;
  const why = news.heldWhy.map(({ why, count }) => (alone ? why : `${count} ${why}`)).join(", ");
  return `${news.held} held: ${why}`;
}

export class Bar {
  constructor(house) {
    this.words = make("p", { class: "words" });
    this.note = make("p", { class: "note", role: "status" });
    this.problems = make("button", { class: "problems", type: "button", hidden: true });
    const close = make("button", { class: "close", type: "button", "aria-label": "Close this bar", title: "Close this bar" }, "×");
    close.addEventListener("click", () => {
      sessionStorage.setItem(CLOSED, "closed");
      this.element.hidden = true;
    });
    this.element = make("section", { class: "bar", "aria-label": "Backlot preview" }, this.words, this.note, this.problems, close);
    this.element.hidden = sessionStorage.getItem(CLOSED) === "closed";
    house.append(this.element);
  }

  show(news) {
    const parts = facts(news).map(([text, loud]) => make("span", { class: loud ? "fact loud" : "fact" }, text));
    const held = make("span", { class: news.held ? "fact held" : "fact" }, heldWords(news));
    const link = make("a", { href: "/_backlot/" }, "Preview");
    this.words.replaceChildren(link, ...parts, held);
  }

  /** Says that there are problems, while the panel is put aside. */
  mind(errors, open) {
    this.problems.hidden = !errors;
    this.problems.textContent = `${count(errors, "problem", "problems")} to mend`;
    this.problems.onclick = open;
    if (errors) this.element.hidden = false;
    else this.element.hidden = sessionStorage.getItem(CLOSED) === "closed";
  }

  away(away) {
    this.element.classList.toggle("is-away", away);
    if (away) this.note.textContent = "The preview was stopped. This page waits for it to come back.";
    else if (this.wasAway) this.note.textContent = "";
    this.wasAway = away;
  }

  /** A story that was added while this page was open. */
  arrived({ address, title }) {
    this.note.replaceChildren("New: ", make("a", { href: address }, title || address));
  }
}
