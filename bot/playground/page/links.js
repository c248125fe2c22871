// Links that stay inside: to the bot itself, and Telegram's way of sharing.

// {start}, {startgroup} or {share} of such a link; null for all others.
export function ownLink(url, username) {
  let parsed;
  try {
    parsed = new URL(/^[a-z][a-z0-9+.-]*:/i.test(url) ? url : `https://${url}`);
  } catch {
    return null;
  }
  const { searchParams } = parsed;
  if (isShare(parsed)) return { share: [searchParams.get("url"), searchParams.get("text")].filter(Boolean).join("\n") };
  if (nameIn(parsed).toLowerCase() !== username.toLowerCase()) return null;
  if (searchParams.has("startgroup")) return { startgroup: searchParams.get("startgroup") };
  return { start: searchParams.get("start") || "" };
}

function nameIn({ protocol, hostname, host, pathname, searchParams }) {
  if (protocol === "tg:") return `${host}${pathname}`.replaceAll("/", "") === "resolve" ? searchParams.get("domain") || "" : "";
  return /^(t|telegram)\.me$/.test(hostname) ? pathname.slice(1) : "";
}

function isShare({ protocol, hostname, host, pathname }) {
  if (protocol === "tg:") return /^(msg|msg_url)$/.test(`${host}${pathname}`.replaceAll("/", ""));
  return hostname === "t.me" && /^\/(share(\/url)?|msg)$/.test(pathname);
}

// Only web addresses become links; anything else (javascript:, data:) stays text.
export function safeUrl(url) {
  const full = /^[a-z][a-z0-9+.-]*:/i.test(url) ? url : `https://${url}`;
  return /^(https?:\/\/|tg:)/i.test(full) ? full : null;
}
