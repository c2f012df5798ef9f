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
