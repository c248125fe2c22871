# Passing a poem on, and inline mode.
button-share = ↗ 分享
button-send = 📨 傳給朋友
button-copy-link = 🔗 複製連結
button-open = 📖 打開這首詩
inline-open-bot = 和我私聊，能寫更多
inline-hint-title = 給兩個字，我來寫詩
inline-hint-html =
    在任何聊天裡輸入 @{ $bot } 和題目，就有幾首古詩可選，例如：
    <code>@{ $bot } 秋夜</code>
    <code>@{ $bot } 浣溪沙 江南</code>
