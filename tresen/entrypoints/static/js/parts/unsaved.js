// Typed and not saved: say so, and ask before leaving.
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
