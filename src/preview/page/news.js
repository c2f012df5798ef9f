// News of the preview, from the worker that all tabs share. Where there are no shared workers, a tab asks
// by itself, but only while somebody looks at it.

/** Calls `hear` with every answer of `/_backlot/wait`, and with `{ away: true }` while there is no server. */
export function follow(hear) {
  if (typeof SharedWorker === "function") {
    const { port } = new SharedWorker("/_backlot/worker.js", { name: "backlot preview" });
    port.onmessage = ({ data }) => hear(data);
    addEventListener("pagehide", () => port.postMessage("bye"));
    // A page that comes back from the browser's memory has missed what happened meanwhile.
    addEventListener("pageshow", (event) => event.persisted && location.reload());
    return;
  }
  ask(hear);
}

async function ask(hear) {
  let latest = null;
  let away = false;
  for (;;) {
    if (document.visibilityState === "hidden") {
      await new Promise((seen) => document.addEventListener("visibilitychange", seen, { once: true }));
    }
    try {
      const known = latest ? `?run=${latest.run}&version=${latest.version}` : "";
      const stop = new AbortController();
      const hide = () => document.visibilityState === "hidden" && stop.abort();
      document.addEventListener("visibilitychange", hide);
      const response = await fetch(`/_backlot/wait${known}`, { cache: "no-store", signal: stop.signal });
      latest = await response.json();
      document.removeEventListener("visibilitychange", hide);
      away = false;
      hear(latest);
    } catch (error) {
      if (error.name === "AbortError") continue;
      if (!away) hear({ away: true });
      away = true;
      await new Promise((wake) => setTimeout(wake, 1000));
    }
  }
}
