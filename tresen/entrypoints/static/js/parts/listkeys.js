// j and k walk through the rows, x ticks, Enter opens.
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
