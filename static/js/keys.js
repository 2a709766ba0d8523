/* Keys. data-key="e" on a button or link: the key presses it (on a field: focuses it). data-go="R": after G.
   data-filter: "/" goes there. data-search: Ctrl or Cmd with K goes there. data-line: J and K walk the lines.
   data-key="mod+enter" presses while typing too. "?" lists what works right now. Words in the list come from
   data-key-name, else the element's own. All single keys can be switched off (typing.js). */
import { isTyping, mayAct, reach } from "./typing.js";

let going = 0; // until when G waits for its letter

const visible = (element) => element.checkVisibility() && !element.matches(":disabled, [aria-disabled=true]");
const find = (selector, root = reach()) => [...root.querySelectorAll(selector)].find(visible);

function press(element) {
  if (!element) return false;
  if (isTyping(element)) element.focus();
  else element.click();
  return true;
}

function walk(step) {
  const lines = [...reach().querySelectorAll("[data-line]")].filter(visible);
  const at = lines.findIndex((line) => line === document.activeElement || line.contains(document.activeElement));
  const next = lines[Math.min(Math.max(at + step, 0), lines.length - 1)];
  if (!next) return false;
  next.focus();
  next.scrollIntoView({ block: "nearest" });
  return true;
}

function named(element) {
  if (element.dataset.keyName) return element.dataset.keyName;
  const words = element.getAttribute("aria-label") || element.title;
  if (words) return words;
  const copy = element.cloneNode(true);
  copy.querySelectorAll(".kbd, svg").forEach((part) => part.remove());
  return copy.textContent.trim();
}

function listed(list) {
  const rows = [...document.querySelectorAll("[data-key]")].filter(visible)
    .map((element) => [[element.dataset.key], named(element)]);
  if (find("[data-line]", document)) rows.unshift([["J", "K"], list.dataset.line]);
  for (const element of [...document.querySelectorAll("[data-go]")].filter(visible)) {
    rows.push([["G", element.dataset.go], named(element)]);
  }
  if (find("[data-filter]", document)) rows.push([["/"], list.dataset.filter]);
  rows.push([["mod+K"], list.dataset.search], [["["], list.dataset.rail]);
  return rows;
}

function cap(key) {
  const text = key.replace("mod+", navigator.platform.startsWith("Mac") ? "⌘" : "Ctrl ").replace("enter", "↵");
  return Object.assign(document.createElement("kbd"), {
    className: "kbd", textContent: text.length === 1 ? text.toUpperCase() : text,
  });
}

function showAll() {
  const box = document.getElementById("key-list");
  const list = box.querySelector(".keylist");
  list.replaceChildren(...listed(list).map(([keys, words]) => {
    const row = document.createElement("li");
    const caps = document.createElement("span");
    caps.append(...keys.map(cap));
    row.append(Object.assign(document.createElement("span"), { textContent: words }), caps);
    return row;
  }));
  box.showModal();
}

function single(event) {
  const key = event.key;
  if (going > event.timeStamp) {
    going = 0;
    return press(find(`[data-go="${CSS.escape(key.toUpperCase())}"]`, document));
  }
  const own = find(`[data-key="${CSS.escape(key.toLowerCase())}"]`);
  if (own) return press(own);
  if (key === "?") return showAll() ?? true;
  if (key === "/") return press(find("[data-filter]"));
  if (key === "z") return press(find("[data-undo]", document));
  if (key === "j") return walk(1);
  if (key === "k") return walk(-1);
  if (key === "g" && reach() === document) going = event.timeStamp + 1500;
  return false;
}

document.addEventListener("keydown", (event) => {
  const command = event.metaKey || event.ctrlKey;
  if (command && event.key.toLowerCase() === "k") {
    if (press(find("[data-search]", document))) event.preventDefault();
  } else if (command && event.key === "Enter") {
    if (press(find('[data-key="mod+enter"]'))) event.preventDefault();
  } else if (mayAct(event) && single(event)) {
    event.preventDefault();
  }
});
