/* Single keys belong to the page only while nobody writes, and only to the dialog that is open. */

export function isTyping(target) {
  return target instanceof Element
    && (target.matches("textarea, select, [contenteditable='true']")
      || target.matches("input:not([type=checkbox], [type=radio], [type=button], [type=submit])"));
}

/** May a single key act now? Off while typing, with a modifier, and when the person switched single keys off. */
export function mayAct(event) {
  if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return false;
  return document.body.dataset.singleKeys !== "off" && !isTyping(event.target);
}

/** The part of the page that keys reach: the open modal dialog, else everything. */
export function reach() {
  const modals = document.querySelectorAll("dialog:modal");
  return modals.length ? modals[modals.length - 1] : document;
}
