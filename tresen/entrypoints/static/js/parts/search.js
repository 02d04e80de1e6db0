// Suggestions: arrows walk through them, Escape puts them away.
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
