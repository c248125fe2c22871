// The chat page: who one is, which chat is open, what happens in it.

import { get, listen, post } from "./api.js";
import { startComposer } from "./composer.js";
import { $, avatar, clock, dressAvatar, h } from "./dom.js";
import { bubbleRow, dayKey, daySeparator, summary } from "./messages.js";
import { toast, toggleSheet } from "./overlays.js";
import { languageOf, say, speak } from "./words.js";

const state = {
  bot: null, users: [], chats: [], descriptions: {},
  me: null, chat: null, thread: null,
  messages: new Map(), // message id → message of the open chat
  unread: new Map(), // chat id → number
  waiting: new Map(), // query id → the pressed button
  earlyAnswers: new Map(), // query id → an answer that came before its button was noted
  typing: null,
};

const NEAR_END = 120; // pixels from the end within which new messages scroll into view
const PATIENCE = 15000; // milliseconds a pressed button waits

// ── Starting ───────────────────────────────────────────────────────────────────────────────

async function load() {
  Object.assign(state, await get("state"));
  const [me, chat, thread] = location.hash.slice(1).split("/").map(Number);
  state.me = state.users.find((user) => user.id === (me || state.me?.id)) || state.users[0];
  const open = chat || state.chat?.id || state.me.id;
  state.chat = myChats().find((each) => each.id === open) || myChats()[0];
  state.thread = state.chat.is_forum ? thread || state.thread : null;
  document.body.classList.remove("lost");
  await showChat();
}

const myChats = () => state.chats.filter((chat) => chat.members.includes(state.me.id) && !chat.migrated_to);

const composer = startComposer({ state, send, act });

// ── Choosing who and where ─────────────────────────────────────────────────────────────────

async function become(user) {
  const stays = state.chat.type !== "private" && state.chat.members.includes(user.id);
  state.me = user;
  await openChat(stays ? state.chat : state.chats.find((chat) => chat.id === user.id), { keepScreen: true });
}

async function openChat(chat, { keepScreen = false } = {}) {
  composer.leave();
  state.chat = chat;
  state.thread = null;
  if (!keepScreen) $("app").dataset.screen = "chat";
  await showChat();
}

async function showChat() {
  speak(languageOf(state.me.language_code));
  history.replaceState(null, "", `#${state.me.id}/${state.chat.id}${state.thread ? `/${state.thread}` : ""}`);
  const asked = state.chat.id;
  const { chat, messages } = await get(`chats/${asked}/messages`);
  if (state.chat.id !== asked) return; // another chat was opened meanwhile
  replaceChat(chat);
  state.messages = new Map(messages.map((message) => [message.message_id, message]));
  state.unread.delete(asked);
  state.typing = null;
  drawSide();
  drawHead();
  drawMessages();
  await composer.enter();
}

function replaceChat(chat) {
  state.chats = state.chats.map((each) => (each.id === chat.id ? chat : each));
  if (!state.chats.includes(chat)) state.chats.push(chat);
  if (state.chat.id === chat.id) state.chat = chat;
}

const chatName = (chat) => (chat.type === "private" ? state.bot.first_name : chat.title);

// ── Drawing ────────────────────────────────────────────────────────────────────────────────

function drawSide() {
  $("side-note").textContent = say("note");
  $("side-foot").textContent = say("foot");
  $("who").setAttribute("aria-label", say("who"));
  $("who").replaceChildren(...state.users.map(identity));
  $("chats").replaceChildren(...myChats().map(chatItem));
}

function identity(user) {
  const mine = user.id === state.me.id;
  return h("button", {
    type: "button", role: "radio", "aria-checked": String(mine), class: "person",
    "data-testid": "identity", "data-user-id": user.id, onclick: () => become(user),
  }, avatar(user.id, user.first_name), h("span", {}, user.first_name));
}

function chatItem(chat) {
  const bot = chat.type === "private";
  const last = chat.last_message;
  const unread = state.unread.get(chat.id);
  return h("button", {
    type: "button", class: "chat-item", "aria-current": chat.id === state.chat.id ? "true" : null,
    "data-testid": "chat-item", "data-chat-id": chat.id, onclick: () => openChat(chat),
  },
    avatar(chat.id, chatName(chat), { bot }),
    h("span", { class: "chat-lines" },
      h("span", { class: "chat-top" }, h("strong", {}, chatName(chat)), last ? h("time", {}, clock(last.date)) : null),
      h("span", { class: "chat-last" }, h("span", {}, last ? summary(last) : `@${state.bot.username}`),
        unread ? h("b", { "aria-label": say("new", unread) }, String(unread)) : null)));
}

