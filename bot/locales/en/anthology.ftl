# Keys that end in -html are sent as HTML; their values are escaped. All others are plain text.

## /forget
menu-forget = Delete everything about me
forget-question-html =
    <b>Delete everything I know of you?</b>

    { $list }

    There is no way back. Poems that others keep and poems of groups stay, without your name.
forget-favourites = poems you kept: { $count }
forget-requests = wishes for poems: { $count }
forget-poems = poems that are yours alone: { $count }
forget-pictures = cards: { $count }
forget-subscriptions = daily poems: { $count }
forget-settings = your settings
forget-handed-over = daily poems you ordered for groups: { $count }; they go on, without your name
forget-nothing-there = There is nothing about you here, so nothing to delete.
forget-too-late = That question is too old; nothing was deleted. To delete, send /forget once more.
forget-left = All right, nothing was deleted.
forget-in-private = Let's do that in private: send /forget there.
forget-not-yours = This question is not for you.
forgotten-html =
    <b>All gone.</b>

    { $list }

    You can begin anew at any time: just send a theme.
button-forget = 🗑 Delete everything
button-forget-not = Leave it
button-private-chat = To our chat ›
