/* A form of many boxes: [data-choose-all] ticks them all, [data-choose-count] says how many are chosen. */

function boxes(form) {
  return [...form.querySelectorAll("input[type=checkbox][name]")];
}

function count(form) {
  const all = boxes(form);
  const chosen = all.filter((box) => box.checked).length;
  const said = form.querySelector("[data-choose-count]");
  if (said) said.textContent = chosen === 1 ? said.dataset.one : said.dataset.many.replace("NUMBER", chosen);
  const every = form.querySelector("[data-choose-all] input");
  if (every) {
    every.checked = chosen === all.length;
    every.indeterminate = chosen > 0 && chosen < all.length;
  }
}

document.addEventListener("change", (event) => {
  const form = event.target.closest("[data-choose]");
  if (!form) return;
  if (event.target.closest("[data-choose-all]")) {
    for (const box of boxes(form)) box.checked = event.target.checked;
  }
  count(form);
});

for (const form of document.querySelectorAll("[data-choose]")) {
  form.querySelector("[data-choose-all]")?.removeAttribute("hidden");
  count(form);
}
