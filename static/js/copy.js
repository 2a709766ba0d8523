/* data-copy="#field": copies that field's text. Hidden until the browser can. data-copied: the word that confirms. */

function reveal(root) {
  if (!navigator.clipboard) return;
  for (const button of root.querySelectorAll("[data-copy][hidden]")) button.hidden = false;
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  const field = button && document.querySelector(button.dataset.copy);
  if (!field) return;
  await navigator.clipboard.writeText(field.value ?? field.textContent);
  const words = button.lastChild;
  const before = words.textContent;
  words.textContent = button.dataset.copied || before;
  setTimeout(() => { words.textContent = before; }, 2000);
});

document.addEventListener("htmx:afterSwap", (event) => reveal(event.detail.target));
reveal(document);
