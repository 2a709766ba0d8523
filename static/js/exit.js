/* Exit dialog: typing finds a reason in both languages, the numbers choose, the arrows change the side.
   Everything is a submit button of the form, so it works without this file too. */
import { isTyping } from "./typing.js";

const search = (root) => root.querySelector("[data-reason-search]");
const all = (root) => [...root.querySelectorAll(".reason")];
const shown = (root) => all(root).filter((button) => button.checkVisibility());

function filter(root) {
  const words = search(root).value.trim().toLowerCase();
  const rest = root.querySelector("[data-reason-rest]");
  for (const button of all(root)) {
    button.parentElement.hidden = words !== "" && !button.dataset.words.toLowerCase().includes(words);
  }
  rest.open = words !== "";
  root.querySelector("[data-reason-none]").hidden = shown(root).length > 0;
}

function walk(root, step) {
  const buttons = shown(root);
  const at = buttons.indexOf(document.activeElement);
  const next = at + step;
  if (next < 0) search(root).focus();
  else buttons[Math.min(next, buttons.length - 1)]?.focus();
}

function inSearch(root, event) {
  const box = search(root);
  if (event.key === "Enter" && !(event.metaKey || event.ctrlKey)) {
    event.preventDefault();
    if (box.value.trim()) shown(root)[0]?.click();
  } else if (event.key === "ArrowLeft" || event.key === "ArrowRight") {
    if (box.value) return;
    event.preventDefault();
    root.querySelector(`[data-key="${event.key.toLowerCase()}"]`)?.click();
  } else if (/^[1-9]$/.test(event.key) && !event.isComposing) {
    event.preventDefault();
    root.querySelector(`.reason[data-key="${event.key}"]`)?.click();
  }
}

document.addEventListener("input", (event) => {
  const root = event.target.closest("[data-exit]");
  if (root && event.target === search(root)) filter(root);
});

document.addEventListener("keydown", (event) => {
  const root = document.querySelector("[data-exit]");
  if (!root || event.altKey) return;
  const inList = event.target === search(root) || event.target.closest?.(".reasons");
  if (inList && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
    event.preventDefault();
    walk(root, event.key === "ArrowDown" ? 1 : -1);
  } else if (event.target === search(root)) {
    inSearch(root, event);
  } else if (!isTyping(event.target) && /^\p{L}$/u.test(event.key) && !event.metaKey && !event.ctrlKey) {
    search(root).focus();
  }
});
