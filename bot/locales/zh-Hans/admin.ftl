# What operators read. Keys that end in -html are sent as HTML; their values are escaped.

menu-stats = 机器人的近况
menu-broadcast = 发一条消息给所有人：/broadcast 今晚停机

## /broadcast
broadcast-how = 写在命令后面：/broadcast 今晚停机十分钟。也可以对着一条消息回复 /broadcast。
broadcast-to-people-html = 上面这条会发给 <b>{ $count }</b> 位用户（私聊）。发吗？
broadcast-to-everyone-html = 上面这条会发到 <b>{ $count }</b> 个聊天（私聊和群）。发吗？
broadcast-begun = 开始发了。
broadcast-cancelled = 停下了。
broadcast-not-sent = 没有发。
broadcast-under-way = 正在发：{ $done } / { $total }
broadcast-done = 发完了
broadcast-stopped = 中途停下了
broadcast-sent = 送到 { $count }
broadcast-blocked = 已屏蔽或离开 { $count }
broadcast-failed = 没送成 { $count }
broadcast-unknown = 不知送到没有 { $count }
broadcast-left-out = 没有再发 { $count }
button-broadcast-send = 📣 发给 { $count } 个
button-with-groups = ＋ 也发到群里
button-without-groups = － 只发私聊
button-broadcast-cancel = 不发了
button-broadcast-stop = ⏹ 停下

## /stats
stats-title-html = <b>📊 { $date }</b>（{ $zone }）
stats-people-html = 用户 <b>{ $all }</b> · { $days } 天内活跃 { $active } · 新来 { $new }
stats-chats-html = 群 { $groups } · 屏蔽或离开 { $blocked }
stats-poems-html = 今天写诗 <b>{ $today }</b> · { $days } 天 { $all } · 收藏 { $favourites }
stats-inline-html = 在别的聊天里 { $days } 天内给出 { $offered } 首 · 发出 <b>{ $sent }</b> 首
stats-daily-html = 每日一诗 { $active } · 暂停 { $paused }
stats-deliveries-html = 今天该送 <b>{ $due }</b>：{ $ended }
stats-sent = 送到 { $count }
stats-waiting = 待送 { $count }
stats-late = 迟到 { $count }
stats-retried = 重试过 { $count }
stats-unknown = 不知送到没有 { $count }
stats-missed = 错过 { $count }
stats-blocked = 被屏蔽 { $count }
stats-failed = 没送成 { $count }
stats-latency-html = 写一首：半数 { $half } 毫秒内，九成五 { $most } 毫秒内
stats-failures-html = 没写成：{ $reasons }

## Reports of errors
report-html =
    ⚠️ <b>{ $error }</b>
    <code>{ $place }</code>
    { $during }
report-held-back-html = 另有 { $count } 个没有单独报。