function drawHead() {
  const chat = state.chat;
  $("head-name").textContent = chatName(chat);
  dressAvatar($("head-avatar"), chat.id, chatName(chat), { bot: chat.type === "private" });
  for (const [id, key] of [["back", "back"], ["more", "more"]]) {
    $(id).setAttribute("aria-label", say(key));
    $(id).title = say(key);
  }
  $("to-end").setAttribute("aria-label", say("to_end"));
  document.title = `${chatName(chat)} · ${state.me.first_name}`;
  drawStatus();
  drawTopics();
}

function drawStatus() {
  const status = $("head-status");
  status.classList.toggle("busy", state.typing !== null);
  status.textContent = state.typing ? say(state.typing) : restingStatus();
}

function restingStatus() {
  const chat = state.chat;
  if (chat.type === "private") return chat.bot_status === "kicked" ? say("blocked") : `${say("bot")} · ${say("you", state.me.first_name)}`;
  const here = chat.bot_status === "member" || chat.bot_status === "administrator";
  return `${here ? say("members", chat.members.length + 1) : say("left")} · ${say("you", state.me.first_name)}`;
}

function drawTopics() {
  const names = Object.entries(state.chat.topics || {});
  $("topics").hidden = names.length === 0;
  const tab = (thread, name) => h("button", {
    type: "button", role: "tab", "aria-selected": String(state.thread === thread), "data-testid": "topic",
    onclick: () => { state.thread = thread; showChat(); },
  }, name);
  $("topics").replaceChildren(tab(null, "General"), ...names.map(([id, name]) => tab(Number(id), name)));
}

function shownMessages() {
  const all = [...state.messages.values()].sort((a, b) => a.message_id - b.message_id);
  if (!state.chat.is_forum) return all;
  return all.filter((message) => (message.message_thread_id || null) === state.thread);
}

function drawMessages() {
  const shown = shownMessages();
  const nodes = [];
  shown.forEach((message, at) => {
    const before = shown[at - 1];
    if (!before || dayKey(before.date) !== dayKey(message.date)) nodes.push(daySeparator(message.date));
    nodes.push(row(message, before, shown[at + 1]));
  });
  $("messages").replaceChildren(...nodes);
  drawEmpty(shown.length === 0);
  toEnd();
}

function row(message, before, after) {
  const element = bubbleRow(message, { me: state.me, bot: state.bot, chat: state.chat }, act);
  const joined = (other) => other && other.from.id === message.from.id
    && Math.abs(other.date - message.date) < 300 && dayKey(other.date) === dayKey(message.date);
  element.classList.toggle("joined", Boolean(joined(before) && !before.reply_markup));
  element.classList.toggle("goes-on", Boolean(joined(after) && !message.reply_markup));
  return element;
}

function drawOne(message) {
  const shown = shownMessages();
  const at = shown.indexOf(message);
  if (at < 0) return;
  const keepEnd = nearEnd() || message.from.id === state.me.id;
  const old = $("messages").querySelector(`[data-message-id="${message.message_id}"]`);
  const fresh = row(message, shown[at - 1], shown[at + 1]);
  if (old) old.replaceWith(fresh);
  else {
    const before = shown[at - 1];
    if (!before || dayKey(before.date) !== dayKey(message.date)) $("messages").append(daySeparator(message.date));
    fresh.classList.add("fresh");
    $("messages").append(fresh);
    redress(before, shown[at - 2], message);
  }
  drawEmpty(false);
  if (keepEnd) toEnd();
  else $("to-end").hidden = false;
}

// The tail of the bubble above goes when the same person goes on.
function redress(message, before, after) {
  const old = message && $("messages").querySelector(`[data-message-id="${message.message_id}"]`);
  if (old) old.className = row(message, before, after).className;
}

