# Who let the bot go and is back, or did not let it write.
lost-daily =
    Good to see you again. While you had me blocked, this stopped:

    { $wishes }

    Nothing comes back by itself. One tap, and it goes on just as before.
lost-daily-group =
    Good to be back. While I was away, this group's daily poem stopped:

    { $wishes }

    Nothing comes back by itself. One tap of an admin, and it goes on just as before.
lost-daily-topic =
    Its topic was closed or deleted, so this daily poem stopped:

    { $wishes }

    If the topic is open again, one tap of an admin, and it goes on just as before. If it is gone, /subscribe works in any other.
lost-daily-silenced =
    I was not allowed to write here, so this daily poem stopped:

    { $wishes }

    Nothing comes back by itself. One tap of an admin, and it goes on just as before.
lost-wish = · { $days } at { $time }, { $topic }
lost-wish-paused = { $wish } (paused)
lost-bring-back = ☀️ Go on as before
lost-back = Good, it goes on as before.
lost-some-back = It goes on, but for what has its hour taken by now or finds no room.
lost-place-taken = Nothing came back: its hour is taken by now, or there is no room for more.
lost-back-already = It is going on already.
