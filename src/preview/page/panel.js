// The panel over the page: everything that has to be mended before the site can change again.
import { count, make } from "./bar.js";

/** One problem: its place as a link into the editor, the words, the line, and what to type. */
export function problem({ severity, message, file, line, column, length, source, hints, link }) {
  const where = file ? (line ? `${file}, line ${line}` : file) : null;
  const place = link ? make("a", { class: "place", href: link, title: "Open in your editor" }, where) : make("span", { class: "place" }, where);
  return make(
    "li",
    { class: `problem is-${severity}` },
    where && place,
    make("p", { class: "message" }, ...marked(message)),
    source ? excerpt(source, line, column, length) : null,
    ...hints.map((hint) => make("p", { class: "hint" }, ...marked(hint))),
  );
}

/** Words between backquotes are what one types. Sentences begin with a capital. */
export function marked(text) {
  const sentence = text.charAt(0).toUpperCase() + text.slice(1);
  return sentence.split("`").map((part, index) => (index % 2 ? make("code", {}, part) : part));
}

function excerpt(source, line, column, length) {
  const letters = [...source];
  const from = Math.max(0, column - 1);
  const until = Math.min(letters.length, from + (length || 1));
  return make(
    "pre",
    { tabindex: "0", "aria-label": `Line ${line}` },
    make("span", { class: "number", "aria-hidden": "true" }, `${line}`),
    make("code", {}, letters.slice(0, from).join(""), make("mark", {}, letters.slice(from, until).join("") || " "), letters.slice(until).join("")),
  );
}

export class Panel {
  constructor(house, bar) {
    this.bar = bar;
    this.aside = false;
    this.title = make("h2", { id: "title" });
    this.list = make("ol", { class: "problem-list" });
    const close = make("button", { class: "close", type: "button", "aria-label": "Put aside", title: "Put aside (Esc)" }, "×");
    close.addEventListener("click", () => this.putAside());
    const text = make("p", { class: "lead" }, "The page below is the last one that was good. Save the file, and this goes away by itself.");
    const box = make("div", { class: "box" }, make("div", { class: "top" }, this.title, close), text, this.list);
    this.element = make("section", { class: "panel", role: "alertdialog", "aria-labelledby": "title", hidden: true, tabindex: "-1" }, box);
    this.element.addEventListener("keydown", (event) => event.key === "Escape" && this.putAside());
    this.element.addEventListener("click", (event) => event.target === this.element && this.putAside());
    house.append(this.element);
  }

  show(news) {
    const errors = news.problems.filter((one) => one.severity === "error");
    if (!news.errors) {
      this.aside = false;
      this.hide();
      this.bar.mind(0);
      return;
    }
    const known = JSON.stringify(news.problems);
    if (known === this.known) return;
    // Other problems than those that were put aside are worth showing.
    this.known = known;
    this.aside = false;
    this.title.textContent = `${count(news.errors, "problem", "problems")} to mend`;
    const hidden = news.errors > 0 && errors.length === 0;
    this.list.replaceChildren(...(hidden ? [make("li", { class: "problem" }, "They are shown on the computer that the preview runs on.")] : errors.map(problem)));
    this.bar.mind(news.errors, () => this.open());
    this.open();
  }

  open() {
    this.before = document.activeElement;
    this.element.hidden = false;
    // Somebody who types elsewhere is not interrupted.
    if (document.hasFocus()) this.element.focus({ preventScroll: true });
  }

  putAside() {
    this.aside = true;
    this.hide();
  }

  hide() {
    if (this.element.hidden) return;
    this.element.hidden = true;
    if (!this.aside) this.known = undefined;
    this.before?.focus?.({ preventScroll: true });
  }
}
