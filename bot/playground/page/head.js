// The head of the chat: its name, what the bot does, topics, what is pinned, and the menus.

import { get, post } from "./api.js";
import { $, avatar, dressAvatar, h } from "./dom.js";
import { senderOf, summary } from "./messages.js";
import { dialog, rove, toast, toggleSheet } from "./overlays.js";
import { chatName, isPresent, rules, state, writeAddress } from "./state.js";
import { chooseTheme, theme } from "./theme.js";
import { say } from "./words.js";

const CALLS = 50; // of the bot, shown in the list of them

export function startHead({ become, openChat, openTopic, refresh, doings, act }) {
  $("back").addEventListener("click", () => {
    $("app").dataset.screen = "chats";
    document.querySelector("[data-testid=chat-item][aria-current]")?.focus();
  });
  $("more").addEventListener("click", () => toggleSheet($("more"), $("more-sheet"), menuItems()));
  $("me").addEventListener("click", () => toggleSheet($("me"), $("me-sheet"), state.users.map(
    (user) => [user.first_name, () => become(user), { checked: user.id === state.me.id }])));
  rove($("topics"), "button", { back: "ArrowLeft", on: "ArrowRight" });

  function draw() {
    const { chat, me } = state;
    $("head-name").textContent = chatName(chat);
    dressAvatar($("head-avatar"), chat.id, chatName(chat), { bot: chat.type === "private" });
    $("me").replaceChildren(avatar(me.id, me.first_name));
    for (const [id, words] of [["back", say("back")], ["more", say("more")], ["me", `${say("you", me.first_name)} · ${say("who")}`], ["to-end", say("to_end")]]) {
      $(id).setAttribute("aria-label", words);
      $(id).title = words;
    }
    $("messages").setAttribute("aria-label", chatName(chat));
    $("second").title = say("split");
    document.title = `${chatName(chat)} · ${me.first_name}`;
    drawStatus();
    drawTopics();
    drawPinned();
  }

  function drawStatus() {
    const status = $("head-status");
    status.classList.toggle("busy", state.typing !== null);
    const who = state.chat.type === "private" ? "" : `${state.bot.first_name} `;
    status.textContent = state.typing ? who + say(state.typing) : restingStatus();
  }

  function restingStatus() {
    const { chat, me, anonymous } = state;
    const you = say("you", anonymous ? chat.title : me.first_name);
    if (chat.type === "private") return chat.bot_status === "kicked" ? say("blocked") : `${say("bot")} · ${you}`;
    return `${isPresent(chat) ? say("members", chat.members.length + 1) : say("left")} · ${you}`;
  }

  function drawTopics() {
    const names = Object.entries(state.chat.topics || {});
    $("topics").hidden = names.length === 0;
    $("topics").setAttribute("aria-label", say("topics"));
    const tab = (thread, name) => h("button", {
      type: "button", role: "tab", "aria-selected": String(state.thread === thread), "data-testid": "topic",
      tabindex: state.thread === thread ? "0" : "-1", onclick: () => openTopic(thread),
    }, name, state.unreadTopics.has(thread) ? h("b", { "aria-label": say("new", state.unreadTopics.get(thread)) }, String(state.unreadTopics.get(thread))) : null);
    $("topics").replaceChildren(tab(null, "General"), ...names.map(([id, name]) => tab(Number(id), name)));
  }

  function drawPinned() {
    const pinned = state.messages.get(state.chat.pinned);
    $("pinned").hidden = !pinned;
    if (!pinned) return;
    $("pinned").onclick = () => act("jump", pinned);
    $("pinned").replaceChildren(h("strong", {}, say("pinned")), h("span", {}, `${senderOf(pinned)}: ${summary(pinned)}`));
  }

  // ── The menu ──

  function menuItems() {
    const { chat, me } = state;
    const mine = chat.type === "private" ? privateItems(chat, me) : groupItems(chat, me);
    return [...mine, [say("window"), openWindow], [say("look"), chooseLook], [say("limits"), chooseLimits], [say("calls"), showCalls], [say("keys"), showKeys]];
  }

  function privateItems(chat, me) {
    const blocked = chat.bot_status === "kicked";
    return [[say(blocked ? "unblock" : "block"), () => post(`users/${me.id}/${blocked ? "unblock" : "block"}`)]];
  }

  function groupItems(chat, me) {
    const here = isPresent(chat);
    const become = (status) => post(`chats/${chat.id}/bot`, { user_id: me.id, status });
    const runs = chat.bot_status === "administrator";
    return [
      [say("member_list"), showMembers],
      rules(chat, me.id) && [say(state.anonymous ? "as_oneself" : "as_group"), turnAnonymous],
      here && rules(chat, me.id) && [say(runs ? "demote_bot" : "promote_bot"), () => become(runs ? "member" : "administrator")],
      [say(here ? "remove_bot" : "add_bot"), () => become(here ? "kicked" : "member")],
      chat.type === "group" && [say("migrate"), migrate],
    ].filter(Boolean);
  }

  const openWindow = () => window.open(`/#${writeAddress()}`, "_blank", "noopener,width=420,height=860");

  function turnAnonymous() {
    state.anonymous = !state.anonymous;
    drawStatus();
  }

  async function migrate() {
    const { chat } = await post(`chats/${state.chat.id}/migrate`);
    await refresh();
    await openChat(state.chats.find((each) => each.id === chat.id));
  }

  // ── Dialogs ──

  function chooseLook() {
    const choice = (name) => h("button", {
      type: "button", class: "chip", "aria-pressed": String(theme() === name), "data-testid": `look-${name}`,
      onclick: () => { chooseTheme(name); chooseLook(); },
    }, say(`look_${name}`));
    dialog(say("look"), h("div", { class: "chips" }, ["auto", "light", "dark"].map(choice)));
  }

  async function chooseLimits() {
    const { limits, refused } = await get("limits");
    const turn = async () => {
      await (limits ? doings.lift() : post("limits"));
      chooseLimits();
    };
    dialog(say("limits"), h("p", {}, say("limits_text")),
      limits ? h("p", { class: "soft" }, say("limits_refused", refused)) : null,
      h("button", { type: "button", class: "do", "data-testid": "turn-limits", onclick: turn }, say(limits ? "limits_off" : "limits_on")));
  }

  function showMembers() {
    const list = h("div", { class: "member-list", "data-testid": "members" }, state.chat.members.map(memberRow));
    const others = state.users.filter((user) => !state.chat.members.includes(user.id));
    const invite = (user) => h("button", { type: "button", class: "chip", onclick: () => changeMember(user.id, "member") }, say("invite", user.first_name));
    dialog(say("member_list"), list, others.length ? h("div", { class: "chips spaced" }, others.map(invite)) : null);
  }

  function memberRow(userId) {
    const { chat, me, users } = state;
    const user = users.find((each) => each.id === userId);
    const status = chat.statuses[userId];
    const runs = status === "administrator";
    const may = chat.statuses[me.id] === "creator" && status !== "creator";
    return h("div", { class: "member-row" }, avatar(user.id, user.first_name),
      h("span", {}, h("strong", {}, user.first_name), h("small", {}, say(status))),
      may ? h("button", { type: "button", class: "chip", onclick: () => changeMember(userId, runs ? "member" : "administrator") }, say(runs ? "demote" : "promote")) : null);
  }

  async function changeMember(userId, status) {
    await post(`chats/${state.chat.id}/members`, { user_id: userId, status, by: state.me.id }).catch((error) => toast(error.message));
    await refresh();
    showMembers();
  }

  async function showCalls() {
    const { requests } = await get("requests");
    const shown = requests.filter((each) => each.method.toLowerCase() !== "getupdates").slice(-CALLS).reverse();
    dialog(say("calls"), h("div", { class: "calls", "data-testid": "calls" }, shown.map((call) => h("details", {},
      h("summary", { class: call.status === 200 ? null : "refused" }, h("b", {}, call.method), ` ${call.status || "…"} ${call.description}`),
      h("pre", {}, JSON.stringify(call.parameters, null, 2))))));
  }

  function showKeys() {
    const keys = say("key_list").map(([key, words]) => h("div", { class: "key-help" }, h("kbd", {}, key), h("span", {}, words)));
    dialog(say("keys"), keys);
  }

  return { draw, drawStatus, drawTopics };
}
