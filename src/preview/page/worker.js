// One for all tabs: a browser opens only six connections to a server, and twelve tabs would want twelve.
// It asks the preview for news, one question at a time, and passes the answers on.
"use strict";

const ports = new Set();
let latest = null;
let away = false;

onconnect = (event) => {
  const port = event.ports[0];
  ports.add(port);
  port.onmessage = ({ data }) => {
    if (data === "bye") ports.delete(port);
  };
  if (latest) port.postMessage(latest);
  if (away) port.postMessage({ away: true });
};

function tell(news) {
  for (const port of ports) port.postMessage(news);
}

async function ask() {
  let pause = 250;
  for (;;) {
    try {
      const known = latest ? `?run=${latest.run}&version=${latest.version}` : "";
      const response = await fetch(`/_backlot/wait${known}`, { cache: "no-store" });
      if (!response.ok) throw new Error(response.statusText);
      const news = await response.json();
      const same = latest && latest.run === news.run && latest.version === news.version;
      latest = news;
      if (!same || away) tell(news);
      away = false;
      pause = 250;
    } catch {
      // The preview was stopped, or this computer slept. It may come back.
      if (!away) tell({ away: true });
      away = true;
      await new Promise((wake) => setTimeout(wake, pause));
      pause = Math.min(pause * 1.5, 2000);
    }
  }
}

ask();
