## The daily poem
subscribed =
    好，{ $days } { $time } 送你一首诗，{ $topic }。
    第一首：{ $day ->
        [today] 今天
        [tomorrow] 明天
       *[later] { $date }
    } { $time }（{ $zone }）。
    不想收了就发 /unsubscribe。
subscribed-several = 这里一共有 { $count } 份，发 /subscribe 看全部。
subscription-wish = { $days } { $time } 送一首诗，{ $topic }。
subscription-next =
    下一首：{ $day ->
        [today] 今天
        [tomorrow] 明天
       *[later] { $date }
    } { $time }（{ $zone }）。
subscription-paused = 暂停中，先不送（{ $zone }）。
subscription-skips = { $date }跳过，那天不送。
subscriptions-title = 每日一诗，共 { $count } 份。点一份来改。
topic-varied = 题目随时节
topic-theme = 题目“{ $theme }”
topic-form = { $topic }，写{ $form }
topic-style = { $topic }，{ $style }
unsubscribed = 已停止每日一诗。想再收，发 /subscribe 08:00。
unsubscribed-one = 已停止 { $time } 的每日一诗。
unsubscribe-which = 停哪一份？
not-subscribed = 这里没有订阅每日一诗。发 /subscribe 08:00 即可订阅。
not-subscribed-group = 群里还没有每日一诗。请管理员发 /subscribe 08:00 来订。

## Days
days-every = 每天
days-work = 工作日
days-weekend = 周末
days-some = 每周{ $days }
days-between = 、
days-none = 总要留一天吧。想停一阵，点“暂停”。
day-mon = 一
day-tue = 二
day-wed = 三
day-thu = 四
day-fri = 五
day-sat = 六
day-sun = 日

## Buttons of a daily poem
daily-hour = 🕗 钟点
daily-zone = 🌏 时区
daily-days = 📅 哪几天
daily-theme = 🖌 题目
daily-form = 📜 体裁
daily-simplified = ✓ 简体诗
daily-traditional = ✓ 繁体诗
daily-pause = ⏸ 暂停
daily-resume = ▶️ 继续送
daily-skip = ⏭ { $date }不送
daily-unskip = ↩️ { $date }照送
daily-add = ➕ 再加一份
daily-end = 🗑 停止
daily-end-all = 全部停止
daily-all = ‹ 全部
daily-keep-only = 1️⃣ 只留这一份
daily-revive = ↩️ 还是要
daily-write = ⌨️ 自己写
daily-varied = 随时节
daily-send-location = 📍 发位置
daily-move = ✅ 改成 { $zone }
daily-stay = 不用改
daily-changed = 改好了。
daily-too-late = 来不及了，那天的已经送出或过去了。
form-any = 不拘
form-any-tune = 随意填词
style-none = 风格不拘

## Choosing
choose-hour = 改到几点？
choose-zone = 按哪里的时间？
choose-days = 哪几天送？点一下加上，再点一下去掉。
choose-theme = 写什么题目？
choose-form = 写什么体裁？
choose-tune = 填哪个词牌？
choose-another-hour = 再加一份，几点送？
ask-hour-html = 请<b>回复这条消息</b>，写几点送，例如 07:45 或 晚上九点半。（现在是 { $hour }）
ask-zone-html = 请<b>回复这条消息</b>，写你所在的城市，例如 东京、New York，也可以写 UTC+8。（{ $hour } 那一份）
ask-theme-html = 请<b>回复这条消息</b>，写一个题目，例如 秋夜。（{ $hour } 那一份）

## Clocks
zone-beijing = 北京
which-place = “{ $word }”不止一处，是哪一个？
which-place-meanwhile = 这个地名不止一处，是哪一个？先按 { $zone } 送。
location-ask = 点下面的按钮，把位置发给我。我只用它找时区，不会留下来。
location-send = 📍 发送我的位置
location-no = 不发了
location-fine = 好，时区也可以用按钮选，或者直接写城市。
location-found = 这里的时间是 { $zone }。以后按这里的时间送诗吗？
location-same = 这里的时间就是 { $zone }，正是我用的，不用改。
location-unknown = 看不出这里的时区，请写一个城市：/subscribe 08:00 东京
zone-moved =
    好，以后按 { $zone } 的时间。{ $moved ->
        [nothing] {""}
       *[poems] 每日一诗也跟着改了。
    }
zone-stays = 好，还是按 { $zone } 的时间。

## Why today's poem is about what it is about
occasion =
    今日{ $code ->
        [new-year] 春节
        [lanterns] 元宵
        [third-third] 上巳
        [dragon-boats] 端午
        [sevens] 七夕
        [ghosts] 中元
        [mid-autumn] 中秋
        [nines] 重阳
        [laba] 腊八
        [eve] 除夕
        [cold-food] 寒食
        [term-1] 立春
        [term-2] 雨水
        [term-3] 惊蛰
        [term-4] 春分
        [term-5] 清明
        [term-6] 谷雨
        [term-7] 立夏
        [term-8] 小满
        [term-9] 芒种
        [term-10] 夏至
        [term-11] 小暑
        [term-12] 大暑
        [term-13] 立秋
        [term-14] 处暑
        [term-15] 白露
        [term-16] 秋分
        [term-17] 寒露
        [term-18] 霜降
        [term-19] 立冬
        [term-20] 小雪
        [term-21] 大雪
        [term-22] 冬至
        [term-23] 小寒
       *[term-24] 大寒
    }

## Who may change what a group shares
only-admins = 群里的设置要请管理员来改，大家都可以看。

## When something does not work
subscriptions-full = 这里已经有 { $most } 份每日一诗了，先停一份再添吧。
subscription-gone = 这份每日一诗已经停了，发 /subscribe 看看现在的。
hour-taken = 这个钟点已经有一份每日一诗了。
unknown-place = 不知道“{ $word }”在哪儿。时区可以写城市（东京、New York）、UTC+8，或 Asia/Tokyo 这样的名字；题目请用汉字。
button-same-clock = 不改时区
