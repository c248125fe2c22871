# Passing a poem on, and inline mode.
button-share = ↗ 分享
button-send = 📨 发给朋友
button-copy-link = 🔗 复制链接
button-open = 📖 打开这首诗
inline-open-bot = 和我私聊，能写更多
inline-hint-title = 给两个字，我来写诗
inline-hint-html =
    在任何聊天里输入 @{ $bot } 和题目，就有几首古诗可选，例如：
    <code>@{ $bot } 秋夜</code>
    <code>@{ $bot } 浣溪沙 江南</code>
