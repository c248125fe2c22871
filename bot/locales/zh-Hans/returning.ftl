# Who let the bot go and is back, or did not let it write.
lost-daily =
    又见面了。你停用我的那阵子，每日一诗停了：

    { $wishes }

    你没说要，我就不再送。想照原样接着收，点一下就好。
lost-daily-group =
    又见面了。我不在的那阵子，群里的每日一诗停了：

    { $wishes }

    没人说要，我就不再送。想照原样接着收，请管理员点一下。
lost-daily-topic =
    话题关了或删了，那里的每日一诗只好停下：

    { $wishes }

    话题若又开了，请管理员点一下，就照原样接着送；若是没了，可以到别的话题里发 /subscribe。
lost-daily-silenced =
    有一阵子这里不让我发言，每日一诗只好停下：

    { $wishes }

    没人说要，我就不再送。想照原样接着收，请管理员点一下。
lost-wish = · { $days } { $time }，{ $topic }
lost-wish-paused = { $wish }（暂停中）
lost-bring-back = ☀️ 照原样接着送
lost-back = 好，照原样接着送。
lost-some-back = 接上了，除了钟点已被占用、或放不下的。
lost-place-taken = 没有恢复：这个钟点已经有一份，或者份数满了。
lost-back-already = 已经在送了。