function drawEmpty(isEmpty) {
  $("empty").hidden = !isEmpty;
  $("messages").hidden = isEmpty;
  if (!isEmpty) return;
  const isPrivate = state.chat.type === "private";
  const described = isPrivate && state.descriptions[state.me.id];
  const hints = isPrivate ? ["/poem 月", "/poem 浣溪沙 秋思", "/couplet 月", "/acrostic 春夏秋冬", "/start"] : ["/poem 月", `/help@${state.bot.username}`];
  $("empty").replaceChildren(
    avatar(state.bot.id, state.bot.first_name, { bot: true }),
    h("h3", {}, say("empty_title")),
    h("p", {}, described || say(isPrivate ? "empty_text" : "empty_group")),
    h("div", { class: "hints" }, hints.map((hint) => h("button", {
      type: "button", class: "hint", "data-testid": "suggestion", onclick: () => send(hint),
    }, hint))));
}

// ── Scrolling ──────────────────────────────────────────────────────────────────────────────

const nearEnd = () => $("scroll").scrollHeight - $("scroll").scrollTop - $("scroll").clientHeight < NEAR_END;

function toEnd() {
  $("scroll").scrollTop = $("scroll").scrollHeight;
  $("to-end").hidden = true;
}

$("to-end").addEventListener("click", toEnd);
$("scroll").addEventListener("scroll", () => { $("to-end").hidden = nearEnd(); });
// Pictures take their room only when they are there.
$("messages").addEventListener("load", () => { if (nearEnd()) toEnd(); }, true);

// ── Doing ──────────────────────────────────────────────────────────────────────────────────

async function send(content) {
  const body = typeof content === "string" ? { text: content } : content;
  const reply = composer.takeReply();
  try {
    await post("messages", {
      chat_id: state.chat.id, user_id: state.me.id, thread_id: state.thread, reply_to: reply, ...body,
    });
  } catch (error) {
    toast(error.message);
  }
}

function act(what, about) {
  const doings = { command, link, mention, reply, jump, view, press };
  return doings[what](about);
}

const command = (text) => { send(text); };
const mention = (name) => { composer.put(`${name} `); };
const reply = (message) => { composer.replyTo(message); };

function link(url) {
  const { hostname, pathname, searchParams } = new URL(url);
  const isBot = hostname === "t.me" && pathname.slice(1).toLowerCase() === state.bot.username.toLowerCase();
  if (!isBot) return false;
  const mine = state.chats.find((chat) => chat.id === state.me.id);
  openChat(mine).then(() => send(`/start ${searchParams.get("start") || ""}`.trim()));
  return true;
}

function jump(message) {
  const found = $("messages").querySelector(`[data-message-id="${message.message_id}"]`);
  found?.scrollIntoView({ block: "center", behavior: "smooth" });
  found?.classList.add("flash");
  setTimeout(() => found?.classList.remove("flash"), 1200);
}

function view(source) {
  $("viewer-image").src = source;
  $("viewer").showModal();
}

$("viewer").addEventListener("click", () => $("viewer").close());

async function press({ message, button, element }) {
  if (button.copy_text) {
    await navigator.clipboard?.writeText(button.copy_text.text).catch(() => {});
    toast(say("copied"));
  } else if (button.switch_inline_query_current_chat !== undefined) {
    composer.put(`@${state.bot.username} ${button.switch_inline_query_current_chat}`);
  } else if (button.switch_inline_query !== undefined || button.switch_inline_query_chosen_chat) {
    const query = button.switch_inline_query ?? button.switch_inline_query_chosen_chat.query ?? "";
    pickChat(`@${state.bot.username} ${query}`);
  } else if (button.callback_data) {
    await pressData(message, button, element);
  }
}

async function pressData(message, button, element) {
  element.classList.add("busy");
  element.setAttribute("aria-busy", "true");
  const key = { message_id: message.message_id, data: button.callback_data };
  try {
    const { query_id: id } = await post("callbacks", {
      chat_id: message.chat.id, message_id: message.message_id, user_id: state.me.id, button: button.callback_data,
    });
    state.waiting.set(id, key);
    setTimeout(() => { if (state.waiting.delete(id)) { rest(key); toast(say("no_answer")); } }, PATIENCE);
    if (state.earlyAnswers.has(id)) answered(id, state.earlyAnswers.get(id));
  } catch (error) {
    rest(key);
    toast(error.message);
  }
}

// The button may have been drawn anew meanwhile, so it is looked for.
function rest(key) {
  for (const element of $("messages").querySelectorAll(`[data-message-id="${key.message_id}"] .key.busy`)) {
    element.classList.remove("busy");
    element.removeAttribute("aria-busy");
  }
}

