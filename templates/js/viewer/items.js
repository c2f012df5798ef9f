// What there is to look at on this page, in its order: stills that have a page of their own, and clips.

export const onDisk = location.protocol === "file:";

/** An address as a server has it: without the file's name. */
const served = (address) => (onDisk ? address : address.replace(/index\.html$/, ""));

export const here = served(location.href.split("#")[0]);

function still(template) {
  const link = template.previousElementSibling;
  // On a still's own page the link leads to the largest print.
  const address = link.matches(".stage-picture") ? here : served(link.href);
  return { ...template.dataset, link, address, alt: link.querySelector("img").alt, note: template.content };
}

function clip(box) {
  const player = box.querySelector("video");
  const title = player.getAttribute("aria-label");
  const note = new DocumentFragment();
  note.append(...[...box.querySelectorAll(".caption, .mark, .chapters, .disclosure")].map((part) => part.cloneNode(true)));
  note.firstChild.className = "viewer-words";
  return { player, link: player, title, alt: title, address: `${here}#${box.id}`, note };
}

export const items = [...document.querySelectorAll("main .closeup, main .video")].map((one) => (one.content ? still : clip)(one));
