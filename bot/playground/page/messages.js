// Messages as bubbles: text, pictures, documents, places, stickers, buttons under them.

import { fileUrl } from "./api.js";
import { avatar, clock, h, hueOf, icon } from "./dom.js";
import { looksLikePoem, richText, safeUrl } from "./richtext.js";
import { say } from "./words.js";

// view: {me, bot, chat}; act: told of taps (see app.js).
export function bubbleRow(message, view, act) {
  const service = serviceText(message);
  if (service) return h("div", { class: "service", "data-testid": "service" }, h("span", {}, service));
  const own = message.from.id === view.me.id;
  const row = h("div", {
    class: `row ${own ? "out" : "in"}`,
    "data-testid": "message",
    "data-message-id": message.message_id,
    "data-from": message.from.is_bot ? "bot" : own ? "me" : "other",
    "data-sender": message.from.id,
    "data-album": message.media_group_id || null,
  });
  const named = view.chat.type !== "private" && !own;
  const face = named ? avatar(message.from.id, message.from.first_name, { bot: message.from.is_bot }) : null;
  row.classList.toggle("faced", named);
  row.append(h("div", { class: "stack" },
    h("div", { class: "line" }, face, bubble(message, act, named)), keyboard(message, act)));
  return row;
}

function serviceText(message) {
  if (message.migrate_to_chat_id) return say("moved");
  return message.migrate_from_chat_id ? say("came") : "";
}

function bubble(message, act, named) {
  const bare = message.sticker ? " bare" : "";
  const poem = (message.from.is_bot || message.via_bot) && looksLikePoem(message.text || message.caption || "") ? " poem" : "";
  const media = message.photo ? " media" : "";
  const element = h("article", { class: `bubble${bare}${poem}${media}`, ondblclick: () => act("reply", message) });
  if (named) element.append(senderName(message));
  if (message.via_bot) element.append(h("div", { class: "via" }, say("via", message.via_bot.username)));
  if (message.reply_to_message) element.append(quote(message.reply_to_message, act));
  element.append(...attachments(message, act));
  const words = message.text ?? message.caption;
  const entities = message.text === undefined ? message.caption_entities : message.entities;
  if (words !== undefined) {
    element.append(h("div", { class: "text", "data-testid": "message-text" }, richText(words, entities, act)));
  }
  element.append(meta(message));
  element.append(h("button", {
    type: "button", class: "icon reply", "aria-label": say("reply"), title: say("reply"), "data-testid": "reply",
    onclick: () => act("reply", message),
  }, icon("reply")));
  return element;
}

function senderName(message) {
  const name = h("div", { class: "name" }, message.from.first_name);
  name.style.setProperty("--hue", hueOf(message.from.id));
  return name;
}

export function quote(message, act) {
  return h("button", { type: "button", class: "quote", onclick: () => act && act("jump", message) },
    h("strong", {}, message.from.first_name), h("span", {}, summary(message)));
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
  if (message.photo) return say("photo");
  if (message.document) return message.document.file_name;
  if (message.location) return say("location");
  return message.sticker ? say("sticker") : serviceText(message);
}

function attachments(message, act) {
  const found = [];
  if (message.photo) found.push(photo(message, act));
  if (message.document) found.push(documentCard(message.document));
  if (message.location) found.push(place(message.location));
  if (message.sticker) found.push(h("img", { class: "sticker", alt: say("sticker"), src: fileUrl(message.sticker.file_id) }));
  return found;
}

function photo(message, act) {
  const largest = message.photo[message.photo.length - 1];
  const image = h("img", {
    src: fileUrl(largest.file_id), width: largest.width, height: largest.height,
    alt: message.caption || say("photo"), "data-testid": "photo", decoding: "async",
  });
  // The room is taken before the bytes are there, so that nothing jumps.
  image.style.setProperty("--w", largest.width);
  image.style.setProperty("--h", largest.height);
  return h("button", { type: "button", class: "photo", "aria-label": say("open"), onclick: () => act("view", image.src) }, image);
}

function documentCard(file) {
  return h("a", { class: "document", href: fileUrl(file.file_id), download: file.file_name, "data-testid": "document" },
    h("span", { class: "document-icon" }, icon("file")),
    h("span", { class: "document-text" }, h("strong", {}, file.file_name), h("small", {}, size(file.file_size))));
}

function size(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1024 * 1024 ? `${(bytes / 1024).toFixed(1)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

function place(location) {
  return h("div", { class: "place", "data-testid": "location" }, icon("pin"),
    h("span", {}, `${location.latitude.toFixed(4)}, ${location.longitude.toFixed(4)}`));
}

function keyboard(message, act) {
  const rows = message.reply_markup?.inline_keyboard;
  if (!rows) return null;
  return h("div", { class: "buttons", "data-testid": "inline-keyboard" },
    rows.map((row) => h("div", { class: "button-row" }, row.map((button) => inlineButton(message, button, act)))));
}

function inlineButton(message, button, act) {
  const attributes = { class: "key", "data-testid": "inline-button", "data-data": button.callback_data || null };
  const href = button.url ? safeUrl(button.url) : null;
  if (href) {
    const tap = (event) => { if (act("link", href)) event.preventDefault(); };
    return h("a", { ...attributes, href, target: "_blank", rel: "noopener noreferrer", onclick: tap },
      button.text, h("i", {}, icon("link")));
  }
  const press = (event) => act("press", { message, button, element: event.currentTarget });
  return h("button", { ...attributes, type: "button", onclick: press }, button.text);
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
