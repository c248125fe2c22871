// What a person does with what they see: writing, pressing, opening links, answering, deleting.

import { fileUrl, post, remove } from "./api.js";
import { $, avatar, h } from "./dom.js";
import { ownLink } from "./links.js";
import { alertBox, closeDialog, dialog, openSheet, rove, toast } from "./overlays.js";
import { chatName, isOwn, isPresent, myChats, rules, state } from "./state.js";
import { say } from "./words.js";

const PATIENCE = 15000; // milliseconds a pressed button waits
const REACTIONS = ["❤", "👍"];

export function startDoings({ stream, composer, openChat }) {
  const waiting = new Map(); // query id → the pressed button
  const earlyAnswers = new Map(); // query id → an answer that came before its button was noted

  // What was sent; undefined where it did not arrive.
  async function send(content) {
    const body = typeof content === "string" ? { text: content } : content;
    return attempt(post("messages", {
      chat_id: state.chat.id, user_id: state.me.id, thread_id: state.thread, reply_to: composer.takeReply(),
      anonymous: state.anonymous, ...body,
    }));
  }

  // What went wrong is shown; the result, or undefined.
  const attempt = (asked) => asked.catch((error) => { toast(error.message); });

  const doings = { command: send, link, mention, reply, jump: stream.jump, view, press, menu };
  const act = (what, about) => doings[what](about);

  function mention(name) { composer.put(`${name} `); }
  function reply(message) { composer.replyTo(message); }

  // ── Links ──

  // True when the link was opened in here.
  function link(url) {
    const found = ownLink(url, state.bot.username);
    if (!found) return url.startsWith("tg:");
    if (found.share !== undefined) pickChat((chat) => openChat(chat).then(() => composer.put(found.share)));
    else if (found.startgroup !== undefined) pickChat((chat) => startInGroup(chat, found.startgroup), (chat) => chat.type !== "private");
    else start(found.start);
    return true;
  }

  function start(payload) {
    openChat(state.chats.find((chat) => chat.id === state.me.id)).then(() => send(`/start ${payload}`.trim()));
  }

  async function startInGroup(chat, payload) {
    if (!isPresent(chat)) await attempt(post(`chats/${chat.id}/bot`, { user_id: state.me.id, status: "member" }));
    await openChat(chat);
    await send(`/start@${state.bot.username} ${payload}`.trim());
  }

  function pickChat(run, wanted = () => true) {
    const list = h("div", { class: "picker", "data-testid": "picker" }, myChats().filter(wanted).map((chat) => h("button", {
      type: "button", class: "chat-item", onclick: () => { closeDialog(); run(chat); },
    }, avatar(chat.id, chatName(chat), { bot: chat.type === "private" }), h("strong", {}, chatName(chat)))));
    rove(list, "button");
    dialog(say("choose"), list);
    list.querySelector("button")?.focus();
  }

  // ── Pictures ──

  function view(message) {
    const album = message.media_group_id
      ? [...state.messages.values()].filter((each) => each.media_group_id === message.media_group_id) : [message];
    let at = Math.max(0, album.findIndex((each) => each.message_id === message.message_id));
    const show = () => {
      $("viewer-image").src = fileUrl(album[at].photo.at(-1).file_id);
      $("viewer-image").alt = album[at].caption || say("photo");
    };
    $("viewer").onkeydown = (event) => {
      const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (!step) return;
      at = (at + step + album.length) % album.length;
      show();
    };
    show();
    $("viewer").showModal();
  }

  // ── Inline buttons ──

  async function press({ message, button, element }) {
    if (button.copy_text) await copy(button.copy_text.text);
    else if (button.switch_inline_query_current_chat !== undefined) composer.put(inlineWords(button.switch_inline_query_current_chat));
    else if (button.switch_inline_query !== undefined || button.switch_inline_query_chosen_chat) {
      const words = inlineWords(button.switch_inline_query ?? button.switch_inline_query_chosen_chat.query ?? "");
      pickChat((chat) => openChat(chat).then(() => composer.put(words)));
    } else if (button.callback_data) await pressData(message, button, element);
  }

  const inlineWords = (query) => `@${state.bot.username} ${query}`;

  async function copy(text) {
    await navigator.clipboard?.writeText(text).catch(() => {});
    toast(say("copied"));
  }

  async function pressData(message, button, element) {
    element.classList.add("busy");
    element.setAttribute("aria-busy", "true");
    const query = await attempt(post("callbacks", {
      chat_id: message.chat.id, message_id: message.message_id, user_id: state.me.id, button: button.callback_data,
    }));
    if (!query) return rest(message.message_id);
    const id = query.query_id;
    waiting.set(id, message.message_id);
    setTimeout(() => { if (waiting.delete(id)) { rest(message.message_id); toast(say("no_answer")); } }, PATIENCE);
    if (earlyAnswers.has(id)) answered(id, earlyAnswers.get(id));
    return undefined;
  }

  // The button may have been drawn anew meanwhile, so it is looked for.
  function rest(messageId) {
    for (const element of stream.rowOf(messageId)?.querySelectorAll(".key.busy") || []) {
      element.classList.remove("busy");
      element.removeAttribute("aria-busy");
    }
  }

  function answered(id, answer) {
    const messageId = waiting.get(id);
    if (messageId === undefined) {
      earlyAnswers.set(id, answer);
      return;
    }
    waiting.delete(id);
    earlyAnswers.delete(id);
    rest(messageId);
    if (answer.url) link(answer.url);
    if (answer.text) (answer.show_alert ? alertBox : toast)(answer.text);
  }

  // ── The menu of a message ──

  function menu({ message, event, row }) {
    event.preventDefault();
    const sheet = $("message-sheet");
    openSheet(sheet, menuItems(message), row);
    place(sheet, event.clientX || row.getBoundingClientRect().left + 60, event.clientY || row.getBoundingClientRect().top + 30);
  }

  function menuItems(message) {
    const words = message.text || message.caption;
    const where = { chat_id: message.chat.id, message_id: message.message_id, user_id: state.me.id };
    const mayDelete = state.chat.type === "private" || isOwn(message) || rules(state.chat, state.me.id);
    const mine = (message.reactions?.[state.me.id] || [])[0]?.emoji;
    return [
      [say("reply"), () => reply(message)],
      words && [say("copy"), () => copy(words)],
      isOwn(message) && message.text && !message.via_bot && [say("edit"), () => composer.edit(message)],
      ...REACTIONS.map((emoji) => [
        `${emoji} ${say(mine === emoji ? "react_not" : "react")}`,
        () => attempt(post("reactions", { ...where, emoji: mine === emoji ? "" : emoji })),
      ]),
      mayDelete && [say("delete"), () => attempt(post("messages/delete", where))],
    ];
  }

  function place(sheet, x, y) {
    const { width, height } = sheet.getBoundingClientRect();
    sheet.style.left = `${Math.max(8, Math.min(x, innerWidth - width - 8))}px`;
    sheet.style.top = `${Math.max(8, Math.min(y, innerHeight - height - 8))}px`;
  }

  const lift = () => remove("limits");

  return { act, send, answered, lift };
}
