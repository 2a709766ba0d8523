/* The returns desk: J and K show what they reach; the list follows the card; the letter follows its text. */

let walking = false;

document.addEventListener("keydown", (event) => {
  walking = ["j", "k"].includes(event.key.toLowerCase());
}, true);
document.addEventListener("pointerdown", () => { walking = false; }, true);

document.addEventListener("focusin", (event) => {
  if (walking && event.target.matches?.(".prop") && !event.target.hasAttribute("aria-current")) event.target.click();
});

function follow() {
  const chosen = new URLSearchParams(location.search).get("p");
  for (const line of document.querySelectorAll(".prop")) {
    if (line.dataset.pk === chosen) line.setAttribute("aria-current", "true");
    else line.removeAttribute("aria-current");
  }
  document.getElementById("desk")?.classList.toggle("is-chosen", Boolean(chosen));
}

document.addEventListener("htmx:afterSettle", (event) => event.detail.target?.id === "chosen" && follow());
document.addEventListener("htmx:historyRestore", follow);

document.addEventListener("input", (event) => {
  const letter = event.target.closest?.("[data-mailto]");
  const link = letter?.querySelector("[data-mail]");
  if (!link) return;
  const words = (name) => encodeURIComponent(letter.elements[name]?.value.replaceAll(/\r?\n/g, "\r\n") ?? "");
  link.href = `mailto:${encodeURIComponent(letter.dataset.mailto)}?subject=${words("subject")}&body=${words("text")}`;
});

addEventListener("load", () => document.querySelector("[data-opens]")?.click());
