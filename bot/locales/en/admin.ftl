# What operators read. Keys that end in -html are sent as HTML; their values are escaped.

## /broadcast
broadcast-how = Write it after the command: /broadcast We are away for ten minutes tonight. Or reply to a message with /broadcast.
broadcast-to-people-html = The message above goes to <b>{ $count }</b> people (private chats). Send it?
broadcast-to-everyone-html = The message above goes to <b>{ $count }</b> chats (private ones and groups). Send it?
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
