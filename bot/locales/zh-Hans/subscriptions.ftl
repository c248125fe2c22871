## Who may change what a group shares
only-admins = 群里的设置要请管理员来改，大家都可以看。

## When something does not work
subscriptions-full = 这里已经有 { $most } 份每日一诗了，先停一份再添吧。
subscription-gone = 这份每日一诗已经停了，发 /subscribe 看看现在的。
hour-taken = 这个钟点已经有一份每日一诗了。
unknown-place = 不知道“{ $word }”在哪儿。时区可以写城市（东京、New York）、UTC+8，或 Asia/Tokyo 这样的名字；题目请用汉字。
