// Before and after: one picture over the other, with a slider between them.
for (const figure of document.querySelectorAll(".compare")) {
  const frame = figure.querySelector(".compare-frame");
  const range = document.createElement("input");
  const handle = document.createElement("span");
  range.type = "range";
  range.className = "compare-range";
  range.setAttribute("aria-label", figure.dataset.slider);
  handle.className = "compare-handle";
  const [, after] = figure.querySelectorAll(".compare-label");
  const split = () => {
    frame.style.setProperty("--split", 100 - range.value + "%");
    range.setAttribute("aria-valuetext", `${range.value} % ${after.textContent}`);
  };
  range.addEventListener("input", split);
  frame.append(range, handle);
  range.dir = "rtl";
  split();
  figure.classList.add("is-live");
}
