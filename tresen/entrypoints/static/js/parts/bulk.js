// Ticks: how many, and all at once.
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

// Menus close when one presses beside them or Escape.
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
