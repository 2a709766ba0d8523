/* One handoff: the sentence above the buttons and the count follow the checks. What is filled is the stylesheet's;
   without this file everything still answers. */

const form = document.querySelector("[data-handoff]");
const lines = () => [...form.querySelectorAll("[data-criterion]")];
const found = (line) => line.querySelector("input:checked")?.value ?? "";
const isMust = (line) => line.classList.contains("is-must");

function saying() {
  const crossed = lines().find((line) => isMust(line) && found(line) === "no");
  if (crossed) return crossed.dataset.criterion;
  const musts = lines().filter(isMust);
  return musts.length && musts.every((line) => found(line) === "yes") ? "met" : "start";
}

function follow() {
  const says = saying();
  for (const said of form.querySelectorAll("[data-says]")) said.classList.toggle("is-said", said.dataset.says === says);
  const count = form.querySelector("[data-count]");
  if (!count) return;
  const met = lines().filter((line) => found(line) === "yes").length;
  if (lines().some(found)) count.textContent = count.dataset.said.replace("MET", met).replace("ALL", lines().length);
}

function allMet() {
  for (const line of lines()) line.querySelector("input[value=yes]").checked = true;
  follow();
}

// A check pressed once more is taken back: nobody is held to a slip.
let pressed = null;
form?.addEventListener("pointerdown", (event) => {
  const box = event.target.closest("label")?.querySelector("input[type=radio]");
  pressed = box?.checked ? box : null;
});
form?.addEventListener("click", (event) => {
  if (event.target === pressed && pressed.checked) {
    pressed.checked = false;
    follow();
  }
  if (event.target.closest("[data-all]")) allMet();
});
form?.addEventListener("change", follow);
addEventListener("pageshow", () => form && follow());

if (form) {
  const all = form.querySelector("[data-all]");
  if (all) all.hidden = false;
  follow();
}
