// Light, dark, or as the device has it; lists that reorder at once.
const root = document.documentElement;
const device = matchMedia("(prefers-color-scheme: dark)");

const shown = () => root.dataset.theme || (device.matches ? "dark" : "light");

const remember = (theme) => {
  try {
    if (theme) localStorage.setItem("theme", theme);
    else localStorage.removeItem("theme");
  } catch {
    // Without storage the choice holds for this page only.
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
