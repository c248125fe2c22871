// Inline mode: what is typed after the bot's name is asked of it, and its results are offered.

import { fileUrl, get, post } from "./api.js";
import { $, h } from "./dom.js";
import { toast } from "./overlays.js";
import { state } from "./state.js";
import { say } from "./words.js";

const PAUSE = 300; // milliseconds without typing before the bot is asked
const PATIENCE = 15000; // milliseconds until it counts as silent

export function startInline({ panel, emptyField, openStart }) {
  let asked = null; // {id, query, offset} of the query whose answer is awaited
  let timer = 0;
  let silence = 0;

  // The query in a text that begins with the bot's name; null when it is none.
  const queryIn = (text) => text.match(new RegExp(`^@${state.bot.username}\\s+(.*)$`, "is"))?.[1] ?? null;

  function typed(query) {
    leave();
    timer = setTimeout(() => ask(query, ""), PAUSE);
  }

  function leave() {
    clearTimeout(timer);
    wait(false);
    asked = null;
  }

  function wait(waiting) {
    clearTimeout(silence);
    $("foot").classList.toggle("asking", waiting);
    $("panel").setAttribute("aria-busy", String(waiting));
    if (waiting) silence = setTimeout(() => { leave(); panel.tell(say("no_answer")); }, PATIENCE);
  }

  async function ask(query, offset) {
    wait(true);
    try {
      const { query_id: id } = await post("inline_queries", { user_id: state.me.id, query, offset, chat_id: state.chat.id });
      asked = { id, query, offset };
      const { answer } = await get(`inline_queries/${id}`);
      if (answer) answered(id, answer);
    } catch (error) {
      leave();
      toast(error.message);
    }
  }

  function answered(id, answer) {
    if (id !== asked?.id) return;
    const { query, offset } = asked;
    leave();
    const items = answer.results.map((result) => item(id, result));
    const more = answer.next_offset ? () => ask(query, answer.next_offset) : null;
    if (offset) return panel.add(items, more);
    if (answer.button) items.unshift(button(answer.button));
    if (!items.length) return panel.nothing();
    const pictures = answer.results.length > 0 && answer.results.every(isPicture);
    return panel.open(items, { kind: pictures ? "gallery" : "", label: say("results"), more, room: true });
  }

  const isPicture = (result) => result.type === "photo";

  function button({ text, start_parameter: start }) {
    return h("button", {
      type: "button", role: "option", class: "result-button", "data-testid": "inline-start", tabindex: "-1",
      onclick: () => { emptyField(); openStart(start || ""); },
    }, text);
  }

  function item(id, result) {
    const words = result.description || result.caption || result.sent?.text || result.sent?.caption || "";
    const name = result.title || words.split("\n")[0];
    return h("button", {
      type: "button", role: "option", class: `result ${result.type}`, "data-testid": "inline-result", "data-result-id": result.id,
      tabindex: "-1", "aria-label": [name, words].filter(Boolean).join(": "), onclick: () => choose(id, result),
    }, face(result), h("span", { class: "result-text" }, h("b", {}, name), h("span", {}, words === name ? "" : words)));
  }

  function face(result) {
    const picture = result.photo_file_id;
    if (picture) return h("img", { src: fileUrl(picture), alt: "", decoding: "async" });
    return h("span", { class: "result-mark", "aria-hidden": "true" }, [...(result.title || "诗")][0]);
  }

  async function choose(id, result) {
    emptyField();
    await post("inline_results", { query_id: id, result_id: result.id, chat_id: state.chat.id, thread_id: state.thread })
      .catch((error) => toast(error.message));
  }

  return { queryIn, typed, leave, answered };
}
