# What operators read. Keys that end in -html are sent as HTML; their values are escaped.

menu-stats = 機器人的近況
menu-broadcast = 發一則訊息給所有人：/broadcast 今晚停機

## /broadcast
broadcast-how = 寫在指令後面：/broadcast 今晚停機十分鐘。也可以對著一則訊息回覆 /broadcast。
broadcast-to-people-html = 上面這則會發給 <b>{ $count }</b> 位使用者（私聊）。發嗎？
broadcast-to-everyone-html = 上面這則會發到 <b>{ $count }</b> 個聊天（私聊和群組）。發嗎？
broadcast-begun = 開始發了。
broadcast-cancelled = 停下了。
broadcast-not-sent = 沒有發。
broadcast-under-way = 正在發：{ $done } / { $total }
broadcast-done = 發完了
broadcast-stopped = 中途停下了
broadcast-sent = 送到 { $count }
broadcast-blocked = 已封鎖或離開 { $count }
broadcast-failed = 沒送成 { $count }
broadcast-unknown = 不知送到沒有 { $count }
broadcast-left-out = 沒有再發 { $count }
button-broadcast-send = 📣 發給 { $count } 個
button-with-groups = ＋ 也發到群組
button-without-groups = － 只發私聊
button-broadcast-cancel = 不發了
button-broadcast-stop = ⏹ 停下

## /stats
stats-title-html = <b>📊 { $date }</b>（{ $zone }）
stats-people-html = 使用者 <b>{ $all }</b> · { $days } 天內活躍 { $active } · 新來 { $new }
stats-chats-html = 群組 { $groups } · 封鎖或離開 { $blocked }
stats-poems-html = 今天寫詩 <b>{ $today }</b> · { $days } 天 { $all } · 收藏 { $favourites }
stats-inline-html = 在別的聊天裡 { $days } 天內給出 { $offered } 首 · 發出 <b>{ $sent }</b> 首
stats-daily-html = 每日一詩 { $active } · 暫停 { $paused }
stats-deliveries-html = 今天該送 <b>{ $due }</b>：{ $ended }
stats-sent = 送到 { $count }
stats-waiting = 待送 { $count }
stats-late = 遲到 { $count }
stats-retried = 重試過 { $count }
stats-unknown = 不知送到沒有 { $count }
stats-missed = 錯過 { $count }
stats-blocked = 被封鎖 { $count }
stats-failed = 沒送成 { $count }
stats-latency-html = 寫一首：半數 { $half } 毫秒內，九成五 { $most } 毫秒內
stats-failures-html = 沒寫成：{ $reasons }

## Reports of errors
report-html =
    ⚠️ <b>{ $error }</b>
    <code>{ $place }</code>
    { $during }
report-held-back-html = 另有 { $count } 個沒有單獨報。
