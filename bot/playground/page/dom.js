// Small helpers to build elements. Text is always set as text, never as HTML.

export const $ = (id) => document.getElementById(id);

export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `#i-${name}`);
  svg.append(use);
  return svg;
}

const HUES = [12, 28, 95, 160, 200, 255, 310];

export function dressAvatar(element, id, name, { bot = false } = {}) {
  element.replaceChildren(bot ? "" : [...name][0] || "?");
  element.classList.toggle("bot", bot);
  element.style.setProperty("--hue", HUES[Math.abs(id) % HUES.length]);
}

export function avatar(id, name, options) {
  const element = h("span", { class: "avatar", "aria-hidden": "true" });
  dressAvatar(element, id, name, options);
  return element;
}

export function hueOf(id) {
  return HUES[Math.abs(id) % HUES.length];
}

export function clock(seconds) {
  const date = new Date(seconds * 1000);
  return `${String(date.getHours()).padStart(2, "0")}:${String(date.getMinutes()).padStart(2, "0")}`;
}
