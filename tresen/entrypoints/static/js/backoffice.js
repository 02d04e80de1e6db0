"use strict";
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
document.addEventListener("change", (event) => {
const form = event.target.closest("[data-submit-on-change]");
if (form && event.target.matches("select, input[type='checkbox'], input[type='radio']")) form.requestSubmit();
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
}
{
}
{
}
{
}
{
}
