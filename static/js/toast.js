/* One toast at a time, ten seconds, longer while the pointer or the focus rests on it. */

const STAYS = 10_000;
let timer = 0;

const region = () => document.getElementById("toasts");
const shown = () => region()?.querySelector("[data-toast]:last-child");

function leave() {
  region()?.replaceChildren();
}

function start() {
  clearTimeout(timer);
  if (shown()) timer = setTimeout(leave, STAYS);
}

export function say(text) {
  const toast = document.createElement("div");
  toast.className = "toast";
  toast.dataset.toast = "";
  toast.append(Object.assign(document.createElement("span"), { textContent: text }));
  region()?.replaceChildren(toast);
  start();
}

for (const rests of ["pointerover", "focusin"]) {
  document.addEventListener(rests, (event) => event.target.closest?.("[data-toast]") && clearTimeout(timer));
}
for (const goes of ["pointerout", "focusout"]) {
  document.addEventListener(goes, (event) => event.target.closest?.("[data-toast]") && start());
}

document.addEventListener("htmx:oobAfterSwap", (event) => event.detail.target?.id === "toasts" && start());
document.addEventListener("htmx:sendError", () => say(region().dataset.failed));
document.addEventListener("htmx:responseError", (event) => {
  const refused = [403, 404].includes(event.detail.xhr.status);
  say(refused ? region().dataset.refused : region().dataset.failed);
});
start();
