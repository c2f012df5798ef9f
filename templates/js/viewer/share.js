// Passing an address on: through the system's own sheet, or as a link to paste.

/** Where others find it: a page on a disk says where it will be. */
function published(item) {
  const canonical = document.querySelector("link[rel=canonical]")?.href;
  if (location.protocol !== "file:" || !canonical) return item.address;
  return new URL((item.link.getAttribute("href") ?? item.address).replace(/index\.html$/, ""), canonical).href;
}

/** Whether it worked. */
export async function copyLink(item, dialog) {
  const address = published(item);
  try {
    await navigator.clipboard.writeText(address);
    return true;
  } catch {
    // Browsers have no clipboard for pages without https, but still their old way.
    const field = document.createElement("textarea");
    field.value = address;
    const before = document.activeElement;
    dialog.append(field);
    field.select();
    const copied = document.execCommand("copy");
    field.remove();
    before.focus();
    return copied;
  }
}

export const canShare = Boolean(navigator.share);

/** Who changes their mind in the sheet has done nothing wrong. */
export const share = (item) => navigator.share({ title: document.title, url: published(item) }).catch(() => {});
