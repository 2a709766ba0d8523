/* The board by keyboard: H and L between columns, X selects, Esc clears, and the verbs below act on the selected
   cards, else on the focused one. On a phone the steps switch which column is on the screen. Dragging is drag.js. */
import { mayAct } from "./typing.js";

const board = document.getElementById("board");
const selected = new Set();
let last = ""; // the card that had the focus: a card drawn anew gets it back

const cards = () => [...document.querySelectorAll("[data-card]")];
const focused = () => document.activeElement?.closest?.("[data-card]") ?? document.getElementById(`card-${last}`);
const keys = () => (selected.size ? [...selected] : focused() ? [focused().dataset.card] : []);

function draw() {
  const here = new Set(cards().map((card) => card.dataset.card));
  for (const key of selected) if (!here.has(key)) selected.delete(key);
  for (const card of cards()) {
    const is = selected.has(card.dataset.card);
    card.classList.toggle("is-selected", is);
    card.toggleAttribute("aria-selected", is);
  }
  for (const part of document.querySelectorAll("[data-selected]")) part.hidden = !selected.size;
  for (const count of document.querySelectorAll("[data-selected-count]")) count.textContent = selected.size;
}

function select(card) {
  if (!card) return;
  selected.has(card.dataset.card) ? selected.delete(card.dataset.card) : selected.add(card.dataset.card);
  draw();
}

function clear() {
  selected.clear();
  draw();
}

function open(url, name, keyList) {
  if (!url || !keyList.length) return;
  const asked = keyList.map((key) => `${name}=${key}`).join("&");
  htmx.ajax("GET", `${url}?${asked}`, { source: board, target: "#dialog", swap: "innerHTML" });
}

export function exit(keyList) {
  if (keyList.length === 1) open(board.dataset.exitUrl.replace("/0/", `/${keyList[0]}/`), "application", keyList);
  else open(board.dataset.exitManyUrl, "application", keyList);
}

const verbs = {
  move: () => open(board.dataset.chooseUrl, "card", keys()),
  exit: () => exit(keys()),
  next: () => open(board.dataset.nextUrl, "card", keys()),
  select: () => select(focused()),
  clear,
};

function beside(direction) {
  const columns = [...board.querySelectorAll("[data-column]")].filter((column) => column.querySelector("[data-card]"));
  const card = focused();
  const column = card?.closest("[data-column]");
  const next = column ? columns[columns.indexOf(column) + direction] : columns[0];
  if (!next) return;
  const place = column ? [...column.querySelectorAll("[data-card]")].indexOf(card) : 0;
  const there = [...next.querySelectorAll("[data-card]")];
  there[Math.min(place, there.length - 1)].focus();
}

function show(key) {
  for (const column of board.querySelectorAll("[data-column]")) {
    column.classList.toggle("is-shown", column.dataset.column === key);
  }
  for (const step of document.querySelectorAll("[data-show]")) {
    step.setAttribute("aria-current", step.dataset.show === key);
  }
}

document.addEventListener("click", (event) => {
  const verb = event.target.closest("[data-verb]");
  const step = event.target.closest("[data-show]");
  const card = event.target.closest("[data-card]");
  if (verb) verbs[verb.dataset.verb]();
  else if (step) {
    event.preventDefault();
    show(step.dataset.show);
    history.replaceState(null, "", step.href);
  } else if (card && (event.metaKey || event.ctrlKey) && !event.target.closest("a")) select(card);
});

document.addEventListener("focusin", (event) => {
  const card = event.target.closest?.("[data-card]");
  if (card) last = card.dataset.card;
});

document.addEventListener("keydown", (event) => {
  if (!mayAct(event) || document.querySelector("dialog[open]")) return;
  if (event.key === "h") beside(-1);
  else if (event.key === "l") beside(1);
  else if (event.key === "Escape" && selected.size) clear();
  else if (event.key === "Enter" && event.target.matches?.("[data-card]")) event.target.querySelector("a").click();
  else return;
  event.preventDefault();
});

// Cards drawn anew: keep who is selected, and give the focus back.
document.addEventListener("htmx:afterSettle", () => {
  draw();
  if (document.activeElement === document.body) document.getElementById(`card-${last}`)?.focus();
});
document.addEventListener("board:exit", (event) => exit(event.detail));
