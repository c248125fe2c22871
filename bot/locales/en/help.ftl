# Keys that end in -html are sent as HTML; their values are escaped.

## What to do here, and buttons that do it
start-html =
    <b>Give me a theme in Chinese and I write a classical poem.</b>

    Just send a word or two, such as <b>秋夜</b> (autumn night), or begin here:
help-html =
    <b>How it works</b>

    Give me a theme and I write. Tap what you want to know more about:
section-poem = Poems
section-tune = 词, to a tune
section-couplet = Couplets
section-heads = Acrostics, first lines
section-keep = Keeping poems
section-daily = Every day
section-group = In groups
section-settings = Settings
help-poem-html =
    <b>Poems</b>

    Just send a theme of up to forty characters: <code>秋夜</code>
    With a form, in any order: <code>/poem 七律 江雪</code>
    五绝 and 七绝 have four lines of 5 or 7 characters, 五律 and 七律 eight.
    In the manner of Tang or Song: <code>/poem 月 宋风</code>
    Without a theme the season chooses: <code>/poem</code>
    What stands in quotation marks is only a theme: <code>/poem “长相思”</code>
    A sentence in Chinese will do too: <code>帮我写一首关于秋天的五绝</code>

    Under a poem: ❤️ keeps it, 🔄 writes another, 🖼 makes a card; the other script, tones, pinyin, other forms, passing it on.
help-tune-html =
    <b>词, verse to old tunes</b>

    Tune and theme in any order: <code>/poem 浣溪沙 秋思</code>
    词 alone leaves the tune to me: <code>/poem 词 春</code>

    Tunes: { $tunes }
help-couplet-html =
    <b>Couplets</b>

    Two lines of seven: <code>/couplet 月</code>
    Of five: <code>/couplet 五言 月</code>
    A first line of 5 or 7 characters gets its answer: <code>/couplet 海内存知己</code>
help-heads-html =
    <b>Acrostics and first lines</b>

    2 to 16 characters that begin the lines: <code>/acrostic 生日快乐 七绝</code>
    A line of 5 or 7 characters to go on from: <code>/continue 床前明月光</code>
    Commands have Chinese names too: <code>藏头诗 生日快乐</code>
help-keep-html =
    <b>Keeping poems</b>

    ❤️ under a poem keeps it, a second tap lets it go.
    /favourites shows what you kept, by form, theme or month, or with a word: <code>/favourites 月</code>
    /history shows what you asked for
    /export makes a book of what you kept
    /forget deletes all I know of you
help-daily-html =
    <b>A poem every day</b>

    <code>/subscribe 08:00 月 五绝</code>; theme and form are optional.
    Hour, time zone, weekdays and theme change by buttons; it can be paused, or skip tomorrow.
    /unsubscribe stops it
help-group-html =
    <b>In groups</b>

    I am silent unless asked: <code>/poem 月</code> or <code>@{ $bot } 秋夜</code>
    /poem in reply to a message takes its words as the theme.
    /jielong writes a poem together, line by line.
    In any chat <code>@{ $bot } 月</code> offers poems to send.
help-settings-html =
    <b>Settings</b>

    /settings changes language, script, usual form, boldness, card paper and time zone. In groups administrators do.
do-autumn = 🌙 A poem on 秋夜
do-season = 🍃 On the season
do-couplet = 🏮 A couplet
do-acrostic = 🀄 An acrostic
do-continue = 🖌 Go on from a line
do-daily = 🌅 A poem every day
do-favourites = ❤️ My poems
do-history = 📜 History
do-settings = ⚙️ Settings
do-game = 🔗 Line by line
do-forget = 🗑 Forget me
do-about = 🪶 Who writes
button-heads = With “{ $heads }”
button-line = From “{ $line }”
meant-command = There is no /{ $written }; did you mean /{ $meant }?
got-photo = A fine picture, but I cannot see it: write a theme in Chinese as its caption, or just send one.
got-sticker = That one I cannot put into verse; try a theme?
got-voice = I cannot hear; please write me a theme in Chinese.
got-video = I cannot watch videos; two characters will do as a theme.
got-contact = A poem for this friend? A name makes a fine acrostic: /acrostic
got-place = A good place! Send me its name in Chinese and I write about it.
got-dice = Well thrown. Leave the theme to luck too: tap below.
got-poll = I do not vote, I write. Give me a theme.
got-document = I cannot read files; just send me a theme in Chinese.
got-something = I do not understand this; send two Chinese characters as a theme.
