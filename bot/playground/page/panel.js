// The panel above the text field: a list of which the arrows mark one, while one goes on typing.

import { $, h } from "./dom.js";
import { say } from "./words.js";

export function startPanel(input) {
  const panel = $("panel");
  let marked = -1;
  let onEnd = null;

  const items = () => [...panel.querySelectorAll("[role=option]")];
  const isOpen = () => !panel.hidden;

  // `kind`: a class for the look of the list; `more`: called when its end comes near; `room`:
  // whether the conversation makes room for it.
  function open(nodes, { kind = "", label = "", more = null, room = false } = {}) {
    marked = -1;
    onEnd = more;
    panel.className = `panel ${kind}`;
    panel.setAttribute("aria-label", label);
    panel.replaceChildren(...nodes);
    panel.hidden = false;
    panel.scrollTop = 0;
    if (room) makeRoom();
    input.setAttribute("aria-expanded", "true");
    input.removeAttribute("aria-activedescendant");
    $("menu").setAttribute("aria-expanded", "true");
  }

  // Results are chosen for a conversation, so its end stays in sight above them.
  function makeRoom() {
    const scroll = $("scroll");
    const atEnd = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 120;
    scroll.style.paddingBottom = `${panel.offsetHeight}px`;
    if (atEnd) scroll.scrollTop = scroll.scrollHeight;
  }

  const add = (nodes, more) => { panel.append(...nodes); onEnd = more; };

  const tell = (words) => open([h("p", { class: "nothing" }, words)]);

  function close() {
    panel.hidden = true;
    $("scroll").style.paddingBottom = "";
    panel.replaceChildren();
    marked = -1;
    onEnd = null;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
    $("menu").setAttribute("aria-expanded", "false");
  }

  // True when the key was for the panel.
  function key(event) {
    const found = items();
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && found.length) {
      mark(found, marked < 0 && step < 0 ? found.length - 1 : (marked + step + found.length) % found.length);
      return true;
    }
    if (event.key === "Escape") { close(); return true; }
    if (event.key === "Tab" && !event.shiftKey && found.length && found[0].dataset.completes) {
      found[Math.max(marked, 0)].dispatchEvent(new CustomEvent("complete"));
      return true;
    }
    if (event.key === "Enter" && marked >= 0) { found[marked].click(); return true; }
    return false;
  }

  function mark(found, at) {
    marked = at;
    found.forEach((item, index) => {
      item.id = `option-${index}`;
      item.setAttribute("aria-selected", String(index === at));
    });
    found[at].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", `option-${at}`);
    if (at >= found.length - 2) reachEnd();
  }

  function reachEnd() {
    const more = onEnd;
    onEnd = null;
    more?.();
  }

  panel.addEventListener("scroll", () => {
    if (panel.scrollHeight - panel.scrollTop - panel.clientHeight < 80) reachEnd();
  });
  document.addEventListener("click", (event) => {
    if (isOpen() && !event.target.closest(".foot")) close();
  });

  return { open, add, tell, close, key, isOpen, nothing: () => tell(say("no_results")) };
}
