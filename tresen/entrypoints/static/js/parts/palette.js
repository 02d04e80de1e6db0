// Ctrl-K: every task of the rail and every command of the page, found by a few letters.
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
