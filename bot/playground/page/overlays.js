// What lies over the page for a while: toasts and small menus.

import { $, h } from "./dom.js";

let toastTimer = 0;
export function toast(text) {
  $("toast").textContent = text;
  $("toast").hidden = false;
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => { $("toast").hidden = true; }, 3200);
}

export function toggleSheet(button, sheet, items) {
  const close = (event) => {
    if (event?.type === "keydown" && event.key !== "Escape") return;
    if (event?.type === "click" && button.contains(event.target)) return;
    sheet.hidden = true;
    button.setAttribute("aria-expanded", "false");
    document.removeEventListener("click", close);
    document.removeEventListener("keydown", close);
    if (event?.type === "keydown") button.focus();
  };
  if (!sheet.hidden) return close();
  sheet.replaceChildren(...items.map(([label, run]) => h("button", { type: "button", role: "menuitem", onclick: run }, label)));
  sheet.hidden = false;
  button.setAttribute("aria-expanded", "true");
  sheet.querySelector("button")?.focus();
  document.addEventListener("click", close);
  document.addEventListener("keydown", close);
  return undefined;
}
