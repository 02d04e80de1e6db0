// Says aloud what changed: any element with data-announce that arrives through htmx.
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
