// Text with Bot API entities as elements. Offsets are UTF-16 units, as in JavaScript's strings.

import { h } from "./dom.js";
import { safeUrl } from "./links.js";
import { say } from "./words.js";

const TAGS = {
  bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code", pre: "pre",
  blockquote: "blockquote",
};

// `act` is told of taps: act("command", "/help"), act("link", url), act("mention", "@name").
export function richText(text, entities, act) {
  const sorted = [...(entities || [])].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return pieces(text, sorted, 0, text.length, act);
}

function pieces(text, entities, begin, end, act) {
  const nodes = [];
  let at = begin;
  let index = 0;
  while (index < entities.length) {
    const entity = entities[index];
    const stop = Math.min(entity.offset + entity.length, end);
    if (entity.offset > at) nodes.push(text.slice(at, entity.offset));
    let next = index + 1;
    while (next < entities.length && entities[next].offset < stop) next += 1;
    const inner = pieces(text, entities.slice(index + 1, next), Math.max(entity.offset, at), stop, act);
    nodes.push(dressed(entity, text.slice(entity.offset, stop), inner, act));
    at = stop;
    index = next;
    // The line break after a block stands in the text, and the block brings its own.
    if (isBlock(entity) && text[at] === "\n") at += 1;
  }
  if (at < end) nodes.push(text.slice(at, end));
  return nodes;
}

const isBlock = (entity) => /^(pre|blockquote|expandable_blockquote)$/.test(entity.type);

function dressed(entity, covered, inner, act) {
  if (entity.type === "expandable_blockquote") return folding(inner);
  if (TAGS[entity.type]) return h(TAGS[entity.type], {}, inner);
  if (entity.type === "spoiler") return spoiler(inner);
  if (entity.type === "bot_command") return tappable("command", covered, inner, act);
  if (entity.type === "mention") return tappable("mention", covered, inner, act);
  const url = entity.type === "text_link" ? entity.url : covered;
  if (entity.type === "text_link" || entity.type === "url") return link(url, inner, act);
  return h("span", { class: entity.type === "hashtag" ? "tag" : null }, inner);
}

function spoiler(inner) {
  const reveal = (event) => {
    if (event.type === "keydown" && !["Enter", " "].includes(event.key)) return;
    event.currentTarget.classList.add("open");
    event.preventDefault();
  };
  return h("span", { class: "spoiler", role: "button", tabindex: "0", "aria-label": say("hidden"), onclick: reveal, onkeydown: reveal }, inner);
}

// A quotation that folds: its first lines, and the rest when it is tapped.
function folding(inner) {
  const turn = (event) => event.currentTarget.classList.toggle("open");
  return h("blockquote", { class: "folding", onclick: turn }, inner);
}

function tappable(kind, covered, inner, act) {
  return h("button", { type: "button", class: "inline-link", onclick: () => act(kind, covered) }, inner);
}

function link(url, inner, act) {
  const href = safeUrl(url);
  if (href === null) return h("span", { class: "tag" }, inner);
  const tap = (event) => { if (act("link", href)) event.preventDefault(); };
  return h("a", { href, target: "_blank", rel: "noopener noreferrer", onclick: tap }, inner);
}

// A few clauses, ended as verses end, or one line of a couplet. A message with two such lines is
// set as a poem; numbered lines make it a list, and signs to be copied a piece of advice.
const VERSE = /^\s*(?:(?:\p{Script=Han}{1,9}[，。？！；、]){1,5}|[上下][联聯]：\p{Script=Han}{5,7})\s*$/u;
const NUMBERED = /^\s*\d+[.、]/;

export function looksLikePoem(text, entities = []) {
  if (entities.some((each) => each.type === "code")) return false;
  const lines = text.split("\n");
  return lines.filter((line) => VERSE.test(line)).length >= 2 && !lines.some((line) => NUMBERED.test(line));
}
