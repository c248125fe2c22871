# Passing a poem on, and inline mode.
button-share = ↗ Share
button-send = 📨 Send to a friend
button-copy-link = 🔗 Copy link
button-open = 📖 Open this poem
inline-open-bot = Chat with me for more
inline-hint-title = A theme in Chinese, and I write
inline-hint-html =
    In any chat, type @{ $bot } and a theme, and choose among a few poems, for example:
    <code>@{ $bot } 秋夜</code>
    <code>@{ $bot } 浣溪沙 江南</code>
