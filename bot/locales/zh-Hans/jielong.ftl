# 接龙: a poem written together.
menu-jielong = 接龙，一人一句：/jielong 五绝 月
jielong-title = 接龙
jielong-network = AI
jielong-due-html = <b>第 { $number } 句</b>（共 { $total } 句），{ $length } 个字：
jielong-either = “中”处平仄皆可。
jielong-again = 末尾重复上一句的“{ $words }”。
jielong-rhyme = 押{ $rhyme }，如 { $words }。
jielong-rhyme-open = 句末要押韵，这一句定韵。
jielong-how = 回复这条消息，就接上了。
jielong-ended = 这一局到此为止。再来一局：/jielong
jielong-open-already = 这里已有一局接龙，先接完它吧；想另起一局，先点“结束”。
jielong-form = 接龙写诗或填词，例如：/jielong 五绝 月。对联请用 /couplet
jielong-one-line = 一次接一句就好。
jielong-overtaken = 慢了一步：现在已有 { $count } 句，请看最新的那条。
jielong-over = 这一局已经结束了。再来一局：/jielong
jielong-your-turn = 刚才那句是我写的，轮到你们了。
jielong-too-soon = 你这句接上了。我歇 { $seconds } 秒，再点“请 AI 接一句”，或者你自己接。
jielong-busy = 你这句接上了。等着写诗的人多，过一会儿再点“请 AI 接一句”，或者你自己接。
jielong-not-your-turn = 上一句就是你写的，让别人接一句吧。
jielong-not-yours = 上一句是别人写的，由他自己或管理员撤回。
jielong-end-not-yours = 请起头的人或管理员来结束。
jielong-refused-html = 「{ $line }」还差一点：
jielong-pattern-html = 这一句的平仄：<code>{ $pattern }</code>
jielong-fault-tone-html =
    第 { $place } 字「{ $character }」{ $tone ->
        [level] 是仄声，这里要平声
       *[oblique] 是平声，这里要仄声
    }。
jielong-fault-unknown-html =
    第 { $place } 字「{ $character }」韵书里没有，请换一个{ $tone ->
        [level] 平声
       *[oblique] 仄声
    }字。
jielong-fault-again-html = 第 { $place } 字「{ $character }」要重复上一句的「{ $due }」。
jielong-fault-letters = 只能用汉字。
jielong-fault-length = 这一句要 { $due } 个字，这里有 { $count } 个。
jielong-fault-repeated = 这一句前面已经有了。
jielong-fault-rhyme-html = 末字「{ $character }」不押韵：这里押{ $rhyme }，如 { $words }。
jielong-fault-no-rhyme-html = 末字「{ $character }」韵书里没有，不好押韵，请换一个字。
button-jielong-network = 🖋 请 AI 接一句
button-jielong-undo = ↩️ 撤回上一句
button-jielong-end = 🏁 结束
button-jielong-latest = ⬇️ 看最新
poem-by-people = 接龙，众人合写
poem-by-turns = 接龙：第 { $lines } 句众人写，其余 AI 写
