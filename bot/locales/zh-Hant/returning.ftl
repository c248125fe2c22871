# Who let the bot go and is back, or did not let it write.
lost-daily =
    又見面了。你封鎖我的那陣子，每日一詩停了：

    { $wishes }

    你沒說要，我就不再送。想照原樣接著收，點一下就好。
lost-daily-group =
    又見面了。我不在的那陣子，群組的每日一詩停了：

    { $wishes }

    沒人說要，我就不再送。想照原樣接著收，請管理員點一下。
lost-daily-topic =
    話題關了或刪了，那裡的每日一詩只好停下：

    { $wishes }

    話題若又開了，請管理員點一下，就照原樣接著送；若是沒了，可以到別的話題裡發 /subscribe。
lost-daily-silenced =
    有一陣子這裡不讓我發言，每日一詩只好停下：

    { $wishes }

    沒人說要，我就不再送。想照原樣接著收，請管理員點一下。
lost-wish = · { $days } { $time }，{ $topic }
lost-wish-paused = { $wish }（暫停中）
lost-bring-back = ☀️ 照原樣接著送
lost-back = 好，照原樣接著送。
lost-some-back = 接上了，除了鐘點已被占用、或放不下的。
lost-place-taken = 沒有恢復：這個鐘點已經有一份，或者份數滿了。
lost-back-already = 已經在送了。
