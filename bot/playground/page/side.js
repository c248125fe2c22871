// The list at the side: who one is, and their chats.

import { post } from "./api.js";
import { $, avatar, clock, h, icon } from "./dom.js";
import { summary } from "./messages.js";
import { closeDialog, dialog, rove, toast } from "./overlays.js";
import { chooseTheme, isDark } from "./theme.js";
import { chatName, myChats, state } from "./state.js";
import { say } from "./words.js";

export function startSide({ become, load, openChat, toggleSplit }) {
  rove($("who"), "button", { back: "ArrowLeft", on: "ArrowRight" });
  rove($("chats"), "button");
  $("split").addEventListener("click", toggleSplit);
  $("theme").addEventListener("click", () => {
    chooseTheme(isDark() ? "light" : "dark");
    drawTools();
    toast(say(isDark() ? "now_dark" : "now_light"));
  });

  // Alt with a figure: another person; Alt with an arrow: another chat.
  document.addEventListener("keydown", (event) => {
    if (!event.altKey || event.ctrlKey || event.metaKey) return;
    const user = state.users[Number(event.code.replace("Digit", "")) - 1];
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!user && !step) return;
    event.preventDefault();
    if (user) become(user);
    else openChat(beside(step));
  });

  function beside(step) {
    const chats = myChats();
    const at = chats.findIndex((chat) => chat.id === state.chat.id);
    return chats[(at + step + chats.length) % chats.length];
  }

  function draw() {
    const focused = document.activeElement?.dataset;
    $("side-note").textContent = say("note");
    $("side-foot").textContent = say("foot");
    $("side").setAttribute("aria-label", say("chats"));
    $("who").setAttribute("aria-label", say("who"));
    $("who").replaceChildren(...state.users.map(identity), newcomer());
    $("chats").replaceChildren(...myChats().map(chatItem));
    drawTools();
    // Whoever was on one of them stays there.
    if (focused?.userId) $("who").querySelector(`[data-user-id="${focused.userId}"]`)?.focus();
    if (focused?.testid === "chat-item") $("chats").querySelector(`[data-chat-id="${focused.chatId}"]`)?.focus();
  }

  function drawTools() {
    for (const [id, key] of [["split", "split"], ["theme", isDark() ? "to_light" : "to_dark"]]) {
      $(id).setAttribute("aria-label", say(key));
      $(id).title = say(key);
    }
    $("theme").replaceChildren(icon(isDark() ? "sun" : "moon"));
  }

  function identity(user) {
    const mine = user.id === state.me.id;
    return h("button", {
      type: "button", role: "radio", "aria-checked": String(mine), class: "person", tabindex: mine ? "0" : "-1",
      "data-testid": "identity", "data-user-id": user.id, onclick: () => become(user),
    }, avatar(user.id, user.first_name), h("span", {}, user.first_name));
  }

  function newcomer() {
    return h("button", { type: "button", class: "person", tabindex: "-1", "data-testid": "newcomer", onclick: askNewcomer },
      h("span", { class: "avatar plus", "aria-hidden": "true" }, "＋"), h("span", {}, say("newcomer")));
  }

  function askNewcomer() {
    const name = h("input", { type: "text", required: true, maxlength: "32", placeholder: say("name"), "aria-label": say("name"), "data-testid": "newcomer-name" });
    const language = h("select", { "aria-label": say("language"), "data-testid": "newcomer-language" },
      [["zh-hans", "简体中文"], ["zh-hant", "繁體中文"], ["en", "English"]].map(([code, word]) => h("option", { value: code }, word)));
    const join = async (event) => {
      event.preventDefault();
      const id = Math.max(...state.users.map((user) => user.id)) + 1;
      closeDialog();
      await post("users", { id, first_name: name.value, username: `guest_${id}`, language_code: language.value, started: false });
      await load();
      await become(state.users.find((user) => user.id === id));
    };
    dialog(say("newcomer"), h("form", { class: "figures", onsubmit: join }, name, language, h("button", { type: "submit", class: "do" }, say("join"))));
    name.focus();
  }

  function chatItem(chat) {
    const bot = chat.type === "private";
    const open = chat.id === state.chat.id;
    const last = chat.last_message;
    const unread = state.unread.get(chat.id);
    return h("button", {
      type: "button", class: "chat-item", "aria-current": open ? "true" : null, tabindex: open ? "0" : "-1",
      "data-testid": "chat-item", "data-chat-id": chat.id, onclick: () => openChat(chat),
    },
      avatar(chat.id, chatName(chat), { bot }),
      h("span", { class: "chat-lines" },
        h("span", { class: "chat-top" }, h("strong", {}, chatName(chat)), last ? h("time", {}, clock(last.date)) : null),
        h("span", { class: "chat-last" }, h("span", {}, last ? lastWords(chat, last) : `@${state.bot.username}`),
          unread ? h("b", { "aria-label": say("new", unread) }, String(unread)) : null)));
  }

  const lastWords = (chat, last) => (chat.type === "private" ? summary(last) : `${last.from.first_name}: ${summary(last)}`);

  return { draw };
}
