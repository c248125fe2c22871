// Messages as bubbles: text, pictures, documents, places, stickers, buttons under them.

import { fileUrl } from "./api.js";
import { avatar, clock, h, hueOf, icon } from "./dom.js";
import { safeUrl } from "./links.js";
import { placeText } from "./places.js";
import { looksLikePoem, richText } from "./richtext.js";
import { isOfBot, isOwn, state } from "./state.js";
import { say } from "./words.js";

// group: one message, or the several of an album. act: told of taps (see app.js).
export function bubbleRow(group, act) {
  const [message] = group;
  const service = serviceText(message);
  if (service) return h("div", { class: "service", "data-testid": "service" }, h("span", {}, service));
  const own = isOwn(message);
  const row = h("div", {
    class: `row ${own ? "out" : "in"}`,
    tabindex: "-1",
    role: "group",
    "aria-label": `${senderOf(message)} ${clock(message.date)}: ${summary(message)}`,
    "data-testid": "message",
    "data-message-id": message.message_id,
    "data-others": group.slice(1).map((each) => each.message_id).join(" ") || null,
    "data-from": isOfBot(message) ? "bot" : own ? "me" : "other",
    "data-sender": message.from.id,
    "data-album": message.media_group_id || null,
  });
  const named = state.chat.type !== "private" && !own;
  const face = named ? avatar(message.from.id, senderOf(message), { bot: isOfBot(message) }) : null;
  row.classList.toggle("faced", named);
  row.append(h("div", { class: "stack" },
    h("div", { class: "line" }, face, bubble(group, act, named)), keyboard(message, act)));
  row.addEventListener("contextmenu", (event) => act("menu", { message, event, row }));
  return row;
}

export const senderOf = (message) => message.sender_chat?.title || message.from.first_name;

function serviceText(message) {
  const who = message.from.first_name;
  if (message.migrate_to_chat_id) return say("moved");
  if (message.migrate_from_chat_id) return say("came");
  if (message.pinned_message) return say("pinned_by", who, summary(message.pinned_message));
  if (message.new_chat_members) return say("joined", who, message.new_chat_members.map((each) => each.first_name).join("、"));
  const left = message.left_chat_member;
  if (!left) return "";
  return left.id === message.from.id ? say("went", who) : say("removed", who, left.first_name);
}

function bubble(group, act, named) {
  const [message] = group;
  const worded = group.find((each) => (each.text ?? each.caption) !== undefined) || message;
  const words = worded.text ?? worded.caption;
  const kinds = [
    message.sticker && "bare",
    message.photo && "media",
    (isOfBot(message) || message.via_bot) && looksLikePoem(words || "", worded.entities) && "poem",
  ].filter(Boolean);
  const element = h("article", { class: ["bubble", ...kinds].join(" "), ondblclick: () => act("reply", message) });
  if (named) element.append(senderName(message));
  if (message.via_bot) element.append(h("div", { class: "via", "data-testid": "via" }, say("via", message.via_bot.username)));
  if (message.forward_origin) element.append(h("div", { class: "via" }, say("forwarded", message.forward_origin.sender_user.first_name)));
  if (message.reply_to_message) element.append(quote(message.reply_to_message, act));
  element.append(...attachments(group, act));
  if (words !== undefined) {
    const entities = worded.text === undefined ? worded.caption_entities : worded.entities;
    element.append(h("div", { class: "text", "data-testid": "message-text" }, richText(words, entities, act)));
  }
  element.append(...reactions(message), meta(message));
  element.append(h("button", {
    type: "button", class: "icon reply", tabindex: "-1", "aria-label": say("reply"), title: say("reply"), "data-testid": "reply",
    onclick: () => act("reply", message),
  }, icon("reply")));
  return element;
}

function senderName(message) {
  const name = h("div", { class: "name" }, senderOf(message));
  name.style.setProperty("--hue", hueOf(message.from.id));
  return name;
}

export function quote(message, act) {
  return h("button", { type: "button", class: "quote", tabindex: "-1", onclick: () => act && act("jump", message) },
    h("strong", {}, senderOf(message)), h("span", {}, summary(message)));
}

function reactions(message) {
  const given = Object.values(message.reactions || {}).flat();
  if (!given.length) return [];
  return [h("div", { class: "reactions", "data-testid": "reactions" }, given.map((each) => h("span", {}, each.emoji)))];
}

