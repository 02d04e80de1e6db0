"use strict";
{
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
}
{
const live = document.getElementById("live");
const announce = (words) => {
if (!live) return;
live.textContent = "";
setTimeout(() => { live.textContent = words; }, 60);
};
document.addEventListener("htmx:afterSettle", (event) => {
const root = event.detail.elt;
const speaker = root.matches?.("[data-announce]") ? root : root.querySelector?.("[data-announce]");
if (speaker) announce(speaker.dataset.announce || speaker.textContent.trim());
});
const shelf = () => {
const found = document.querySelector(".toast-shelf");
if (found) return found;
const made = document.createElement("div");
made.className = "toast-shelf";
document.body.append(made);
return made;
};
const toast = (words) => {
const slip = document.createElement("p");
slip.className = "toast";
slip.textContent = words;
shelf().replaceChildren(slip);
announce(words);
setTimeout(() => slip.remove(), 6000);
};
document.addEventListener("tresen:toast", (event) => toast(event.detail.value ?? event.detail.words ?? ""));
const trouble = document.querySelector("meta[name='trouble-words']")?.content;
for (const name of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
document.addEventListener(name, () => { if (trouble) toast(trouble); });
}
document.addEventListener("click", async (event) => {
const button = event.target.closest("[data-copy]");
if (!button) return;
await navigator.clipboard.writeText(button.dataset.copy);
toast(button.dataset.copied || button.dataset.copy);
});
}
{
const root = document.documentElement;
const device = matchMedia("(prefers-color-scheme: dark)");
const shown = () => root.dataset.theme || (device.matches ? "dark" : "light");
const remember = (theme) => {
try {
if (theme) localStorage.setItem("theme", theme);
else localStorage.removeItem("theme");
} catch {
}
};
document.addEventListener("click", (event) => {
if (!event.target.closest("[data-theme-switch]")) return;
const wanted = shown() === "dark" ? "light" : "dark";
const asDevice = wanted === (device.matches ? "dark" : "light");
if (asDevice) delete root.dataset.theme;
else root.dataset.theme = wanted;
remember(asDevice ? "" : wanted);
});
const PAUSE_FOR_NUMBERS = 600;
let waiting = 0;
document.addEventListener("change", (event) => {
const form = event.target.closest("[data-submit-on-change]");
if (!form || !event.target.checkValidity()) return;
clearTimeout(waiting);
const pause = event.target.matches("input[type='number']") ? PAUSE_FOR_NUMBERS : 0;
waiting = setTimeout(() => form.requestSubmit(), pause);
});
}
{
document.querySelector("[data-focus-here]")?.focus();
document.addEventListener("htmx:afterSettle", (event) => {
event.detail.elt.querySelector?.("[data-focus-here]")?.focus();
});
const typing = (element) => element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName);
document.addEventListener("keydown", (event) => {
if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
const field = document.querySelector("[data-search] input[type='search']");
if (!field) return;
event.preventDefault();
field.focus();
field.select();
});
document.addEventListener("submit", (event) => {
const form = event.target;
if (!form.matches("[data-once]")) return;
if (form.dataset.sent) event.preventDefault();
form.dataset.sent = "yes";
form.setAttribute("aria-busy", "true");
});
addEventListener("pageshow", () => {
for (const form of document.querySelectorAll("form[data-sent]")) {
delete form.dataset.sent;
form.removeAttribute("aria-busy");
}
});
}
{
const form = document.querySelector("[data-search]");
const list = document.getElementById("suggestions");
const walk = (step) => {
const links = [...list.querySelectorAll("a")];
if (!links.length) return;
const at = links.indexOf(document.activeElement);
const next = at + step;
if (next < 0) form.querySelector("input[type='search']").focus();
else links[Math.min(next, links.length - 1)].focus();
};
form?.addEventListener("keydown", (event) => {
if (!list) return;
if (event.key === "ArrowDown") { event.preventDefault(); walk(1); }
if (event.key === "ArrowUp" && document.activeElement.tagName === "A") { event.preventDefault(); walk(-1); }
if (event.key === "Escape") {
list.replaceChildren();
form.querySelector("input[type='search']").focus();
}
});
form?.addEventListener("input", (event) => {
if (!event.target.value.trim()) list?.replaceChildren();
});
}
{
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
}
{
for (const gallery of document.querySelectorAll("[data-gallery]")) {
const strip = gallery.querySelector(".gallery-strip");
const thumbs = [...gallery.querySelectorAll(".gallery-thumbs a")];
const dialog = gallery.querySelector("dialog");
const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
const mark = (id) => {
for (const thumb of thumbs) {
if (thumb.hash === `#${id}`) thumb.setAttribute("aria-current", "true");
else thumb.removeAttribute("aria-current");
}
};
const watcher = new IntersectionObserver((seen) => {
for (const entry of seen) if (entry.isIntersecting) mark(entry.target.id);
}, { root: strip, threshold: 0.6 });
for (const slide of strip.children) watcher.observe(slide);
gallery.addEventListener("click", (event) => {
const thumb = event.target.closest(".gallery-thumbs a");
const zoom = event.target.closest("[data-zoom]");
if (thumb) {
event.preventDefault();
const slide = document.getElementById(thumb.hash.slice(1));
strip.scrollTo({ left: slide.offsetLeft - strip.offsetLeft, behavior: calm ? "auto" : "smooth" });
} else if (zoom && dialog?.showModal) {
event.preventDefault();
const large = document.createElement("img");
large.src = zoom.href;
large.alt = zoom.querySelector("img").alt;
dialog.firstElementChild.replaceChildren(large);
dialog.showModal();
} else if (event.target.closest(".zoom-sheet")) {
dialog.close();
}
});
}
}
{
const sides = (field) => {
const stepper = field.closest("[data-stepper]");
stepper.querySelector("[data-step='-1']").disabled = Number(field.value) <= Number(field.min);
stepper.querySelector("[data-step='1']").disabled = field.max !== "" && Number(field.value) >= Number(field.max);
};
const enliven = (scope) => {
for (const field of scope.querySelectorAll("[data-stepper] input")) sides(field);
};
enliven(document);
document.addEventListener("htmx:load", (event) => enliven(event.detail.elt.parentElement ?? document));
document.addEventListener("click", (event) => {
const button = event.target.closest("[data-stepper] [data-step]");
if (!button) return;
const field = button.closest("[data-stepper]").querySelector("input");
if (button.dataset.step === "1") field.stepUp();
else field.stepDown();
sides(field);
field.dispatchEvent(new Event("input", { bubbles: true }));
field.dispatchEvent(new Event("change", { bubbles: true }));
});
}
