// What the page knows: who one is, which chat is open, what stands in it.

export const state = {
  bot: null, users: [], chats: [], descriptions: {},
  me: null, chat: null, thread: null,
  anonymous: false, // one writes as the group
  messages: new Map(), // message id → message of the open chat
  unread: new Map(), // chat id → number
  unreadTopics: new Map(), // thread of the open forum → number
  typing: null, // the word for what the bot does at the moment
};

export const myChats = () => state.chats.filter((chat) => chat.members.includes(state.me.id) && !chat.migrated_to);

export const chatName = (chat) => (chat.type === "private" ? state.bot.first_name : chat.title);

export const isPresent = (chat) => !["left", "kicked"].includes(chat.bot_status);

export const rules = (chat, userId) => ["creator", "administrator"].includes(chat.statuses[userId]);

// By name: the id is that of the token, which comes with the bot's first call.
export const isOfBot = (message) => message.from.username === state.bot.username;

export const isOwn = (message) => message.from.id === state.me.id;

export function shownMessages() {
  const all = [...state.messages.values()].sort((a, b) => a.message_id - b.message_id);
  if (!state.chat.is_forum) return all;
  return all.filter((message) => (message.message_thread_id || null) === state.thread);
}

// What stands in place of the letters: a reply keyboard, or the reply one is asked for.
export const shownKeyboard = () => state.chat.keyboards[state.me.id] || null;

// ── The address: who/chat/topic, and after a bar the same of the second pane ───────────────

export function readAddress() {
  const [mine, second] = location.hash.slice(1).split("|");
  const [me, chat, thread] = mine.split("/").map(Number);
  return { me, chat, thread, second: second || null };
}

export const writeAddress = () => [state.me.id, state.chat.id, state.thread].filter(Boolean).join("/");
