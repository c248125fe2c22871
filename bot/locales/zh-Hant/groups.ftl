# In groups.
welcome-html =
    <b>大家好，我寫古詩。</b>

    /poem 月 — 寫詩；回覆誰的話，就以那句話為題
    /couplet 海內存知己 — 對下聯
    /jielong — 接龍：一人一句，我管格律
    /subscribe 08:00 — 每天給群裡一首詩

    也可以叫我：@{ $bot } 秋夜。沒人叫我，我不說話。
mentioned-without-words = 給我一個中文題目，例如：@{ $bot } 秋夜
quote-without-words = 那則訊息裡沒有能入詩的字。請直接給題目，例如：/poem 月
quote-without-line = 那則訊息裡沒有五言或七言的句子。請直接給一句，例如：/continue 床前明月光
quote-without-heads = 藏頭要二到十六個漢字，那則訊息不合適。請直接給，例如：/acrostic 春夏秋冬
