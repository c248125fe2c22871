# 接龍: a poem written together.
menu-jielong = 接龍，一人一句：/jielong 五絕 月
jielong-title = 接龍
jielong-network = AI
jielong-due-html = <b>第 { $number } 句</b>（共 { $total } 句），{ $length } 個字：
jielong-either = 「中」處平仄皆可。
jielong-again = 末尾重複上一句的「{ $words }」。
jielong-rhyme = 押{ $rhyme }，如 { $words }。
jielong-rhyme-open = 句末要押韻，這一句定韻。
jielong-how = 回覆這則訊息，就接上了。
jielong-ended = 這一局到此為止。再來一局：/jielong
jielong-open-already = 這裡已有一局接龍，先接完它吧；想另起一局，先點「結束」。
jielong-form = 接龍寫詩或填詞，例如：/jielong 五絕 月。對聯請用 /couplet
jielong-one-line = 一次接一句就好。
jielong-overtaken = 慢了一步：現在已有 { $count } 句，請看最新的那則。
jielong-over = 這一局已經結束了。再來一局：/jielong
jielong-your-turn = 剛才那句是我寫的，輪到你們了。
jielong-too-soon = 你這句接上了。我歇 { $seconds } 秒，再點「請 AI 接一句」，或者你自己接。
jielong-busy = 你這句接上了。等著寫詩的人多，過一會兒再點「請 AI 接一句」，或者你自己接。
jielong-not-your-turn = 上一句就是你寫的，讓別人接一句吧。
jielong-not-yours = 上一句是別人寫的，由他自己或管理員撤回。
jielong-end-not-yours = 請起頭的人或管理員來結束。
jielong-refused-html = 「{ $line }」還差一點：
jielong-pattern-html = 這一句的平仄：<code>{ $pattern }</code>
jielong-fault-tone-html =
    第 { $place } 字「{ $character }」{ $tone ->
        [level] 是仄聲，這裡要平聲
       *[oblique] 是平聲，這裡要仄聲
    }。
jielong-fault-unknown-html =
    第 { $place } 字「{ $character }」韻書裡沒有，請換一個{ $tone ->
        [level] 平聲
       *[oblique] 仄聲
    }字。
jielong-fault-again-html = 第 { $place } 字「{ $character }」要重複上一句的「{ $due }」。
jielong-fault-letters = 只能用漢字。
jielong-fault-length = 這一句要 { $due } 個字，這裡有 { $count } 個。
jielong-fault-repeated = 這一句前面已經有了。
jielong-fault-rhyme-html = 末字「{ $character }」不押韻：這裡押{ $rhyme }，如 { $words }。
jielong-fault-no-rhyme-html = 末字「{ $character }」韻書裡沒有，不好押韻，請換一個字。
button-jielong-network = 🖋 請 AI 接一句
button-jielong-undo = ↩️ 撤回上一句
button-jielong-end = 🏁 結束
button-jielong-latest = ⬇️ 看最新
poem-by-people = 接龍，眾人合寫
poem-by-turns = 接龍：第 { $lines } 句眾人寫，其餘 AI 寫
