// Facets apply at once; empty fields stay out of the address; the sheet keeps the keyboard.
const compact = (form) => {
  for (const field of form.querySelectorAll("input, select")) {
    if (!field.value) field.disabled = true;
  }
};

document.addEventListener("htmx:configRequest", (event) => {
  if (event.detail.verb !== "get") return;
  const said = event.detail.formData ?? event.detail.parameters;
  for (const [name, value] of [...said.entries()]) {
    if (value === "") said.delete(name);
  }
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "get" || event.defaultPrevented) return;
  compact(form);
  setTimeout(() => { for (const field of form.elements) field.disabled = false; });
});

const sheet = () => document.querySelector(".facets:target");
const wide = matchMedia("(min-width: 64rem)");

const fence = () => {
  const open = Boolean(sheet()) && !wide.matches;
  for (const element of document.querySelectorAll(".head, .foot")) element.inert = open;
  if (open && !sheet().contains(document.activeElement)) sheet().focus();
};

addEventListener("hashchange", fence);
wide.addEventListener("change", fence);
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && sheet()) sheet().querySelector(".facets-head a").click();
});

// The list comes back whole, facets included: what was open stays open and where it was.
let before = null;

document.addEventListener("htmx:beforeSwap", () => {
  const facets = document.querySelector("[data-facets]");
  before = facets && {
    sheet: Boolean(sheet()),
    focus: document.activeElement?.id,
    open: new Map([...facets.querySelectorAll("details")].map((facet) => [facet.id, facet.open])),
    heights: new Map([facets, ...facets.querySelectorAll(".facet-values")].map((box) => [box.id, box.scrollTop])),
  };
});

document.addEventListener("htmx:afterSettle", () => {
  const facets = document.querySelector("[data-facets]");
  if (!facets || !before) return;
  for (const facet of facets.querySelectorAll("details")) facet.open = before.open.get(facet.id) ?? facet.open;
  if (before.sheet && !sheet()) {
    location.replace("#facets");
    document.getElementById(before.focus)?.focus({ preventScroll: true });
  }
  for (const [id, height] of before.heights) {
    const box = document.getElementById(id);
    if (box) box.scrollTop = height;
  }
  before = null;
});
