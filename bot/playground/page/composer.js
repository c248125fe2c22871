// The foot of the chat: text field, command menu, inline results, reply keyboard, attachments.

import { get, post } from "./api.js";
import { $, h, icon } from "./dom.js";
import { startInline } from "./inline.js";
import { senderOf, summary } from "./messages.js";
import { rove, toast, toggleSheet } from "./overlays.js";
import { startPanel } from "./panel.js";
import { askPlace } from "./places.js";
import { isPresent, shownKeyboard, shownMessages, state, writeAddress } from "./state.js";
import { say } from "./words.js";

const MAX_HEIGHT = 140; // pixels of the text field

export function startComposer({ send, act, stream }) {
  const input = $("input");
  const panel = startPanel(input);
  const drafts = new Map(); // by who and where
  let place = null; // who and where the field is of; null on the way to another
  let commands = [];
  let reply = null; // the message that is answered
  let edited = null; // the message that is changed
  let folded = false; // the reply keyboard is out of the way
  let asked = null; // the message_id of the keyboard that was shown last

  const inline = startInline({
    panel,
    emptyField: () => { fill(""); panel.close(); },
    openStart: (payload) => act("link", `https://t.me/${state.bot.username}?start=${payload}`),
  });

  const draftKey = () => (state.me ? writeAddress() : "");

  // ── Coming and going ──

  function leave() {
    if (!edited) drafts.set(draftKey(), input.value);
    place = null;
    clearAbout();
    inline.leave();
    panel.close();
  }

  async function enter() {
    const found = await get(`chats/${state.chat.id}/commands?user_id=${state.me.id}`);
    commands = found.commands;
    input.disabled = false; // until now nobody was there to write as
    if (place !== draftKey() && (document.activeElement !== input || !input.value)) fill(drafts.get(draftKey()) || "");
    place = draftKey();
    input.setAttribute("aria-label", say("message"));
    for (const [id, key] of [["send", "send"], ["attach", "attach"], ["menu", "menu"], ["quote-close", "close"], ["fold", "fold"]]) {
      $(id).setAttribute("aria-label", say(key));
      $(id).title = say(key);
    }
    $("menu-label").textContent = say("menu");
    folded = false;
    drawState();
    drawKeys();
    if (matchMedia("(pointer: fine)").matches && document.hasFocus()) input.focus({ preventScroll: true });
  }

  function drawState() {
    const blocked = state.chat.type === "private" && state.chat.bot_status === "kicked";
    $("composer").classList.toggle("blocked", blocked);
    $("restart").hidden = !blocked;
    $("restart").textContent = say("unblock");
    $("menu").hidden = commands.length === 0 || blocked || !isPresent(state.chat);
  }

  $("restart").addEventListener("click", () => post(`users/${state.me.id}/unblock`));

  // ── Typing ──

  function grow() {
    input.style.height = "auto";
    input.style.height = `${Math.min(input.scrollHeight, MAX_HEIGHT)}px`;
    $("composer").classList.toggle("ready", input.value.trim() !== "");
  }

  function fill(text) {
    input.value = text;
    grow();
  }

  function put(text) {
    fill(text);
    input.focus();
    input.setSelectionRange(text.length, text.length);
    typed();
  }

  function typed() {
    grow();
    const query = inline.queryIn(input.value);
    if (query !== null) return inline.typed(query);
    inline.leave();
    const slash = input.value.match(/^\/(\w*)$/);
    if (slash) return showCommands(slash[1].toLowerCase());
    const at = input.value.match(/(?:^|\s)@(\w*)$/);
    return at ? showNames(at[1].toLowerCase()) : panel.close();
  }

  async function submit() {
    const text = input.value;
    if (!text.trim()) return;
    inline.leave();
    panel.close();
    if (edited) return changeEdited(text);
    if (shownKeyboard()?.one_time_keyboard) fold(true);
    return sendWritten(text, text);
  }

  // Sends what stands in the field, alone or with a file. The field is free at once.
  async function sendWritten(text, content) {
    const where = draftKey();
    const answered = reply;
    fill("");
    drafts.delete(where);
    if (!await send(content)) putBack(text, where, answered);
  }

  // What did not arrive is written again, unless other words stand there by now.
  function putBack(text, where, answered) {
    if (where !== place) {
      if (!drafts.get(where)) drafts.set(where, text);
    } else if (!input.value && !edited) {
      fill(text);
      if (answered && !reply) replyTo(answered);
    }
  }

  async function changeEdited(text) {
    const message = edited;
    const where = draftKey();
    clearAbout();
    drafts.delete(where);
    await post("messages/edit", { chat_id: message.chat.id, message_id: message.message_id, user_id: state.me.id, text })
      .catch((error) => {
        toast(error.message);
        if (where === place && !input.value && !edited) edit(message, text);
      });
  }

  input.addEventListener("input", typed);
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return; // an input method is still choosing characters
    if (panel.isOpen() && panel.key(event)) event.preventDefault();
    else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      submit();
    } else if (event.key === "Escape") clearAbout();
    else if (event.key === "ArrowUp" && !event.altKey && !input.value && stream.focusLast()) event.preventDefault();
  });
  $("composer").addEventListener("submit", (event) => { event.preventDefault(); submit(); });

  // ── Commands and names ──

  function showCommands(begin) {
    const found = commands.filter((each) => each.command.startsWith(begin));
    if (found.length === 0) return panel.close();
    return panel.open(found.map(commandItem), { label: say("commands") });
  }

  // Telegram sends a tapped command at once; Tab puts it into the field to be finished.
  function commandItem({ command, description }) {
    return h("button", {
      type: "button", role: "option", class: "command", tabindex: "-1", "data-testid": "command-item", "data-command": command,
      "data-completes": "yes", oncomplete: () => put(`/${command} `),
      onclick: () => { panel.close(); fill(""); send(state.chat.type === "private" ? `/${command}` : `/${command}@${state.bot.username}`); },
    }, h("b", {}, `/${command}`), h("span", {}, description));
  }

  // After "@": the bot, whose inline mode begins so, and in a group its members.
  function showNames(begin) {
    const here = state.chat.type === "private" ? [] : state.users.filter((user) => user.username && user.id !== state.me.id && state.chat.members.includes(user.id));
    const found = [state.bot, ...here].filter((each) => each.username.toLowerCase().startsWith(begin));
    if (found.length === 0) return panel.close();
    return panel.open(found.map(nameItem), { label: say("names") });
  }

  function nameItem(user) {
    const take = () => put(input.value.replace(/@\w*$/, `@${user.username} `));
    return h("button", {
      type: "button", role: "option", class: "command", tabindex: "-1", "data-testid": "name-item", "data-completes": "yes",
      oncomplete: take, onclick: take,
    }, h("b", {}, `@${user.username}`), h("span", {}, user.is_bot ? say("inline_hint") : user.first_name));
  }

  $("menu").addEventListener("click", () => {
    if (panel.isOpen()) panel.close();
    else showCommands("");
    input.focus();
  });

  // ── Answering a message, or changing one's own ──

  function replyTo(message) {
    clearAbout();
    reply = message;
    showAbout(message, senderOf(message));
  }

  function edit(message, text = message.text) {
    clearAbout();
    edited = message;
    showAbout(message, say("edit"));
    put(text);
  }

  function showAbout(message, name) {
    $("quote-text").replaceChildren(h("div", { class: "quote" }, h("strong", {}, name), h("span", {}, summary(message))));
    $("quote-bar").hidden = false;
    input.focus();
  }

  function clearAbout() {
    if (edited) fill("");
    reply = edited = null;
    $("quote-bar").hidden = true;
  }

  function takeReply() {
    const taken = reply?.message_id ?? null;
    clearAbout();
    return taken;
  }

  $("quote-close").addEventListener("click", () => { clearAbout(); input.focus(); });

  // ── The reply keyboard, or the reply that is asked for ──

  function drawKeys() {
    const shown = shownKeyboard();
    if (shown && shown.message_id !== asked) folded = false;
    const rows = shown?.keyboard;
    input.placeholder = shown?.input_field_placeholder || say("message");
    $("fold").hidden = !rows;
    $("fold").setAttribute("aria-pressed", String(!folded));
    $("keys").hidden = !rows || folded;
    $("keys").classList.toggle("small", Boolean(shown?.resize_keyboard));
    $("keys").replaceChildren(...(rows || []).map((row) => h("div", { class: "key-row" }, row.map(replyKey))));
    const message = shownMessages().find((each) => each.message_id === shown?.message_id);
    if (shown?.force_reply && message && shown.message_id !== asked) replyTo(message);
    asked = shown?.message_id ?? null;
  }

  function fold(away) {
    folded = away;
    drawKeys();
  }

  $("fold").addEventListener("click", () => fold(!folded));
  rove($("keys"), "button", { back: "ArrowLeft", on: "ArrowRight" });

  function replyKey(button) {
    const tap = () => {
      if (button.request_location) askPlace(send);
      else send(button.text);
      if (shownKeyboard()?.one_time_keyboard) fold(true);
    };
    return h("button", { type: "button", class: "key", "data-testid": "reply-key", onclick: tap },
      h("span", {}, button.text), button.request_location ? h("i", {}, icon("pin")) : null);
  }

  // ── Attachments ──

  let wanted = "photo";

  function pick(kind, accept) {
    wanted = kind;
    $("file").accept = accept;
    $("file").click();
  }

  $("file").addEventListener("change", async () => {
    const file = $("file").files[0];
    $("file").value = "";
    if (file) await sendFile(file, wanted);
  });

  async function sendFile(file, kind) {
    const bytes = new Uint8Array(await file.arrayBuffer());
    let binary = "";
    for (let at = 0; at < bytes.length; at += 8192) binary += String.fromCharCode(...bytes.subarray(at, at + 8192));
    const caption = input.value;
    await sendWritten(caption, { caption, file: { kind, name: file.name, base64: btoa(binary) } });
  }

  const sendDropped = (file) => sendFile(file, /^image\/(png|jpeg|webp|gif)$/.test(file.type) ? "photo" : "document");

  input.addEventListener("paste", (event) => {
    const [file] = event.clipboardData.files;
    if (file) { event.preventDefault(); sendDropped(file); }
  });
  $("chat").addEventListener("dragover", (event) => event.preventDefault());
  $("chat").addEventListener("drop", (event) => {
    event.preventDefault();
    const [file] = event.dataTransfer.files;
    if (file) sendDropped(file);
  });

  $("attach").addEventListener("click", () => toggleSheet($("attach"), $("attach-sheet"), [
    [say("photo"), () => pick("photo", "image/png,image/jpeg,image/webp,image/gif")],
    [say("document"), () => pick("document", "")],
    [say("sticker"), () => pick("sticker", "image/webp,image/png")],
    [say("voice"), () => send({ caption: "", file: { kind: "voice", name: "voice.ogg", base64: btoa("OggS") } })],
    [say("location"), () => askPlace(send)],
  ]));

  return { enter, leave, put, replyTo, edit, takeReply, drawKeys, drawState, inlineAnswer: inline.answered };
}
