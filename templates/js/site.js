// Small comforts. Every page is complete without this file, and it depends on nothing.

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
