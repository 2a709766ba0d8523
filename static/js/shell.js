/* The shell: the rail, and what htmx must know about signing in. */
import { mayAct } from "./typing.js";

const YEAR = 31_536_000;

document.addEventListener("keydown", (event) => {
  if (event.key !== "[" || !mayAct(event)) return;
  const rail = document.body.classList.toggle("app--rail");
  document.cookie = `rail=${rail ? 1 : 0}; path=/; max-age=${YEAR}; samesite=lax`;
});

if (navigator.platform.startsWith("Mac")) {
  for (const cap of document.querySelectorAll("[data-mac]")) cap.textContent = cap.dataset.mac;
}

// A session that ended answers with the sign-in page: go there, do not put it into a fragment.
document.addEventListener("htmx:beforeSwap", (event) => {
  const landed = new URL(event.detail.xhr.responseURL || location.href, location.href);
  if (landed.pathname === document.body.dataset.login) {
    event.detail.shouldSwap = false;
    location.reload();
  }
});
