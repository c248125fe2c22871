## The daily poem
subscribed =
    好，{ $days } { $time } 送你一首詩，{ $topic }。
    第一首：{ $day ->
        [today] 今天
        [tomorrow] 明天
       *[later] { $date }
    } { $time }（{ $zone }）。
    不想收了就發 /unsubscribe。
subscribed-several = 這裡一共有 { $count } 份，發 /subscribe 看全部。
subscription-wish = { $days } { $time } 送一首詩，{ $topic }。
subscription-next =
    下一首：{ $day ->
        [today] 今天
        [tomorrow] 明天
       *[later] { $date }
    } { $time }（{ $zone }）。
subscription-paused = 暫停中，先不送（{ $zone }）。
subscription-skips = { $date }跳過，那天不送。
subscriptions-title = 每日一詩，共 { $count } 份。點一份來改。
topic-varied = 題目隨時節
topic-theme = 題目「{ $theme }」
topic-form = { $topic }，寫{ $form }
topic-style = { $topic }，{ $style }
unsubscribed = 已停止每日一詩。想再收，發 /subscribe 08:00。
unsubscribed-one = 已停止 { $time } 的每日一詩。
unsubscribe-which = 停哪一份？
not-subscribed = 這裡沒有訂閱每日一詩。發 /subscribe 08:00 即可訂閱。
not-subscribed-group = 群組裡還沒有每日一詩。請管理員發 /subscribe 08:00 來訂。

## Days
days-every = 每天
days-work = 工作日
days-weekend = 週末
days-some = 每週{ $days }
days-between = 、
days-none = 總要留一天吧。想停一陣，點「暫停」。
day-mon = 一
day-tue = 二
day-wed = 三
day-thu = 四
day-fri = 五
day-sat = 六
day-sun = 日

## Buttons of a daily poem
daily-hour = 🕗 鐘點
daily-zone = 🌏 時區
daily-days = 📅 哪幾天
daily-theme = 🖌 題目
daily-form = 📜 體裁
daily-simplified = ✓ 簡體詩
daily-traditional = ✓ 繁體詩
daily-pause = ⏸ 暫停
daily-resume = ▶️ 繼續送
daily-skip = ⏭ { $date }不送
daily-unskip = ↩️ { $date }照送
daily-add = ➕ 再加一份
daily-end = 🗑 停止
daily-end-all = 全部停止
daily-all = ‹ 全部
daily-keep-only = 1️⃣ 只留這一份
daily-revive = ↩️ 還是要
daily-write = ⌨️ 自己寫
daily-varied = 隨時節
daily-send-location = 📍 傳位置
daily-move = ✅ 改成 { $zone }
daily-stay = 不用改
daily-changed = 改好了。
daily-too-late = 來不及了，那天的已經送出或過去了。
form-any = 不拘
form-any-tune = 隨意填詞
style-none = 風格不拘

## Choosing
choose-hour = 改到幾點？
choose-zone = 按哪裡的時間？
choose-days = 哪幾天送？點一下加上，再點一下去掉。
choose-theme = 寫什麼題目？
choose-form = 寫什麼體裁？
choose-tune = 填哪個詞牌？
choose-another-hour = 再加一份，幾點送？
ask-hour-html = 請<b>回覆這則訊息</b>，寫幾點送，例如 07:45 或 晚上九點半。（現在是 { $hour }）
ask-zone-html = 請<b>回覆這則訊息</b>，寫你所在的城市，例如 東京、New York，也可以寫 UTC+8。（{ $hour } 那一份）
ask-theme-html = 請<b>回覆這則訊息</b>，寫一個題目，例如 秋夜。（{ $hour } 那一份）

## Clocks
zone-beijing = 北京
which-place = 「{ $word }」不止一處，是哪一個？
which-place-meanwhile = 這個地名不止一處，是哪一個？先按 { $zone } 送。
location-ask = 點下面的按鈕，把位置傳給我。我只用它找時區，不會留下來。
location-send = 📍 傳送我的位置
location-no = 不傳了
location-fine = 好，時區也可以用按鈕選，或者直接寫城市。
location-found = 這裡的時間是 { $zone }。以後按這裡的時間送詩嗎？
location-same = 這裡的時間就是 { $zone }，正是我用的，不用改。
location-unknown = 看不出這裡的時區，請寫一個城市：/subscribe 08:00 東京
zone-moved =
    好，以後按 { $zone } 的時間。{ $moved ->
        [nothing] {""}
       *[poems] 每日一詩也跟著改了。
    }
zone-stays = 好，還是按 { $zone } 的時間。

## Why today's poem is about what it is about
occasion =
    今日{ $code ->
        [new-year] 春節
        [lanterns] 元宵
        [third-third] 上巳
        [dragon-boats] 端午
        [sevens] 七夕
        [ghosts] 中元
        [mid-autumn] 中秋
        [nines] 重陽
        [laba] 臘八
        [eve] 除夕
        [cold-food] 寒食
        [term-1] 立春
        [term-2] 雨水
        [term-3] 驚蟄
        [term-4] 春分
        [term-5] 清明
        [term-6] 穀雨
        [term-7] 立夏
        [term-8] 小滿
        [term-9] 芒種
        [term-10] 夏至
        [term-11] 小暑
        [term-12] 大暑
        [term-13] 立秋
        [term-14] 處暑
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
only-admins = 群組的設定要請管理員來改，大家都可以看。

## When something does not work
subscriptions-full = 這裡已經有 { $most } 份每日一詩了，先停一份再添吧。
subscription-gone = 這份每日一詩已經停了，發 /subscribe 看看現在的。
hour-taken = 這個鐘點已經有一份每日一詩了。
unknown-place = 不知道「{ $word }」在哪裡。時區可以寫城市（東京、New York）、UTC+8，或 Asia/Tokyo 這樣的名字；題目請用漢字。
button-same-clock = 不改時區
