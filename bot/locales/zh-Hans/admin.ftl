# What operators read. Keys that end in -html are sent as HTML; their values are escaped.

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
