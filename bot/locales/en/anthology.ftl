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
forget-ended = daily poems that have ended: { $count }
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

## Leafing through one's poems
button-sort = 🗂 Choose
button-oldest-first = ⇅ Oldest first
button-newest-first = ⇅ Newest first
button-any = 🎲 Any of them
button-all = ‹ All of them
button-restore = ↩️ Take back “{ $title }”
button-by-form = By form
button-by-theme = By theme
button-by-month = By month
month = { $month }/{ $year }
oldest-first = oldest first
chosen-form-html = form: { $form }
chosen-theme-html = theme: { $theme }
chosen-words-html = search: <code>{ $words }</code>
sort-hint = Choose by what? You can search, too, for example: { $command } 月
sort-choose = Which ones?
sort-nothing = There is nothing of that kind yet.
sort-value = { $name } · { $count }
nothing-found = There is no such poem. Try another word, or look at all of them.
nothing-left-here = There is no poem here any more.
theme-gone = There is no poem on that theme any more; here are all of them.
restored = Taken back.
