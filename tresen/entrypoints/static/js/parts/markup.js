// The one maker of markup from strings (Trusted Types): what htmx puts into a page is read where
// nothing runs, and whatever could run later is taken out.
const AWAY = "script, iframe, frame, object, embed, base, meta, link, style";
const ADDRESSES = new Set(["href", "src", "action", "formaction", "xlink:href", "data", "poster"]);
const RUNS = /^[\u0000-\u0020]*(javascript|vbscript|data:text\/html)/i;

const clean = (root) => {
  for (const element of root.querySelectorAll("*")) {
    if (element.matches(AWAY)) { element.remove(); continue; }
    for (const { name, value } of [...element.attributes]) {
      const runs = name.startsWith("on") || name.startsWith("hx-on") || name === "srcdoc";
      if (runs || (ADDRESSES.has(name) && RUNS.test(value))) element.removeAttribute(name);
    }
    if (element.tagName === "TEMPLATE") clean(element.content);
  }
};

if (window.trustedTypes) {
  const inert = trustedTypes.createPolicy("tresen-inert", { createHTML: (text) => text });
  trustedTypes.createPolicy("default", {
    createHTML: (text) => {
      const read = new DOMParser().parseFromString(inert.createHTML(text), "text/html");
      clean(read);
      return read.documentElement.outerHTML;
    },
  });
}
