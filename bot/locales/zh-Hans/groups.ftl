# In groups.
welcome-html =
    <b>大家好，我写古诗。</b>

    /poem 月 — 写诗；回复谁的话，就以那句话为题
    /couplet 海内存知己 — 对下联
    /jielong — 接龙：一人一句，我管格律
    /subscribe 08:00 — 每天给群里一首诗

    也可以叫我：@{ $bot } 秋夜。没人叫我，我不说话。
mentioned-without-words = 给我一个中文题目，例如：@{ $bot } 秋夜
quote-without-words = 那条消息里没有能入诗的字。请直接给题目，例如：/poem 月
quote-without-line = 那条消息里没有五言或七言的句子。请直接给一句，例如：/continue 床前明月光
quote-without-heads = 藏头要二到十六个汉字，那条消息不合适。请直接给，例如：/acrostic 春夏秋冬
