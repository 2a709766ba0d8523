/* Dialog and drawer. A link with data-dialog loads its address into <dialog id="dialog"> and opens it;
   data-dialog="drawer" uses the drawer, which leaves the page usable. Escape and [data-close] close; the browser
   gives the focus back to the link. An answer closes it with the header HX-Trigger: dialog:close. */

const boxes = new Set(["dialog", "drawer"]);

function show(box) {
  if (!box.open) box.id === "drawer" ? box.show() : box.showModal();
  box.querySelector("[autofocus]")?.focus();
}

document.addEventListener("click", (event) => {
  if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
  if (event.target.closest("[data-close]")) {
    const box = event.target.closest("dialog");
    if (box) {
      event.preventDefault();
      box.close();
    }
    return;
  }
  const opener = event.target.closest("[data-dialog]");
  if (!opener || opener.hasAttribute("hx-get")) return;
  event.preventDefault();
  const id = opener.dataset.dialog || "dialog";
  htmx.ajax("GET", opener.getAttribute("href") || opener.dataset.url, {
    source: opener, target: `#${id}`, swap: "innerHTML",
  });
});

// Shown once its buttons are bound: a key pressed at once must not send the form past htmx.
document.addEventListener("htmx:afterSettle", (event) => {
  const box = event.detail.target;
  const closes = event.detail.xhr?.getResponseHeader("HX-Trigger") === "dialog:close"; // heard before the swap
  if (box instanceof HTMLDialogElement && boxes.has(box.id) && box.childElementCount && !closes) show(box);
});

document.addEventListener("dialog:close", () => {
  for (const id of boxes) document.getElementById(id)?.close();
});

document.addEventListener("keydown", (event) => {
  const drawer = document.getElementById("drawer");
  if (event.key === "Escape" && drawer?.open && !document.querySelector("dialog:modal")) drawer.close();
});

for (const id of boxes) {
  const box = document.getElementById(id);
  box?.addEventListener("close", () => box.replaceChildren());
}
