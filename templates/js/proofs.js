// A person's contact sheet: makes a list of the marks, to be saved or copied and sent back. It asks nobody for anything.
"use strict";

const sheet = document.querySelector("[data-person]");
if (sheet) {
  const { person, decided, rest, save, copy, copied, name, how } = sheet.dataset;
  const frames = [...sheet.querySelectorAll("[data-still]")];
  const verdict = (frame) => frame.querySelector("input:checked")?.value;

  /** What a spreadsheet would take for a formula gets an apostrophe in front. */
  const cell = (text) => {
    const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
    return /[",;\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  const today = () => {
    const now = new Date();
    return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((n) => String(n).padStart(2, "0")).join("-");
  };
  const list = () => {
    const rows = frames.filter(verdict).map((frame) => [
      frame.dataset.still, person, verdict(frame), today(), who.value.trim(), frame.querySelector("[type=text]").value.trim(),
    ]);
    return [["still", "person", "decision", "date", "by", "note"], ...rows].map((row) => row.map(cell).join(",") + "\r\n").join("");
  };

  const make = (tag, properties, ...inside) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...inside);
    return element;
  };
  const count = make("output", {});
  const who = make("input", { type: "text", autocomplete: "name" });
  const others = make("button", { type: "button", textContent: rest });
  const copier = make("button", { type: "button", textContent: copy });
  const saver = make("button", { type: "button", className: "main", textContent: save });
  sheet.append(make("div", { className: "proofs-bar" }, count, make("label", {}, name, who), others, copier, saver));
  // On paper the first way stays.
  const paper = sheet.querySelector(".proofs-how");
  paper.classList.add("proofs-how-paper");
  paper.after(make("p", { className: "proofs-how", textContent: how }));

  const show = () => {
    const done = frames.filter(verdict).length;
    count.textContent = decided.replace("{n}", done).replace("{total}", frames.length);
    copier.disabled = saver.disabled = done === 0;
    others.disabled = done === frames.length;
    copier.textContent = copy;
  };
  sheet.addEventListener("change", show);
  others.addEventListener("click", () => {
    for (const frame of frames.filter((one) => !verdict(one))) frame.querySelector("[value=approved]").checked = true;
    show();
  });
  copier.addEventListener("click", async () => {
    await navigator.clipboard.writeText(list());
    copier.textContent = copied;
  });
  saver.addEventListener("click", () => {
    const link = make("a", { download: `${person}-approvals.csv`, href: URL.createObjectURL(new Blob([list()], { type: "text/csv" })) });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  });
  // Marks that were not saved are asked about before they are lost.
  addEventListener("beforeunload", (event) => {
    if (frames.some(verdict)) event.preventDefault();
  });
  show();
}
