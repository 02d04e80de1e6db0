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

const fence = () => {
  const open = sheet() && !matchMedia("(min-width: 64rem)").matches;
  for (const element of document.querySelectorAll(".head, .foot")) element.inert = Boolean(open);
  if (open) sheet().focus();
};

addEventListener("hashchange", fence);
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && sheet()) location.hash = "results";
});
