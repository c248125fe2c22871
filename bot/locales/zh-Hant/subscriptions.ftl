## Who may change what a group shares
only-admins = 群組的設定要請管理員來改，大家都可以看。

## When something does not work
subscriptions-full = 這裡已經有 { $most } 份每日一詩了，先停一份再添吧。
subscription-gone = 這份每日一詩已經停了，發 /subscribe 看看現在的。
hour-taken = 這個鐘點已經有一份每日一詩了。
unknown-place = 不知道「{ $word }」在哪裡。時區可以寫城市（東京、New York）、UTC+8，或 Asia/Tokyo 這樣的名字；題目請用漢字。