function answered(id, answer) {
  const key = state.waiting.get(id);
  if (!key) {
    state.earlyAnswers.set(id, answer);
    return;
  }
  state.waiting.delete(id);
  state.earlyAnswers.delete(id);
  rest(key);
  if (answer.url && !link(answer.url)) window.open(answer.url, "_blank", "noopener");
  if (!answer.text) return;
  if (!answer.show_alert) return toast(answer.text);
  $("alert-text").textContent = answer.text;
  $("alert").showModal();
}

function pickChat(text) {
  $("picker-title").textContent = say("choose");
  $("picker-chats").replaceChildren(...myChats().map((chat) => h("button", {
    type: "button", class: "chat-item", onclick: () => { $("picker").close(); openChat(chat).then(() => composer.put(text)); },
  }, avatar(chat.id, chatName(chat), { bot: chat.type === "private" }), h("strong", {}, chatName(chat)))));
  $("picker").showModal();
}

// ── The menu of the chat ───────────────────────────────────────────────────────────────────

function menuItems() {
  const { chat, me } = state;
  const items = [[say("window"), () => window.open(`/#${me.id}/${chat.id}`, "_blank", "noopener,width=420,height=860")]];
  if (chat.type === "private") {
    const blocked = chat.bot_status === "kicked";
    items.push([say(blocked ? "unblock" : "block"), () => post(`users/${me.id}/${blocked ? "unblock" : "block"}`)]);
    return items;
  }
  const here = chat.bot_status === "member" || chat.bot_status === "administrator";
  items.push([say(here ? "remove_bot" : "add_bot"), () => post(`chats/${chat.id}/bot`, { user_id: me.id, status: here ? "kicked" : "member" })]);
  if (chat.type === "group") items.push([say("migrate"), migrate]);
  return items;
}

async function migrate() {
  const { chat } = await post(`chats/${state.chat.id}/migrate`);
  await refreshChats();
  await openChat(state.chats.find((each) => each.id === chat.id));
}

$("more").addEventListener("click", () => toggleSheet($("more"), $("more-sheet"), menuItems()));
$("back").addEventListener("click", () => { $("app").dataset.screen = "chats"; });

// ── What happens ───────────────────────────────────────────────────────────────────────────

let typingTimer = 0;
function showTyping(key) {
  state.typing = key;
  clearTimeout(typingTimer);
  if (key) typingTimer = setTimeout(() => showTyping(null), 5000);
  drawStatus();
}

const ACTIONS = { upload_photo: "photo_action", upload_document: "file_action" };

function happened(event) {
  if (!state.chat) return; // what comes before the first load is among what it fetches
  const here = event.chat_id === state.chat?.id;
  if (event.event === "message") gotMessage(event.message, here);
  else if (event.event === "deleted" && here) { state.messages.delete(event.message_id); drawMessages(); }
  else if (event.event === "chat_action" && here) showTyping(ACTIONS[event.action] || "typing");
  else if (event.event === "callback_answer" && event.user_id === state.me.id) answered(event.query_id, event.answer);
  else if (event.event === "inline_answer" && event.user_id === state.me.id) composer.inlineAnswer(event.query_id, event.answer);
  else if (event.event === "keyboard" && here) { state.chat.keyboards = event.keyboards; composer.drawKeys(); }
  else if (event.event === "commands") composer.enter();
  else if (event.event === "chat" || event.event === "bot") refreshChats();
}

function gotMessage(message, here) {
  const chat = state.chats.find((each) => each.id === message.chat.id);
  if (!chat) return;
  if (!chat.last_message || message.message_id >= chat.last_message.message_id) chat.last_message = message;
  if (here) {
    state.messages.set(message.message_id, message);
    if (message.from.is_bot) showTyping(null);
    drawOne(message);
  } else if (!message.edit_date) {
    state.unread.set(chat.id, (state.unread.get(chat.id) || 0) + 1);
  }
  drawSide();
}

async function refreshChats() {
  const fresh = await get("state");
  Object.assign(state, { bot: fresh.bot, users: fresh.users, chats: fresh.chats, descriptions: fresh.descriptions });
  state.chat = state.chats.find((chat) => chat.id === state.chat.id) || state.chats[0];
  drawSide();
  drawHead();
  drawEmpty(shownMessages().length === 0);
  composer.drawState();
}

window.addEventListener("hashchange", load);
listen({ onOpen: load, onEvent: happened, onLost: () => { document.body.classList.add("lost"); toast(say("lost")); } });
