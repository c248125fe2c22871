// The playground's control endpoints and its stream of events.

import { say } from "./words.js";

async function ask(method, path, body) {
  const options = { method };
  if (body !== undefined) {
    options.headers = { "Content-Type": "application/json" };
    options.body = JSON.stringify(body);
  }
  const { ok, json } = await answered(path, options).catch(told);
  if (!ok) throw new Error(json.error);
  return json;
}

async function answered(path, options) {
  const answer = await fetch(`/playground/${path}`, options);
  return { ok: answer.ok, json: await answer.json() };
}

// A connection that fails is a TypeError, in words of the browser's that nobody chose.
function told(error) {
  throw error instanceof TypeError ? new Error(say("lost")) : error;
}

export const get = (path) => ask("GET", path);
export const remove = (path) => ask("DELETE", path);
export const post = (path, body = {}) => ask("POST", path, body);
export const fileUrl = (fileId) => `/playground/files/${encodeURIComponent(fileId)}`;

// Calls onOpen after every (re)connection, so that what was missed can be read again.
export function listen({ onOpen, onEvent, onLost }) {
  const source = new EventSource("/playground/events");
  source.onopen = onOpen;
  source.onerror = onLost;
  source.onmessage = (message) => onEvent(JSON.parse(message.data));
}
