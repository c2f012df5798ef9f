// What there is to look at on this page, in its order: stills that have a page of their own, and clips.

/** An address as a server has it: without the file's name. */
const served = (address) => (location.protocol === "file:" ? address : address.replace(/index\.html(?=#|$)/, ""));

const here = served(location.href.split("#")[0]);

function still(template) {
  const link = template.previousElementSibling;
  const { title, larger, position } = template.dataset;
  const alt = link.querySelector("img").alt;
  // On a still's own page the link leads to the largest print.
  const address = link.matches(".stage-picture") ? here : served(link.href);
  return { link, title, alt, larger, position, address, note: template.content };
}

function clip(box) {
  const player = box.querySelector("video");
  const title = player.getAttribute("aria-label");
  const note = new DocumentFragment();
  note.append(...[...box.querySelectorAll(".caption, .chapters, .disclosure")].map((part) => part.cloneNode(true)));
  return { link: player, title, alt: title, address: `${here}#${box.id}`, note, player };
}

export const items = [...document.querySelectorAll("main .closeup, main .video")].map((one) => (one.localName === "template" ? still(one) : clip(one)));
