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
const words = (form) => form.querySelector(".unsaved-words");
document.addEventListener("input", (event) => {
const form = event.target.closest("form[data-unsaved]");
if (!form) return;
form.dataset.changed = "yes";
if (words(form)) words(form).hidden = false;
});
document.addEventListener("submit", (event) => { delete event.target.dataset.changed; });
addEventListener("beforeunload", (event) => {
if (document.querySelector("form[data-changed]")) event.preventDefault();
});
}
{
const busy = (element) => element.isContentEditable || /^(INPUT|TEXTAREA|SELECT|BUTTON|A|SUMMARY)$/.test(element.tagName);
const rows = () => [...document.querySelectorAll("[data-list-keys] tbody tr")];
const here = () => rows().find((row) => row.hasAttribute("data-here"));
const go = (step) => {
const all = rows();
if (!all.length) return;
const at = all.indexOf(here());
const next = all[Math.max(0, Math.min(all.length - 1, at + step))];
here()?.removeAttribute("data-here");
next.setAttribute("data-here", "");
next.scrollIntoView({ block: "nearest" });
const link = next.querySelector(".row-link");
if (link) link.focus({ preventScroll: true });
};
const steps = { j: 1, k: -1 };
document.addEventListener("keydown", (event) => {
if (event.ctrlKey || event.metaKey || event.altKey) return;
const inRow = event.target.matches(".row-link, .tick-cell input");
if (busy(event.target) && !inRow) return;
if (steps[event.key]) {
event.preventDefault();
go(steps[event.key]);
} else if (event.key === "x" && here()) {
here().querySelector(".tick-cell input")?.click();
} else if (event.key === "Enter" && here() && !inRow) {
here().querySelector(".row-link")?.click();
}
});
}
{
const ticks = () => [...document.querySelectorAll(".tick-cell input[name='id']")];
const count = () => {
const ticked = ticks().filter((tick) => tick.checked).length;
for (const place of document.querySelectorAll("[data-tick-count]")) place.textContent = String(ticked);
const all = document.querySelector("[data-tick-all]");
if (!all) return;
all.checked = ticked > 0 && ticked === ticks().length;
all.indeterminate = ticked > 0 && !all.checked;
};
document.addEventListener("change", (event) => {
if (event.target.matches("[data-tick-all]")) {
for (const tick of ticks()) tick.checked = event.target.checked;
}
if (event.target.closest(".tick-cell")) count();
});
addEventListener("pageshow", count);
document.addEventListener("htmx:afterSettle", count);
document.addEventListener("click", (event) => {
for (const menu of document.querySelectorAll("details.menu[open]")) {
if (!menu.contains(event.target)) menu.open = false;
}
});
document.addEventListener("keydown", (event) => {
if (event.key !== "Escape") return;
const menu = document.querySelector("details.menu[open]");
if (!menu) return;
menu.open = false;
menu.querySelector("summary").focus();
});
}
{
const palette = document.getElementById("palette");
const field = palette?.querySelector("input");
const list = document.getElementById("palette-list");
let shown = [];
let at = 0;
const commands = () => [
...[...document.querySelectorAll("[data-command]")].map((element) => ({ element, words: element.textContent.trim(), kind: document.querySelector("h1")?.textContent.trim() ?? "" })),
...[...document.querySelectorAll(".rail-tasks a")].map((element) => ({ element, words: element.querySelector("span").textContent.trim(), kind: "" })),
];
const fits = (words, wanted) => wanted.split(/\s+/).every((part) => words.includes(part));
const select = (index) => {
at = Math.max(0, Math.min(shown.length - 1, index));
[...list.children].forEach((item, place) => item.setAttribute("aria-selected", String(place === at)));
const current = list.children[at];
if (current?.id) field.setAttribute("aria-activedescendant", current.id);
current?.scrollIntoView({ block: "nearest" });
};
const draw = () => {
const wanted = field.value.trim().toLocaleLowerCase();
shown = commands().filter((command) => fits(command.words.toLocaleLowerCase(), wanted));
list.replaceChildren(...shown.map((command, index) => {
const item = document.createElement("li");
item.className = "palette-item";
item.id = `palette-${index}`;
item.setAttribute("role", "option");
const kind = document.createElement("small");
kind.textContent = command.kind;
item.append(command.words, kind);
item.addEventListener("click", () => run(index));
return item;
}));
if (!shown.length) {
const item = document.createElement("li");
item.className = "palette-item";
item.textContent = list.dataset.empty;
list.append(item);
}
select(0);
};
const run = (index) => {
const command = shown[index];
palette.close();
command?.element.click();
};
const open = () => {
field.value = "";
draw();
palette.showModal();
field.focus();
};
if (palette) {
document.addEventListener("keydown", (event) => {
if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") { event.preventDefault(); open(); }
});
document.addEventListener("click", (event) => {
if (event.target.closest("[data-palette-open]")) open();
else if (event.target === palette) palette.close();
});
field.addEventListener("input", draw);
field.addEventListener("keydown", (event) => {
if (event.key === "ArrowDown") { event.preventDefault(); select(at + 1); }
if (event.key === "ArrowUp") { event.preventDefault(); select(at - 1); }
if (event.key === "Enter") { event.preventDefault(); run(at); }
});
}
}
{
const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const figures = (table) => [...table.tBodies[0].rows].map((row) => [...row.cells]);
const drawChart = (figure) => {
const canvas = figure.querySelector("[data-chart-canvas]");
const table = figure.querySelector(".chart-table table");
const rows = figures(table);
const labels = rows.map((cells) => cells[0].textContent.trim());
const names = [...table.tHead.rows[0].cells].slice(1).map((cell) => cell.textContent.trim());
const tones = ["--harbour", "--brick", "--moss", "--amber"];
const words = (name, index) => rows[index]?.[names.indexOf(name) + 1]?.textContent.trim() ?? "";
const axis = { stroke: colour("--muted"), grid: { stroke: colour("--line"), width: 1 }, ticks: { show: false }, font: "14px 'Source Sans 3', sans-serif", labelFont: "14px 'Source Sans 3', sans-serif" };
const numbers = new Intl.NumberFormat(document.documentElement.lang);
canvas.replaceChildren();
const chart = new uPlot({
width: canvas.clientWidth,
height: 210,
scales: { x: { time: false } },
cursor: { y: false },
axes: [
{ ...axis, label: figure.dataset.scale, values: (chart, splits) => splits.map((split) => labels[split] ?? "") },
{ ...axis, label: figure.dataset.value, size: 72, values: (chart, splits) => splits.map((split) => numbers.format(split)) },
],
series: [
{ label: figure.dataset.scale, value: (chart, index) => labels[index] ?? "" },
...names.map((name, index) => ({ label: name, stroke: colour(tones[index % tones.length]), width: 2, points: { show: rows.length < 40 }, value: (chart, value, series, at) => words(name, at) })),
],
}, [
labels.map((label, index) => index),
...names.map((name, index) => rows.map((cells) => Number(cells[index + 1].dataset.exact))),
], canvas);
let at = -1;
canvas.onkeydown = (event) => {
const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
if (!step) return;
event.preventDefault();
at = Math.max(0, Math.min(rows.length - 1, at + step));
chart.setCursor({ left: chart.valToPos(at, "x"), top: 0 });
const spoken = names.map((name) => `${name} ${words(name, at)}`).join(", ");
document.getElementById("live").textContent = `${labels[at]}: ${spoken}`;
};
};
const drawCharts = () => {
if (!window.uPlot) return;
for (const figure of document.querySelectorAll("[data-chart]")) drawChart(figure);
};
addEventListener("load", drawCharts);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawCharts);
document.addEventListener("click", (event) => { if (event.target.closest("[data-theme-switch]")) setTimeout(drawCharts); });
}
