/* Cards between columns, by pointer and by keyboard.
   Card:    <article data-card="17" data-version="…" draggable="true" tabindex="0">, anywhere inside a column.
   Column:  <section data-column="3" data-move-url="/…/move/" aria-label="…"> with a [data-cards] list inside (cards sit in its <li>).
   A drop posts card, version and column to the column's address; the answer draws what changed out of band.
   Answered 409 (a refusal, or a question in the dialog) the card glides back first.
   [data-exit-zone] is where people leave: a card dropped there glides back, and board:exit asks for the reason.
   Keyboard: Space lifts the focused card, ← → choose the column, Space or Enter drops, Escape puts it back. */
import { mayAct } from "./typing.js";

const GLIDE = 160;
let held = null; // {card, item, from: {list, before}}

const columnOf = (element) => element?.closest?.("[data-column]");
const exitOf = (element) => element?.closest?.("[data-exit-zone]");
const listOf = (column) => column.querySelector("[data-cards]");

function lift(card) {
  const item = card.closest("li") ?? card;
  held = { card, item, from: { list: item.parentElement, before: item.nextElementSibling } };
  card.classList.add("is-lifted");
}

function glide(item, move) {
  const was = item.getBoundingClientRect();
  move();
  const now = item.getBoundingClientRect();
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  item.animate(
    [{ translate: `${was.x - now.x}px ${was.y - now.y}px` }, { translate: "0 0" }],
    { duration: GLIDE, easing: "cubic-bezier(0.2, 0.7, 0.2, 1)" },
  );
}

function back({ item, from }) {
  const before = from.before?.parentElement === from.list ? from.before : null;
  glide(item, () => from.list.insertBefore(item, before));
}

function settle() {
  const moved = held;
  held = null;
  moved.card.classList.remove("is-lifted");
  document.querySelectorAll(".is-over").forEach((column) => column.classList.remove("is-over"));
  const column = columnOf(moved.item);
  if (listOf(column) === moved.from.list) return;
  const { card } = moved;
  const refused = (event) => {
    if (event.type === "htmx:sendError" || event.detail.xhr.status >= 400) back(moved);
  };
  card.addEventListener("htmx:beforeOnLoad", refused, { once: true });
  card.addEventListener("htmx:sendError", refused, { once: true });
  htmx.ajax("POST", column.dataset.moveUrl, {
    source: card, target: card, swap: "none",
    values: { card: card.dataset.card, version: card.dataset.version, column: column.dataset.column },
  });
}

function putBack() {
  const moved = held;
  held = null;
  moved.card.classList.remove("is-lifted");
  back(moved);
  moved.card.focus();
}

document.addEventListener("dragstart", (event) => {
  const card = event.target.closest?.("[data-card]");
  if (!card) return;
  lift(card);
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", card.dataset.card);
});

document.addEventListener("dragover", (event) => {
  const column = held && (exitOf(event.target) ?? columnOf(event.target));
  if (!column?.dataset.moveUrl && !exitOf(column)) return;
  event.preventDefault();
  document.querySelectorAll(".is-over").forEach((other) => other !== column && other.classList.remove("is-over"));
  column.classList.add("is-over");
});

document.addEventListener("drop", (event) => {
  if (held && exitOf(event.target)) {
    event.preventDefault();
    const detail = [held.card.dataset.card];
    document.dispatchEvent(new CustomEvent("board:exit", { detail }));
    return;
  }
  const column = held && columnOf(event.target);
  if (!column?.dataset.moveUrl) return;
  event.preventDefault();
  if (listOf(column) !== held.from.list) glide(held.item, () => listOf(column).prepend(held.item));
  settle();
});

document.addEventListener("dragend", () => {
  document.querySelectorAll(".is-over").forEach((column) => column.classList.remove("is-over"));
  held?.card.classList.remove("is-lifted");
  held = null;
});

function step(direction) {
  const columns = [...document.querySelectorAll("[data-column][data-move-url]")];
  const next = columns[columns.indexOf(columnOf(held.item)) + direction];
  if (!next) return;
  const { item, card } = held;
  glide(item, () => listOf(next).prepend(item));
  card.focus();
  item.scrollIntoView({ block: "nearest", inline: "nearest" });
}

// Before keys.js hears it: while a card is lifted, arrows, Space, Enter and Escape are its own.
document.addEventListener("keydown", (event) => {
  if (!mayAct(event)) return;
  const card = event.target.closest?.("[data-card]");
  if (!held) {
    if (event.key !== " " || card !== event.target) return;
    lift(card);
  } else if (event.key === "ArrowLeft" || event.key === "ArrowRight") step(event.key === "ArrowRight" ? 1 : -1);
  else if (event.key === " " || event.key === "Enter") settle();
  else if (event.key === "Escape") putBack();
  else return;
  event.preventDefault();
  event.stopPropagation();
}, true);
