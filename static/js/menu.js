/* Menus are <details data-menu>: one open at a time, closed by a click elsewhere, Escape or leaving with Tab; arrows walk. */

const menus = "details[data-menu]";
const items = "a[href], button:not(:disabled), input:not([type=hidden])";

function close(menu, refocus = false) {
  menu.open = false;
  if (refocus) menu.querySelector("summary").focus();
}

document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll(`${menus}[open]`)) {
    if (!menu.contains(event.target)) close(menu);
  }
});

document.addEventListener("focusin", (event) => {
  for (const menu of document.querySelectorAll(`${menus}[open]`)) {
    if (!menu.contains(event.target)) close(menu);
  }
});

document.addEventListener("keydown", (event) => {
  const menu = event.target instanceof Element && event.target.closest(menus);
  if (!menu) return;
  if (event.key === "Escape" && menu.open) {
    event.preventDefault();
    close(menu, true);
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    menu.open = true;
    const all = [...menu.querySelectorAll(items)];
    const step = event.key === "ArrowDown" ? 1 : -1;
    const at = all.indexOf(document.activeElement);
    all.at(at < 0 && step < 0 ? -1 : (at + step) % all.length)?.focus();
  }
});
