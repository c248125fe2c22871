## The daily poem
subscribed =
    A poem will come { $days } at { $time }, { $topic }.
    The first one: { $day ->
        [today] today
        [tomorrow] tomorrow
       *[later] { $date }
    } at { $time } ({ $zone }).
    /unsubscribe stops it.
subscribed-several = There are { $count } of them here; /subscribe shows all.
subscription-wish = A poem comes { $days } at { $time }, { $topic }.
subscription-next =
    The next one: { $day ->
        [today] today
        [tomorrow] tomorrow
       *[later] { $date }
    } at { $time } ({ $zone }).
subscription-paused = Paused: nothing comes for now ({ $zone }).
subscription-skips = Nothing comes on { $date }.
subscriptions-title = { $count } daily poems. Tap one to change it.
topic-varied = on the season
topic-theme = on “{ $theme }”
topic-form = { $topic }, as { $form }
topic-style = { $topic }, { $style }
unsubscribed = No more daily poems. /subscribe 08:00 starts them again.
unsubscribed-one = No more daily poems at { $time }.
unsubscribe-which = Which one should end?
not-subscribed = There is no daily poem here. /subscribe 08:00 starts one.
not-subscribed-group = This group has no daily poem yet. An admin can start one with /subscribe 08:00.

## Days
days-every = every day
days-work = on weekdays
days-weekend = at weekends
days-some = on { $days }
days-between = {", "}
days-none = One day has to stay. To stop for a while, tap “Pause”.
day-mon = Mon
day-tue = Tue
day-wed = Wed
day-thu = Thu
day-fri = Fri
day-sat = Sat
day-sun = Sun

## Buttons of a daily poem
daily-hour = 🕗 Hour
daily-zone = 🌏 Time zone
daily-days = 📅 Days
daily-theme = 🖌 Theme
daily-form = 📜 Form
daily-simplified = ✓ Simplified poems
daily-traditional = ✓ Traditional poems
daily-pause = ⏸ Pause
daily-resume = ▶️ Go on
daily-skip = ⏭ Skip { $date }
daily-unskip = ↩️ Don't skip { $date }
daily-add = ➕ Another one
daily-end = 🗑 End it
daily-end-all = End all
daily-all = ‹ All
daily-keep-only = 1️⃣ Only this one
daily-revive = ↩️ Keep it after all
daily-write = ⌨️ Write it
daily-varied = The season's
daily-send-location = 📍 Send my location
daily-move = ✅ Change to { $zone }
daily-stay = Leave it
daily-changed = Changed.
daily-too-late = Too late: that day's poem was sent, or the day is over.
form-any = Any form
form-any-tune = Any 词
style-none = Any manner

## Choosing
choose-hour = At what hour?
choose-zone = By whose clock?
choose-days = On which days? A tap adds a day, another takes it away.
choose-theme = On what theme?
choose-form = In what form?
choose-tune = To which tune?
choose-another-hour = Another daily poem: at what hour?
ask-hour-html = <b>Reply to this message</b> with an hour, such as 07:45 or 9:30 pm. (It is { $hour } now.)
ask-zone-html = <b>Reply to this message</b> with your city, such as Tokyo or 纽约, or with UTC+8. (For the one at { $hour }.)
ask-theme-html = <b>Reply to this message</b> with a theme in Chinese, such as 秋夜. (For the one at { $hour }.)

## Clocks
zone-beijing = Beijing
which-place = There is more than one “{ $word }”. Which one?
which-place-meanwhile = There is more than one place of that name. Which one? Until you say, it goes by { $zone }.
location-ask = Tap the button below to send me your location. I only look up its time zone and don't keep it.
location-send = 📍 Send my location
location-no = Rather not
location-fine = Fine. A time zone can also be chosen by button, or written as a city.
location-found = The time there is { $zone }. Should poems go by it from now on?
location-same = The time there is { $zone }, which is what I go by already.
location-unknown = I can't tell the time zone there. Please write a city: /subscribe 08:00 Tokyo
zone-moved =
    From now on the time is { $zone }. { $moved ->
        [nothing] {""}
       *[poems] Daily poems go by it.
    }
zone-stays = The time stays { $zone }.

## Why today's poem is about what it is about
occasion =
    Today: { $code ->
        [new-year] Chinese New Year (春节)
        [lanterns] the Lantern Festival (元宵)
        [third-third] the Third of the Third (上巳)
        [dragon-boats] the Dragon Boat Festival (端午)
        [sevens] the Seventh of the Seventh (七夕)
        [ghosts] the Ghost Festival (中元)
        [mid-autumn] the Mid-Autumn Festival (中秋)
        [nines] the Double Ninth (重阳)
        [laba] Laba (腊八)
        [eve] New Year's Eve (除夕)
        [cold-food] the Cold Food Festival (寒食)
        [term-1] Start of Spring (立春)
        [term-2] Rain Water (雨水)
        [term-3] Awakening of Insects (惊蛰)
        [term-4] Spring Equinox (春分)
        [term-5] Qingming (清明)
        [term-6] Grain Rain (谷雨)
        [term-7] Start of Summer (立夏)
        [term-8] Grain Buds (小满)
        [term-9] Grain in Ear (芒种)
        [term-10] Summer Solstice (夏至)
        [term-11] Minor Heat (小暑)
        [term-12] Major Heat (大暑)
        [term-13] Start of Autumn (立秋)
        [term-14] End of Heat (处暑)
        [term-15] White Dew (白露)
        [term-16] Autumn Equinox (秋分)
        [term-17] Cold Dew (寒露)
        [term-18] Frost's Descent (霜降)
        [term-19] Start of Winter (立冬)
        [term-20] Minor Snow (小雪)
        [term-21] Major Snow (大雪)
        [term-22] Winter Solstice (冬至)
        [term-23] Minor Cold (小寒)
       *[term-24] Major Cold (大寒)
    }

## Who may change what a group shares
only-admins = Only the group's admins can change this; everyone can look.

## When something does not work
subscriptions-full = There are { $most } daily poems here already; end one before you add another.
subscription-gone = That daily poem has ended. /subscribe shows what there is now.
hour-taken = There is a daily poem at this hour already.
unknown-place = I don't know where “{ $word }” is. A time zone can be a city (Tokyo, 纽约), UTC+8 or a name like Asia/Tokyo; themes are written in Chinese.
button-same-clock = Leave the time zone