function meta(message) {
  const when = new Date(message.date * 1000);
  return h("div", { class: "meta" },
    // As in Telegram: buttons that change do not make a message "edited".
    message.edit_date && !message.reply_markup ? h("span", { "data-testid": "edited" }, say("edited")) : null,
    h("time", { datetime: when.toISOString(), title: when.toLocaleString() }, clock(message.date)));
}

export function summary(message) {
  if (message.text || message.caption) return (message.text || message.caption).replace(/\s+/g, " ").slice(0, 120);
  if (message.photo) return say(message.media_group_id ? "album" : "photo");
  if (message.document) return message.document.file_name;
  if (message.location) return say("location");
  if (message.voice) return say("voice");
  return message.sticker ? say("sticker") : serviceText(message);
}

function attachments(group, act) {
  const [message] = group;
  if (message.photo && group.length > 1) return [album(group, act)];
  if (message.photo) return [photo(message, act)];
  if (message.document) return group.map((each) => documentCard(each.document));
  if (message.location) return [place(message.location)];
  if (message.voice) return [h("div", { class: "voice", "data-testid": "voice" }, icon("voice"), h("span", {}, `0:${String(message.voice.duration).padStart(2, "0")}`))];
  if (message.sticker) return [h("img", { class: "sticker", alt: say("sticker"), src: fileUrl(message.sticker.file_id) })];
  return [];
}

function photo(message, act, { wide = false } = {}) {
  const largest = message.photo.at(-1);
  const image = h("img", {
    src: fileUrl(largest.file_id), width: largest.width, height: largest.height,
    alt: message.caption || say("photo"), "data-testid": "photo", decoding: "async",
  });
  // The room is taken before the bytes are there, so that nothing jumps.
  image.style.setProperty("--w", largest.width);
  image.style.setProperty("--h", largest.height);
  return h("button", {
    type: "button", class: wide ? "photo wide" : "photo", "aria-label": say("open_photo"), onclick: () => act("view", message),
  }, image);
}

function album(group, act) {
  const wide = [0, 4, 2][group.length % 3]; // pictures that stand two in a row, the others three
  return h("div", { class: "album", "data-testid": "album" },
    group.map((message, at) => photo(message, act, { wide: at < wide })));
}

function documentCard(file) {
  const kind = file.file_name.includes(".") ? file.file_name.split(".").pop().slice(0, 4) : "";
  return h("a", { class: "document", href: fileUrl(file.file_id), download: file.file_name, "data-testid": "document" },
    h("span", { class: "document-icon" }, kind ? h("b", {}, kind.toUpperCase()) : icon("file")),
    h("span", { class: "document-text" }, h("strong", {}, file.file_name), h("small", {}, size(file.file_size))));
}

function size(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1024 * 1024 ? `${(bytes / 1024).toFixed(1)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

function place(location) {
  return h("div", { class: "place", "data-testid": "location" }, icon("pin"), h("span", {}, placeText(location)));
}

function keyboard(message, act) {
  const rows = message.reply_markup?.inline_keyboard;
  if (!rows) return null;
  return h("div", { class: "buttons", "data-testid": "inline-keyboard" },
    rows.map((row) => h("div", { class: "button-row", "data-count": row.length }, row.map((button) => inlineButton(message, button, act)))));
}

function inlineButton(message, button, act) {
  const attributes = { class: "key", "data-testid": "inline-button", "data-data": button.callback_data || null };
  const href = button.url ? safeUrl(button.url) : null;
  if (href) {
    const tap = (event) => { if (act("link", href)) event.preventDefault(); };
    return h("a", { ...attributes, href, target: "_blank", rel: "noopener noreferrer", onclick: tap },
      h("span", {}, button.text), h("i", {}, icon("link")));
  }
  const press = (event) => act("press", { message, button, element: event.currentTarget });
  const mark = button.copy_text ? "copy" : Object.keys(button).some((key) => key.startsWith("switch_inline")) ? "forward" : null;
  return h("button", { ...attributes, type: "button", onclick: press }, h("span", {}, button.text), mark ? h("i", {}, icon(mark)) : null);
}

export function daySeparator(seconds) {
  return h("div", { class: "day" }, h("span", {}, dayName(seconds)));
}

export function dayKey(seconds) {
  return new Date(seconds * 1000).toDateString();
}

function dayName(seconds) {
  const date = new Date(seconds * 1000);
  const now = new Date();
  if (date.toDateString() === now.toDateString()) return say("today");
  now.setDate(now.getDate() - 1);
  if (date.toDateString() === now.toDateString()) return say("yesterday");
  return date.toLocaleDateString(document.documentElement.lang, { month: "long", day: "numeric" });
}
