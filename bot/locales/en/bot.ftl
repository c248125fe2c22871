# Keys that end in -html are sent as HTML; their values are escaped. All others are plain text.

## The menu
menu-poem = Write a poem, with theme and form if you like: /poem 七绝 月
menu-acrostic = An acrostic: /acrostic 春夏秋冬
menu-continue = Go on from a line: /continue 床前明月光
menu-couplet = A couplet, or the answer to a line: /couplet 月
menu-favourites = The poems you kept
menu-history = The poems you asked for
menu-subscribe = A poem every day: /subscribe 08:00
menu-unsubscribe = No more daily poems
menu-settings = Settings
menu-help = How it works
menu-about = Who writes here

## What the bot can do
about-html =
    A small two-layer LSTM network, trained on the old masters, writes each poem character by character. It keeps tone patterns and rhyme, those of 词 and couplets too, and copies no line.
    The weights at work: <code>{ $model }</code>

## Poems
form-wujue = 五绝
form-qijue = 七绝
form-wulv = 五律
form-qilv = 七律
form-wulian = 五言联
form-qilian = 七言联
style-tang = Tang
style-song = Song
poem-rhyme = rhyme { $rhyme }
poem-tune-rhyme = rhyme { $rhyme }
poem-reading-html = <i>“{ $theme }” told through { $images }</i>
poem-taken-freely-html = <i>“{ $theme }” is in none of the old poems, so this one goes its own way</i>
poem-read-as-line-html = <i>“{ $line }” taken as a first line, and answered</i>
poem-read-as-theme-html = <i>“{ $theme }” taken as a theme</i>
poem-acrostic = acrostic
poem-continued = continued
poem-untitled = 无题
tones-signs = ○ level　● oblique　◎⊙ either　△▲ rhyme
tones-pattern = Pattern: { $pattern }
tones-rhymes = Rhymes: { $words }

## Buttons and what they answer
button-keep = ❤️ Keep
button-kept = 💛 Kept
button-another = 🔄 Another
button-another-pair = 🔄 Another
button-traditional = 繁體
button-simplified = 简体
button-tones = Tones
button-pinyin = Pinyin
button-verse = ‹ Verse
button-same-line = ✍️ Same first line
button-forms = Forms ›
button-tunes = 词 tunes ›
button-back = ‹ Back
button-as-theme = 📝 As a theme instead
button-as-line = ✍️ As a first line instead
button-theme-after-all = “{ $word }” as a theme
button-retry = 🔄 Try again
button-previous = ‹ Back
button-next = More ›
button-remove = 🗑 { $number }
kept = Kept. You find it in /favourites.
kept-already = You kept it already.
dropped = No longer kept.
writing = Writing…
once-is-enough = One moment, it is on its way.
expired = This button has expired; please send /poem again.
poem-gone = This poem is no longer there; please ask for another.
wish-not-yours = Somebody else asked for this; send a message of your own.
not-yours = This list is someone else's; send { $command } for yours.
list-in-private = I can't tell who is writing here, and lists are personal: send me { $command } in our private chat.

## Lists
favourites-title-html = <b>Kept poems</b> · { $total }
favourites-empty = Nothing kept yet. Tap ❤️ under a poem you like and it stays here.
history-title-html = <b>Your poems</b> · { $total }
history-empty = No poem yet. Try /poem 月.
list-page = { $page } / { $pages }
list-hint = Tap a number to read that poem again.

## When something does not work
unknown-form = I don't know the form “{ $word }”; I write 五绝, 七绝, 五律 and 七律, 词 to many tunes, and couplets.
did-you-mean = I don't know the form “{ $word }”; did you mean { $suggestion }?
several-forms = A poem has one form; which shall it be: { $word }?
theme-too-long = That theme is too long; forty characters are enough, for example 秋夜.
theme-without-han = Please give the theme in Chinese, for example 秋夜.
heads-missing = An acrostic needs a few characters, for example: /acrostic 春夏秋冬
heads-count = An acrostic takes 2 to 16 Chinese characters, for example: /acrostic 春夏秋冬
heads-not-han = An acrostic takes only Chinese characters, for example: /acrostic 春夏秋冬
heads-form-mismatch = That number of characters does not suit the form: four make a 绝句, eight a 律诗, for example: /acrostic 春夏秋冬 七绝
first-line-missing = Please give me a line of 5 or 7 characters, for example: /continue 床前明月光
first-line-length = The first line is one line: 5 characters for 五绝 and 五律, 7 for 七绝 and 七律, for example: /continue 床前明月光
first-line-not-han = The first line takes only Chinese characters, for example: /continue 床前明月光
tune-not-continued = A 词 can't go on from a given line, a poem can, for example: /continue 床前明月光
couplet-form = A couplet has lines of five or seven characters, for example: /couplet 五言 月
tune-first-line = A tune fixes how long its first line is: give another line, or only a theme, e.g. /poem 浣溪沙 秋思
tune-heads = This tune cannot hide these characters: four suit a quatrain, eight a regulated verse, e.g. /acrostic 春夏秋冬
unknown-script = Poems come in simplified or traditional characters.
request-impossible = I can't write that; try for example: /poem 七绝 月
bad-hour = I don't understand the hour “{ $word }”; write it like 08:00 or 21:30, for example: /subscribe 08:00
no-character-fits = This poem would not come; try another theme, or once more.
too-soon = That was quick! The next poem can be written in { $seconds } s.
queue-place = { $ahead } poems are ahead of yours; it will not be long.
busy = Many people are waiting for poems; please come back in a moment.
only-chinese = Send a theme in Chinese, for example 秋夜, and I write a poem.
unknown-command = There is no such command. These work: { $commands }
went-wrong = Something went wrong, please try again.
