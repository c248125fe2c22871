// What lies over the page for a while: toasts, small menus, dialogs, and words for those who listen.

import { $, h } from "./dom.js";
import { say } from "./words.js";

let toastTimer = 0;
export function toast(text) {
  $("toast").textContent = text;
  $("toast").hidden = false;
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => { $("toast").hidden = true; }, 3200);
}

// Said by screen readers, seen by nobody.
export function announce(text) {
  $("announce").textContent = "";
  requestAnimationFrame(() => { $("announce").textContent = text; });
}

let closeOpenSheet = null;

// items: [label, run, {checked}] or null; `checked` makes it one of several or a switch.
export function openSheet(sheet, items, opener) {
  closeOpenSheet?.();
  const shown = items.filter(Boolean);
  sheet.replaceChildren(...shown.map(([label, run, about = {}]) => h("button", {
    type: "button", role: about.checked === undefined ? "menuitem" : "menuitemradio",
    "aria-checked": about.checked === undefined ? null : String(about.checked), tabindex: "-1",
    onclick: () => { close(); run(); },
  }, label)));
  sheet.hidden = false;
  mark("true");
  (sheet.querySelector("[aria-checked=true]") || sheet.firstElementChild)?.focus();

  function mark(open) {
    if (opener?.hasAttribute("aria-expanded")) opener.setAttribute("aria-expanded", open);
  }
  function close() {
    sheet.hidden = true;
    mark("false");
    document.removeEventListener("click", clicked, true);
    document.removeEventListener("keydown", pressed, true);
    closeOpenSheet = null;
  }
  function clicked(event) {
    if (!sheet.contains(event.target) && !opener?.contains(event.target)) close();
  }
  function pressed(event) {
    if (event.key === "Escape" || event.key === "Tab") {
      close();
      opener?.focus();
      if (event.key === "Escape") { event.stopPropagation(); event.preventDefault(); }
    } else if (moved(event, [...sheet.children])) event.preventDefault();
  }
  document.addEventListener("click", clicked, true);
  document.addEventListener("keydown", pressed, true);
  closeOpenSheet = close;
}

export function toggleSheet(button, sheet, items) {
  if (sheet.hidden) openSheet(sheet, items, button);
  else closeOpenSheet?.();
}

// Moves the focus among elements by arrows, Home and End. Tells whether it did.
export function moved(event, elements, { back = "ArrowUp", on = "ArrowDown" } = {}) {
  const at = elements.indexOf(document.activeElement);
  const last = elements.length - 1;
  const wanted = {
    [on]: at < last ? at + 1 : 0, [back]: at > 0 ? at - 1 : last, Home: 0, End: last,
  }[event.key];
  if (wanted === undefined || last < 0) return false;
  elements[wanted].focus();
  return true;
}

// A row of things of which Tab reaches one and the arrows the others.
export function rove(container, selector, keys) {
  container.addEventListener("keydown", (event) => {
    if (moved(event, [...container.querySelectorAll(selector)], keys)) event.preventDefault();
  });
}

export function alertBox(text) {
  $("alert-text").textContent = text;
  $("alert").showModal();
}

// A dialog with any content; `title` names it.
export function dialog(title, ...content) {
  $("dialog-title").textContent = title;
  $("dialog-content").replaceChildren(...content.flat().filter(Boolean));
  $("dialog-close").setAttribute("aria-label", say("close"));
  if (!$("dialog").open) $("dialog").showModal();
}

export const closeDialog = () => $("dialog").close();

$("dialog-close").addEventListener("click", closeDialog);
for (const id of ["dialog", "viewer", "alert"]) {
  $(id).addEventListener("click", (event) => { if (event.target === $(id)) $(id).close(); });
}
