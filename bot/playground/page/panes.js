// The second pane: the same page once more, seen by somebody else, beside the first.

import { $ } from "./dom.js";
import { readAddress, state, writeAddress } from "./state.js";

export const isPane = window.parent !== window;

let second = isPane ? null : readAddress().second;

export const isSplit = () => second !== null;

export function noteAddress() {
  const mine = writeAddress();
  if (isPane) window.parent.postMessage({ pane: mine }, location.origin);
  history.replaceState(null, "", `#${mine}${second ? `|${second}` : ""}`);
}

export function toggleSplit() {
  second = second ? null : neighbour();
  drawSplit();
  noteAddress();
}

// Another member of the open group, or the next person with the bot.
function neighbour() {
  const { me, chat, users, thread } = state;
  const others = users.filter((user) => user.id !== me.id);
  const here = chat.type === "private" ? null : others.findLast((user) => chat.members.includes(user.id));
  if (here) return [here.id, chat.id, thread].filter(Boolean).join("/");
  return others.length ? `${others[0].id}/${others[0].id}` : `${me.id}/${me.id}`;
}

export function drawSplit() {
  $("app").classList.toggle("split", isSplit());
  $("split").setAttribute("aria-pressed", String(isSplit()));
  const frame = $("second");
  if (!isSplit()) frame.removeAttribute("src");
  else if (!frame.getAttribute("src")) frame.src = `/#${second}`;
  frame.hidden = !isSplit();
}

window.addEventListener("message", (event) => {
  if (event.origin !== location.origin || event.source !== $("second").contentWindow) return;
  if (second === null || !event.data.pane) return;
  second = event.data.pane;
  noteAddress();
});
