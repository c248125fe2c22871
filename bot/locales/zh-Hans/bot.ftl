# Keys that end in -html are sent as HTML; their values are escaped. All others are plain text.

## The menu
menu-poem = 写一首诗，可加题目与体裁：/poem 七绝 月
menu-acrostic = 藏头诗：/acrostic 春夏秋冬
menu-continue = 续写一句诗：/continue 床前明月光
menu-couplet = 写对联，或对下联：/couplet 月
menu-favourites = 我的收藏
menu-history = 写过的诗
menu-subscribe = 每日一诗：/subscribe 08:00
menu-unsubscribe = 不再每日收诗
menu-settings = 设置
menu-help = 用法
menu-about = 谁在写诗

## What the bot can do
about-html =
    诗由一个小小的双层 LSTM 神经网络一字一字写成，读的是古人的诗词：诗合格律、押平水韵，词依词谱与词林正韵，对联平仄相对，不抄前人的整句。
    当前的模型：<code>{ $model }</code>

## Poems
form-wujue = 五绝
form-qijue = 七绝
form-wulv = 五律
form-qilv = 七律
form-wulian = 五言联
form-qilian = 七言联
style-tang = 唐风
style-song = 宋风
poem-rhyme = { $rhyme }韵
poem-tune-rhyme = 词韵{ $rhyme }
poem-reading-html = <i>「{ $theme }」取意：{ $images }</i>
poem-taken-freely-html = <i>「{ $theme }」不见于古诗，随意写来</i>
poem-read-as-line-html = <i>「{ $line }」作上联，对出下联</i>
poem-read-as-theme-html = <i>「{ $theme }」作题目</i>
poem-acrostic = 藏头
poem-continued = 续句
poem-untitled = 无题
tones-signs = ○ 平　● 仄　◎⊙ 平仄不拘　△▲ 韵脚
tones-pattern = 格律：{ $pattern }
tones-rhymes = 韵脚：{ $words }

## Buttons and what they answer
button-keep = ❤️ 收藏
button-kept = 💛 已收藏
button-another = 🔄 再写一首
button-another-pair = 🔄 再写一副
button-traditional = 繁體
button-simplified = 简体
button-tones = 平仄
button-pinyin = 拼音
button-verse = ‹ 原诗
button-same-line = ✍️ 同一起句
button-forms = 体裁 ›
button-tunes = 词牌 ›
button-back = ‹ 返回
button-as-theme = 📝 作题目，另写一副
button-as-line = ✍️ 作上联，对下联
button-theme-after-all = 以“{ $word }”为题
button-retry = 🔄 再试一次
button-previous = ‹ 上一页
button-next = 下一页 ›
button-remove = 🗑 { $number }
kept = 已收藏，/favourites 里能找到。
kept-already = 已经在你的收藏里了。
dropped = 已取消收藏。
writing = 正在写……
once-is-enough = 收到了，稍候。
expired = 这个按钮已经过期，请再发一次 /poem。
poem-gone = 这首诗已经找不到了，请再写一首。
wish-not-yours = 这是别人的请求；想要的话，自己也发一条吧。
not-yours = 这是别人的列表，发 { $command } 看你自己的。
list-in-private = 这里看不出是谁在说话，列表是各人自己的：到私聊里发 { $command } 吧。

## Lists
favourites-title-html = <b>收藏</b> · 共 { $total } 首
favourites-empty = 还没有收藏。喜欢哪首诗，点它下面的 ❤️ 就会留在这里。
history-title-html = <b>写过的诗</b> · 共 { $total } 首
history-empty = 还没有写过诗。发 /poem 月 试试。
list-page = { $page } / { $pages }
list-hint = 点数字重读那首诗。

## When something does not work
unknown-form = 没有“{ $word }”这种体裁；能写五绝、七绝、五律、七律，也能填词、作对联。
did-you-mean = 没有“{ $word }”这种体裁，是不是{ $suggestion }？
several-forms = 一首诗只有一种体裁，要哪一种：{ $word }？
theme-too-long = 题目太长了，四十字以内就好，例如“秋夜”。
theme-without-han = 题目请用汉字，例如“秋夜”。
heads-missing = 藏头诗要给我几个字，例如：/acrostic 春夏秋冬
heads-count = 藏头请给二到十六个汉字，例如：/acrostic 春夏秋冬
heads-not-han = 藏头只能用汉字，例如：/acrostic 春夏秋冬
heads-form-mismatch = 字数与体裁不合：四字写绝句，八字写律诗，例如：/acrostic 春夏秋冬 七绝
first-line-missing = 请给我一句五言或七言，例如：/continue 床前明月光
first-line-length = 起句要一句：五绝、五律五个字，七绝、七律七个字，例如：/continue 床前明月光
first-line-not-han = 起句请用汉字，例如：/continue 床前明月光
tune-not-continued = 续句只写诗，不填词，例如：/continue 床前明月光
couplet-form = 对联有五言、七言两种，例如：/couplet 五言 月
tune-first-line = 词的起句长短依词牌：换一句，或者不定起句，只给题目，例如：/poem 浣溪沙 秋思
tune-heads = 这个词牌藏不了这几个字：四字藏绝句、八字藏律诗最好，例如：/acrostic 春夏秋冬
unknown-script = 诗有简体与繁体两种。
request-impossible = 这样写不了，换个说法试试，例如：/poem 七绝 月
bad-hour = 看不懂“{ $word }”这个时间，请写成 08:00 或 21:30，例如：/subscribe 08:00
no-character-fits = 这一首没写成，换个题目或者再试一次吧。
too-soon = 写得真快！再过 { $seconds } 秒就能接着写。
queue-place = 前面还有 { $ahead } 首，马上就到你。
busy = 等着写诗的人太多了，请过一会儿再来。
only-chinese = 请发中文题目，例如“秋夜”，我来写诗。
unknown-command = 没有这个命令。能用的有：{ $commands }
went-wrong = 出了点问题，请再试一次。
