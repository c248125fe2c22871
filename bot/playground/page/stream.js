// The messages of the open chat: drawn, drawn anew, walked through by keys, scrolled.

import { $, avatar, h } from "./dom.js";
import { bubbleRow, dayKey, daySeparator } from "./messages.js";
import { moved } from "./overlays.js";
import { chatName, isOwn, shownMessages, state } from "./state.js";
import { say } from "./words.js";

const NEAR_END = 120; // pixels from the end within which new messages scroll into view
const JOINED = 300; // seconds within which messages of one person stand together

export function startStream({ act, send }) {
  const list = $("messages");
  const scroll = $("scroll");

  const nearEnd = () => scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < NEAR_END;
  const rowOf = (id) => list.querySelector(`[data-message-id="${id}"], [data-others~="${id}"]`);
  const rows = () => [...list.querySelectorAll(".row")];

  let atEnd = true; // before the stream was made narrower or lower

  function toEnd() {
    atEnd = true;
    scroll.scrollTop = scroll.scrollHeight;
    $("to-end").hidden = true;
  }

  // ── Which of them Tab reaches ──

  // Of all messages Tab reaches one, the last or the one walked to, and what is in it.
  let current = null;
  const inside = (element) => element.querySelectorAll("button:not(.quote, .reply), a, [role=button]");

  function reach(element) {
    if (current) hide(current);
    current = element?.isConnected ? element : rows().at(-1) || null;
    if (!current) return;
    current.tabIndex = 0;
    for (const each of inside(current)) each.tabIndex = 0;
  }

  function hide(element) {
    element.tabIndex = -1;
    for (const each of inside(element)) each.tabIndex = -1;
  }

  list.addEventListener("focusin", (event) => {
    const at = event.target.closest(".row");
    if (at && at !== current) reach(at);
  });

  // ── Drawing ──

  // Pictures sent together are one row.
  function groups(messages) {
    const found = [];
    for (const message of messages) {
      const last = found.at(-1);
      if (message.media_group_id && last?.[0].media_group_id === message.media_group_id) last.push(message);
      else found.push([message]);
    }
    return found;
  }

  function draw({ keep = false } = {}) {
    const place = scroll.scrollTop;
    const shown = groups(shownMessages());
    const nodes = [];
    shown.forEach((group, at) => {
      const before = shown[at - 1];
      if (!before || dayKey(before[0].date) !== dayKey(group[0].date)) nodes.push(daySeparator(group[0].date));
      nodes.push(row(group, before, shown[at + 1]));
    });
    list.replaceChildren(...nodes);
    reach(null);
    drawEmpty();
    if (keep) scroll.scrollTop = place;
    else toEnd();
  }

  function row(group, before, after) {
    const element = bubbleRow(group, act);
    const [message] = group;
    const joined = (other) => other && !isService(other[0]) && other[0].from.id === message.from.id
      && Math.abs(other[0].date - message.date) < JOINED && dayKey(other[0].date) === dayKey(message.date);
    element.classList.toggle("joined", Boolean(joined(before) && !before[0].reply_markup));
    element.classList.toggle("goes-on", Boolean(joined(after) && !message.reply_markup));
    hide(element);
    return element;
  }

  const isService = (message) => !["text", "photo", "document", "location", "sticker", "voice"].some((kind) => kind in message);

  // A message that came or was changed.
  function drawOne(message) {
    const shown = groups(shownMessages());
    const at = shown.findIndex((group) => group.includes(message));
    if (at < 0) return;
    const keepEnd = nearEnd() || isOwn(message);
    const old = rowOf(message.message_id) || rowOf(shown[at][0].message_id);
    const fresh = row(shown[at], shown[at - 1], shown[at + 1]);
    if (old) replace(old, fresh);
    else append(fresh, shown[at], shown[at - 1], shown[at - 2]);
    if (!list.contains(document.activeElement)) reach(null);
    drawEmpty();
    if (keepEnd) toEnd();
    else if (!old) $("to-end").hidden = false;
  }

  function append(fresh, group, before, beforeThat) {
    if (!before || dayKey(before[0].date) !== dayKey(group[0].date)) list.append(daySeparator(group[0].date));
    fresh.classList.add("fresh");
    list.append(fresh);
    // The tail of the bubble above goes when the same person goes on.
    const above = before && rowOf(before[0].message_id);
    if (above) above.className = row(before, beforeThat, group).className;
  }

  // Whoever was on a button of the old message is on the same button of the new one.
  function replace(old, fresh) {
    const focused = old.contains(document.activeElement) ? document.activeElement : null;
    const data = focused?.dataset.data;
    const at = [...old.querySelectorAll(".key")].indexOf(focused);
    old.replaceWith(fresh);
    if (old === current) reach(fresh);
    if (!focused) return;
    const keys = [...fresh.querySelectorAll(".key")];
    (keys.find((key) => data && key.dataset.data === data) || keys[at] || fresh).focus();
  }

  // ── Nothing said yet ──

  function drawEmpty() {
    const isEmpty = shownMessages().length === 0;
    $("empty").hidden = !isEmpty;
    list.hidden = isEmpty;
    if (isEmpty) $("empty").replaceChildren(...(state.chat.type === "private" ? welcome() : groupWelcome()));
  }

  function welcome() {
    const described = state.descriptions[state.me.id];
    const start = h("button", { type: "button", class: "do", "data-testid": "start", onclick: () => send("/start") }, say("start"));
    return [face(), h("h3", {}, say("empty_title")), h("p", {}, described || say("empty_text")), start,
      hints(["/poem 月", "/poem 浣溪沙 秋思", "/couplet 月", "/acrostic 春夏秋冬"])];
  }

  const groupWelcome = () => [face(), h("h3", {}, state.chat.title), h("p", {}, say("empty_group")),
    hints(["/poem 月", `/help@${state.bot.username}`])];

  const face = () => avatar(state.chat.id, chatName(state.chat), { bot: true });

  const hints = (texts) => h("div", { class: "hints" }, texts.map((hint) => h("button", {
    type: "button", class: "hint", "data-testid": "suggestion", onclick: () => send(hint),
  }, hint)));

  // ── Walking through by keys ──

  function focusLast() {
    rows().at(-1)?.focus();
    return rows().length > 0;
  }

  list.addEventListener("keydown", (event) => {
    const at = event.target.closest(".row");
    if (!at) return;
    if (event.target === at) rowKey(event, at);
    else if (event.target.classList.contains("key")) buttonKey(event, event.target);
    if (event.key === "Escape") { event.preventDefault(); $("input").focus(); }
  });

  function rowKey(event, at) {
    const message = state.messages.get(Number(at.dataset.messageId));
    if (moved(event, rows())) event.preventDefault();
    else if (event.key === "Enter") enterRow(event, at);
    else if (event.key === "r" && !event.ctrlKey && !event.metaKey) { event.preventDefault(); act("reply", message); }
  }

  function enterRow(event, at) {
    event.preventDefault();
    at.querySelector(".key, .photo, .document, .text a, .inline-link")?.focus();
  }

  // Arrows move over an inline keyboard as over a grid.
  function buttonKey(event, key) {
    const lines = [...key.closest(".buttons").children].map((line) => [...line.children]);
    const y = lines.findIndex((line) => line.includes(key));
    const x = lines[y].indexOf(key);
    const wanted = {
      ArrowLeft: lines[y][x - 1], ArrowRight: lines[y][x + 1],
      ArrowUp: beside(lines[y - 1], x, lines[y]) || key.closest(".row"), ArrowDown: beside(lines[y + 1], x, lines[y]),
    }[event.key];
    if (!(event.key.startsWith("Arrow"))) return;
    event.preventDefault();
    event.stopPropagation();
    wanted?.focus();
  }

  const beside = (line, x, from) => line?.[Math.round((x / Math.max(1, from.length - 1)) * (line.length - 1))];

  function jump(message) {
    const found = rowOf(message.message_id);
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    found?.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
    found?.classList.add("flash");
    setTimeout(() => found?.classList.remove("flash"), 1200);
  }

  $("to-end").addEventListener("click", toEnd);

  // ── Made narrower or lower, by a second pane or more lines in the field ──

  let room = "";
  const roomNow = () => `${scroll.clientWidth}/${scroll.clientHeight}`;

  scroll.addEventListener("scroll", () => {
    $("to-end").hidden = nearEnd();
    if (roomNow() === room) atEnd = nearEnd(); // else the browser scrolled, since the room changed
  });
  new ResizeObserver(() => {
    room = roomNow();
    if (atEnd) toEnd();
  }).observe(scroll);

  // Pictures take their room only when they are there.
  list.addEventListener("load", () => { if (nearEnd()) toEnd(); }, true);

  return { draw, drawOne, drawEmpty, focusLast, jump, rowOf, toEnd };
}
