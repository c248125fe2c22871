// The playground's control endpoints and its stream of events.

async function ask(method, path, body) {
  const options = { method };
  if (body !== undefined) {
    options.headers = { "Content-Type": "application/json" };
    options.body = JSON.stringify(body);
  }
  const answer = await fetch(`/playground/${path}`, options);
  const json = await answer.json();
  if (!answer.ok) throw new Error(json.error);
  return json;
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
