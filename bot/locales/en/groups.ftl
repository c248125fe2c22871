# In groups.
welcome-html =
    <b>Hello everyone, I write classical Chinese poems.</b>

    /poem 月 — a poem; as a reply to someone's words, a poem on them
    /couplet 海内存知己 — the answer to a line
    /jielong — a poem together, line by line; I keep the rules
    /subscribe 08:00 — a poem for the group every day

    Or call me: @{ $bot } 秋夜. I speak only when called.
mentioned-without-words = Give me a theme in Chinese, for example: @{ $bot } 秋夜
quote-without-words = There is nothing in that message to make verse of. Give me a theme, for example: /poem 月
quote-without-line = That message holds no line of 5 or 7 characters. Give me one, for example: /continue 床前明月光
quote-without-heads = An acrostic takes 2 to 16 Chinese characters, which that message does not have. For example: /acrostic 春夏秋冬
