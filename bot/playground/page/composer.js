// The foot of the chat: text field, command menu, inline results, reply keyboard, attachments.

import { fileUrl, get, post } from "./api.js";
import { $, h } from "./dom.js";
import { quote } from "./messages.js";
import { toast, toggleSheet } from "./overlays.js";
import { say } from "./words.js";

const INLINE_PAUSE = 300; // milliseconds without typing before an inline query is sent
const MAX_HEIGHT = 140; // pixels of the text field

export function startComposer({ state, send }) {
  const input = $("input");
  const panel = $("panel");
  const drafts = new Map();
  let commands = [];
  let reply = null;
  let inlineId = null;
  let inlineTimer = 0;
  let chosen = -1; // index of the marked item of the panel
  let oneTimeUsed = false;

  const draftKey = () => `${state.me?.id}/${state.chat?.id}`;

  // ── Coming and going ──

  function leave() {
    drafts.set(draftKey(), input.value);
    clearReply();
    closePanel();
  }

  async function enter() {
    const found = await get(`chats/${state.chat.id}/commands?user_id=${state.me.id}`);
    commands = found.commands;
    if (document.activeElement !== input) input.value = drafts.get(draftKey()) || "";
    input.placeholder = state.chat.keyboards[state.me.id]?.input_field_placeholder || say("message");
    input.setAttribute("aria-label", say("message"));
    for (const [id, key] of [["send", "send"], ["attach", "attach"], ["menu", "menu"], ["quote-close", "close"]]) {
      $(id).setAttribute("aria-label", say(key));
      $(id).title = say(key);
    }
    $("menu-label").textContent = say("menu");
    panel.setAttribute("aria-label", say("commands"));
    drawState();
    drawKeys();
    grow();
    if (matchMedia("(pointer: fine)").matches) input.focus({ preventScroll: true });
  }

  function drawState() {
    const blocked = state.chat.type === "private" && state.chat.bot_status === "kicked";
    $("composer").classList.toggle("blocked", blocked);
    $("restart").hidden = !blocked;
    $("restart").textContent = say("unblock");
    $("menu").hidden = commands.length === 0 || blocked;
  }

  $("restart").addEventListener("click", () => post(`users/${state.me.id}/unblock`));

  // ── Typing ──

  function grow() {
    input.style.height = "auto";
    input.style.height = `${Math.min(input.scrollHeight, MAX_HEIGHT)}px`;
    $("composer").classList.toggle("ready", input.value.trim() !== "");
  }

  function put(text) {
    input.value = text;
    input.focus();
    input.setSelectionRange(text.length, text.length);
    typed();
  }

  function typed() {
    grow();
    const text = input.value;
    clearTimeout(inlineTimer);
    inlineId = null;
    const inline = text.match(new RegExp(`^@${state.bot.username}\\s+(.*)$`, "is"));
    const slash = text.match(/^\/(\w*)$/);
    if (inline) inlineTimer = setTimeout(() => askInline(inline[1]), INLINE_PAUSE);
    else if (slash) showCommands(slash[1].toLowerCase());
    else closePanel();
  }

  function submit() {
    const text = input.value;
    if (!text.trim()) return;
    input.value = "";
    drafts.delete(draftKey());
    closePanel();
    grow();
    if (state.chat.keyboards[state.me.id]?.one_time_keyboard) { oneTimeUsed = true; drawKeys(); }
    send(text);
  }

  input.addEventListener("input", typed);
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return; // an input method is still choosing characters
    if (!panel.hidden && panelKey(event)) return event.preventDefault();
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      submit();
    } else if (event.key === "Escape") clearReply();
    return undefined;
  });
  $("composer").addEventListener("submit", (event) => { event.preventDefault(); submit(); });

  // ── The panel: commands or inline results ──

  function showCommands(begin) {
    const found = commands.filter((each) => each.command.startsWith(begin));
    if (found.length === 0) return closePanel();
    return openPanel(found.map((each) => h("button", {
      type: "button", role: "option", class: "command", "data-testid": "command-item", "data-command": each.command,
      onclick: () => { closePanel(); take(each.command); },
    }, h("b", {}, `/${each.command}`), h("span", {}, each.description))));
  }

  // Telegram sends a tapped command at once; Tab puts it into the field to be finished.
  function take(name) {
    input.value = "";
    grow();
    send(state.chat.type === "private" ? `/${name}` : `/${name}@${state.bot.username}`);
  }

  function openPanel(items) {
    chosen = -1;
    panel.replaceChildren(...items);
    panel.hidden = false;
    panel.scrollTop = 0;
    input.setAttribute("aria-expanded", "true");
    $("menu").setAttribute("aria-expanded", "true");
  }

  function closePanel() {
    panel.hidden = true;
    panel.replaceChildren();
    chosen = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
    $("menu").setAttribute("aria-expanded", "false");
  }

  function panelKey(event) {
    const items = [...panel.querySelectorAll("[role=option]")];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && items.length) {
      chosen = (chosen + step + items.length) % items.length;
      mark(items);
      return true;
    }
    if (event.key === "Escape") { closePanel(); return true; }
    if (event.key === "Tab" && items.length && items[0].dataset.command) {
      put(`/${items[Math.max(chosen, 0)].dataset.command} `);
      return true;
    }
    if (event.key === "Enter" && chosen >= 0) { items[chosen].click(); return true; }
    return false;
  }

  function mark(items) {
    items.forEach((item, at) => {
      item.id = `option-${at}`;
      item.setAttribute("aria-selected", String(at === chosen));
    });
    items[chosen].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", `option-${chosen}`);
  }

  $("menu").addEventListener("click", () => (panel.hidden ? showCommands("") : closePanel()));
  document.addEventListener("click", (event) => {
    if (!panel.hidden && !event.target.closest(".foot")) closePanel();
  });

  // ── Inline mode ──

  async function askInline(query) {
    try {
      inlineId = (await post("inline_queries", { user_id: state.me.id, query })).query_id;
      const { answer } = await get(`inline_queries/${inlineId}`);
      if (answer) inlineAnswer(inlineId, answer);
    } catch (error) {
      toast(error.message);
    }
  }

  function inlineAnswer(id, answer) {
    if (id !== inlineId) return;
    const items = answer.results.map((result) => inlineItem(id, result));
    openPanel(items.length ? items : [h("p", { class: "nothing" }, say("no_results"))]);
  }

  function inlineItem(id, result) {
    const picture = result.photo_file_id ? fileUrl(result.photo_file_id) : null;
    return h("button", {
      type: "button", role: "option", class: "result", "data-testid": "inline-result", "data-result-id": result.id,
      onclick: () => choose(id, result),
    },
      picture ? h("img", { src: picture, alt: "" }) : h("span", { class: "result-mark", "aria-hidden": "true" }, [...(result.title || "诗")][0]),
      h("span", { class: "result-text" }, h("b", {}, result.title || ""), h("span", {}, result.description || result.sent?.text || "")));
  }

  async function choose(id, result) {
    input.value = "";
    closePanel();
    grow();
    try {
      await post("inline_results", { query_id: id, result_id: result.id, chat_id: state.chat.id });
    } catch (error) {
      toast(error.message);
    }
  }

  // ── Answering a message ──

  function replyTo(message) {
    reply = message.message_id;
    $("quote-text").replaceChildren(quote(message));
    $("quote-bar").hidden = false;
    input.focus();
  }

  function clearReply() {
    reply = null;
    $("quote-bar").hidden = true;
  }

  function takeReply() {
    const taken = reply;
    clearReply();
    return taken;
  }

  $("quote-close").addEventListener("click", clearReply);

  // ── The reply keyboard ──

  function drawKeys() {
    const rows = oneTimeUsed ? null : state.chat.keyboards[state.me.id]?.keyboard;
    $("keys").hidden = !rows;
    $("keys").replaceChildren(...(rows || []).map((row) => h("div", { class: "key-row" }, row.map(replyKey))));
    oneTimeUsed = false;
  }

  function replyKey(button) {
    const tap = () => (button.request_location ? sendPlace() : send(button.text));
    return h("button", { type: "button", class: "key", "data-testid": "reply-key", onclick: tap }, button.text);
  }

  // ── Attachments ──

  const sendPlace = () => send({ location: { latitude: 31.2304, longitude: 121.4737 } });
  let wanted = "photo";

  function pick(kind, accept) {
    wanted = kind;
    $("file").accept = accept;
    $("file").click();
  }

  $("file").addEventListener("change", async () => {
    const file = $("file").files[0];
    $("file").value = "";
    if (!file) return;
    const bytes = new Uint8Array(await file.arrayBuffer());
    let binary = "";
    for (let at = 0; at < bytes.length; at += 8192) binary += String.fromCharCode(...bytes.subarray(at, at + 8192));
    const caption = input.value;
    input.value = "";
    grow();
    send({ caption, file: { kind: wanted, name: file.name, base64: btoa(binary) } });
  });

  $("attach").addEventListener("click", () => toggleSheet($("attach"), $("attach-sheet"), [
    [say("photo"), () => pick("photo", "image/png,image/jpeg,image/webp,image/gif")],
    [say("document"), () => pick("document", "")],
    [say("sticker"), () => pick("sticker", "image/webp,image/png")],
    [say("location"), sendPlace],
  ]));

  return { enter, leave, put, replyTo, takeReply, drawKeys, drawState, inlineAnswer };
}
