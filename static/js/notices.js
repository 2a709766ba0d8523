/* Whoever follows a notice has read it: the page is left at once, the post goes on without it. */

const token = () => JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"];

function read(event) {
  const link = event.target.closest("[data-read]");
  if (!link || (event.type === "auxclick" && event.button !== 1)) return;
  fetch(link.dataset.read, {
    method: "POST",
    keepalive: true,
    headers: { "X-CSRFToken": token() },
    body: new URLSearchParams({ quiet: "1" }),
  });
}

document.addEventListener("click", read);
document.addEventListener("auxclick", read);
