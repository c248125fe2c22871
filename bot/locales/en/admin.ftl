# What operators read. Keys that end in -html are sent as HTML; their values are escaped.

menu-stats = How the bot is doing
menu-broadcast = Tell everybody something: /broadcast …

## /broadcast
broadcast-how = Write it after the command: /broadcast We are away for ten minutes tonight. Or reply to a message with /broadcast.
broadcast-to-people-html = The message above goes to { $count ->
        [one] <b>1</b> person (a private chat)
       *[other] <b>{ $count }</b> people (private chats)
    }. Send it?
broadcast-to-everyone-html = The message above goes to { $count ->
        [one] <b>1</b> chat (of private ones and groups)
       *[other] <b>{ $count }</b> chats (private ones and groups)
    }. Send it?
broadcast-begun = On its way.
broadcast-cancelled = Stopped.
broadcast-not-sent = Not sent.
broadcast-under-way = On its way: { $done } of { $total }
broadcast-done = All sent
broadcast-stopped = Stopped on the way
broadcast-sent = arrived: { $count }
broadcast-blocked = blocked or left: { $count }
broadcast-failed = refused: { $count }
broadcast-unknown = nobody knows: { $count }
broadcast-left-out = not sent any more: { $count }
button-broadcast-send = 📣 Send to { $count }
button-with-groups = ＋ Groups, too
button-without-groups = － Private chats only
button-broadcast-cancel = Don't send
button-broadcast-stop = ⏹ Stop

## /stats
stats-title-html = <b>📊 { $date }</b> ({ $zone })
stats-people-html = People <b>{ $all }</b> · active in { $days } days { $active } · new { $new }
stats-chats-html = Groups { $groups } · blocked or left { $blocked }
stats-poems-html = Poems today <b>{ $today }</b> · in { $days } days { $all } · kept { $favourites }
stats-inline-html = In other chats, { $days } days: offered { $offered } · sent <b>{ $sent }</b>
stats-daily-html = Daily poems { $active } · paused { $paused }
stats-deliveries-html = Due today <b>{ $due }</b>: { $ended }
stats-sent = sent { $count }
stats-waiting = waiting { $count }
stats-late = late { $count }
stats-retried = retried { $count }
stats-unknown = nobody knows { $count }
stats-missed = missed { $count }
stats-blocked = blocked { $count }
stats-failed = failed { $count }
stats-latency-html = Writing one: half within { $half } ms, 95 % within { $most } ms
stats-failures-html = Not written: { $reasons }

## Reports of errors
report-html =
    ⚠️ <b>{ $error }</b>
    <code>{ $place }</code>
    { $during }
report-held-back-html = { $count ->
        [one] 1 more was not told.
       *[other] { $count } more were not told one by one.
    }
