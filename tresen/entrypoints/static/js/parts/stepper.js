// One less, one more; the number field works alone as well.
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
