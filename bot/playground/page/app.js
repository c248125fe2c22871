// The chat page: it starts here, and hears here what happens.

import { get, listen } from "./api.js";
import { startComposer } from "./composer.js";
import { startDoings } from "./doings.js";
import { $ } from "./dom.js";
import { startHead } from "./head.js";
import { senderOf, summary } from "./messages.js";
import { announce, toast } from "./overlays.js";
import { drawSplit, isPane, noteAddress, toggleSplit } from "./panes.js";
import { startSide } from "./side.js";
import { isOfBot, isOwn, myChats, readAddress, shownMessages, state } from "./state.js";
import { startStream } from "./stream.js";
import "./theme.js";
import { languageOf, say, speak } from "./words.js";

document.body.classList.toggle("pane", isPane);

const hub = { act: (...about) => doings.act(...about), send: (content) => doings.send(content), become, openChat, openTopic, load, refresh, toggleSplit };
const stream = startStream(hub);
const composer = startComposer({ ...hub, stream });
const doings = startDoings({ ...hub, stream, composer });
const side = startSide(hub);
const head = startHead({ ...hub, doings });

// ── Choosing who and where ─────────────────────────────────────────────────────────────────

async function load() {
  Object.assign(state, await get("state"));
  const { me, chat, thread } = readAddress();
  state.me = state.users.find((user) => user.id === (me || state.me?.id)) || state.users[0];
  const open = chat || state.chat?.id || state.me.id;
  state.chat = myChats().find((each) => each.id === open) || myChats()[0];
  state.thread = state.chat.is_forum ? thread || state.thread : null;
  document.body.classList.remove("lost");
  drawSplit();
  await show();
}

async function become(user) {
  const stays = state.chat.type !== "private" && state.chat.members.includes(user.id);
  composer.leave();
  state.me = user;
  await openChat(stays ? state.chat : state.chats.find((chat) => chat.id === user.id), { keepScreen: true, thread: stays ? state.thread : null });
}

async function openChat(chat, { keepScreen = false, thread = null } = {}) {
  composer.leave();
  if (chat.id !== state.chat.id) state.unreadTopics.clear();
  Object.assign(state, { chat, thread, anonymous: false });
  if (!keepScreen) $("app").dataset.screen = "chat";
  await show();
}

async function openTopic(thread) {
  composer.leave();
  state.thread = thread;
  await show();
}

async function show() {
  speak(languageOf(state.me.language_code));
  noteAddress();
  const asked = state.chat.id;
  const { chat, messages } = await get(`chats/${asked}/messages`);
  if (state.chat.id !== asked) return; // another chat was opened meanwhile
  replaceChat(chat);
  state.messages = new Map(messages.map((message) => [message.message_id, message]));
  state.unread.delete(asked);
  state.unreadTopics.delete(state.thread);
  state.typing = null;
  side.draw();
  head.draw();
  stream.draw();
  await composer.enter();
}

function replaceChat(chat) {
  state.chats = state.chats.map((each) => (each.id === chat.id ? chat : each));
  if (!state.chats.includes(chat)) state.chats.push(chat);
  if (state.chat.id === chat.id) state.chat = chat;
}

async function refresh() {
  Object.assign(state, await get("state"));
  state.me = state.users.find((user) => user.id === state.me.id) || state.users[0];
  const chat = myChats().find((each) => each.id === state.chat.id);
  if (!chat) return openChat(state.chats.find((each) => each.id === state.me.id));
  state.chat = chat;
  side.draw();
  head.draw();
  stream.drawEmpty();
  composer.drawState();
  composer.drawKeys();
  return undefined;
}

// ── What happens ───────────────────────────────────────────────────────────────────────────

const ACTIONS = { upload_photo: "photo_action", upload_document: "file_action", find_location: "place_action", choose_sticker: "sticker_action" };
const TYPING = 5000; // milliseconds that "typing" stays without being said again

let typingTimer = 0;
function showTyping(key) {
  state.typing = key;
  clearTimeout(typingTimer);
  if (key) typingTimer = setTimeout(() => showTyping(null), TYPING);
  head.drawStatus();
}

const heard = {
  message: (event, here) => gotMessage(event.message, here),
  deleted: (event, here) => here && gone(event.message_id),
  chat_action: (event, here) => here && event.thread_id === state.thread && showTyping(ACTIONS[event.action] || "typing"),
  callback_answer: (event) => event.user_id === state.me.id && doings.answered(event.query_id, event.answer),
  inline_answer: (event) => event.user_id === state.me.id && composer.inlineAnswer(event.query_id, event.answer),
  keyboard: (event, here) => here && gotKeyboard(event.keyboards),
  commands: () => composer.enter(),
  chat: refresh,
  bot: refresh,
};

function happened(event) {
  if (!state.chat) return; // what comes before the first load is among what it fetches
  heard[event.event]?.(event, event.chat_id === state.chat.id);
}

function gotMessage(message, here) {
  const chat = state.chats.find((each) => each.id === message.chat.id);
  if (!chat) return;
  const known = here && state.messages.has(message.message_id);
  if (!chat.last_message || message.message_id >= chat.last_message.message_id) chat.last_message = message;
  if (here) {
    tellOf(message);
    state.messages.set(message.message_id, message);
    if (isOfBot(message) && !known) showTyping(null);
    stream.drawOne(message);
    if (!known) countInTopic(message);
  } else if (!message.edit_date) {
    state.unread.set(chat.id, (state.unread.get(chat.id) || 0) + 1);
  }
  side.draw();
}

function countInTopic(message) {
  const thread = message.message_thread_id || null;
  if (!state.chat.is_forum || thread === state.thread) return;
  state.unreadTopics.set(thread, (state.unreadTopics.get(thread) || 0) + 1);
  head.drawTopics();
}

// Said aloud to those who listen: what is new, and what became other words.
function tellOf(message) {
  const before = state.messages.get(message.message_id);
  const words = summary(message);
  if (isOwn(message) || (before && summary(before) === words)) return;
  announce(`${senderOf(message)}${before ? ` (${say("edited")})` : ""}: ${words}`);
}

function gone(messageId) {
  state.messages.delete(messageId);
  if (state.chat.pinned === messageId) refresh();
  stream.draw({ keep: shownMessages().length > 0 });
}

function gotKeyboard(keyboards) {
  state.chat.keyboards = keyboards;
  composer.drawKeys();
}

window.addEventListener("hashchange", load);
listen({ onOpen: load, onEvent: happened, onLost: () => { document.body.classList.add("lost"); toast(say("lost")); } });
