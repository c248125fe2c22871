# Keys that end in -html are sent as HTML; their values are escaped. All others are plain text.

## The menu
menu-poem = 寫一首詩，可加題目與體裁：/poem 七絕 月
menu-acrostic = 藏頭詩：/acrostic 春夏秋冬
menu-continue = 續寫一句詩：/continue 床前明月光
menu-couplet = 寫對聯，或對下聯：/couplet 月
menu-favourites = 我的收藏
menu-history = 寫過的詩
menu-subscribe = 每日一詩：/subscribe 08:00
menu-unsubscribe = 不再每日收詩
menu-settings = 設定
menu-help = 用法
menu-about = 誰在寫詩

## What the bot can do
about-html =
    詩由一個小小的雙層 LSTM 神經網路一字一字寫成，讀的是古人的詩詞：詩合格律、押平水韻，詞依詞譜與詞林正韻，對聯平仄相對，不抄前人的整句。
    目前的模型：<code>{ $model }</code>

## Poems
form-wujue = 五絕
form-qijue = 七絕
form-wulv = 五律
form-qilv = 七律
form-wulian = 五言聯
form-qilian = 七言聯
style-tang = 唐風
style-song = 宋風
poem-rhyme = { $rhyme }韻
poem-tune-rhyme = 詞韻{ $rhyme }
poem-reading-html = <i>「{ $theme }」取意：{ $images }</i>
poem-taken-freely-html = <i>「{ $theme }」不見於古詩，隨意寫來</i>
poem-read-as-line-html = <i>「{ $line }」作上聯，對出下聯</i>
poem-read-as-theme-html = <i>「{ $theme }」作題目</i>
poem-acrostic = 藏頭
poem-continued = 續句
poem-untitled = 無題
tones-signs = ○ 平　● 仄　◎⊙ 平仄不拘　△▲ 韻腳
tones-pattern = 格律：{ $pattern }
tones-rhymes = 韻腳：{ $words }

## Buttons and what they answer
button-keep = ❤️ 收藏
button-kept = 💛 已收藏
button-another = 🔄 再寫一首
button-another-pair = 🔄 再寫一副
button-traditional = 繁體
button-simplified = 简体
button-tones = 平仄
button-pinyin = 拼音
button-verse = ‹ 原詩
button-same-line = ✍️ 同一起句
button-forms = 體裁 ›
button-tunes = 詞牌 ›
button-back = ‹ 返回
button-as-theme = 📝 作題目，另寫一副
button-as-line = ✍️ 作上聯，對下聯
button-theme-after-all = 以「{ $word }」為題
button-retry = 🔄 再試一次
button-previous = ‹ 上一頁
button-next = 下一頁 ›
button-remove = 🗑 { $number }
kept = 已收藏，/favourites 裡能找到。
kept-already = 已經在你的收藏裡了。
dropped = 已取消收藏。
writing = 正在寫……
once-is-enough = 收到了，稍候。
expired = 這個按鈕已經過期，請再發一次 /poem。
poem-gone = 這首詩已經找不到了，請再寫一首。
wish-not-yours = 這是別人的請求；想要的話，自己也發一條吧。
not-yours = 這是別人的列表，發 { $command } 看你自己的。
list-in-private = 這裡看不出是誰在說話，列表是各人自己的：到私聊裡發 { $command } 吧。

## Lists
favourites-title-html = <b>收藏</b> · 共 { $total } 首
favourites-empty = 還沒有收藏。喜歡哪首詩，點它下面的 ❤️ 就會留在這裡。
history-title-html = <b>寫過的詩</b> · 共 { $total } 首
history-empty = 還沒有寫過詩。發 /poem 月 試試。
list-page = { $page } / { $pages }
list-hint = 點數字重讀那首詩。

## When something does not work
unknown-form = 沒有「{ $word }」這種體裁；能寫五絕、七絕、五律、七律，也能填詞、作對聯。
did-you-mean = 沒有「{ $word }」這種體裁，是不是{ $suggestion }？
several-forms = 一首詩只有一種體裁，要哪一種：{ $word }？
theme-too-long = 題目太長了，四十字以內就好，例如「秋夜」。
theme-without-han = 題目請用漢字，例如「秋夜」。
heads-missing = 藏頭詩要給我幾個字，例如：/acrostic 春夏秋冬
heads-count = 藏頭請給二到十六個漢字，例如：/acrostic 春夏秋冬
heads-not-han = 藏頭只能用漢字，例如：/acrostic 春夏秋冬
heads-form-mismatch = 字數與體裁不合：四字寫絕句，八字寫律詩，例如：/acrostic 春夏秋冬 七絕
first-line-missing = 請給我一句五言或七言，例如：/continue 床前明月光
first-line-length = 起句要一句：五絕、五律五個字，七絕、七律七個字，例如：/continue 床前明月光
first-line-not-han = 起句請用漢字，例如：/continue 床前明月光
tune-not-continued = 續句只寫詩，不填詞，例如：/continue 床前明月光
couplet-form = 對聯有五言、七言兩種，例如：/couplet 五言 月
tune-first-line = 詞的起句長短依詞牌：換一句，或者不定起句，只給題目，例如：/poem 浣溪沙 秋思
tune-heads = 這個詞牌藏不了這幾個字：四字藏絕句、八字藏律詩最好，例如：/acrostic 春夏秋冬
unknown-script = 詩有簡體與繁體兩種。
request-impossible = 這樣寫不了，換個說法試試，例如：/poem 七絕 月
bad-hour = 看不懂「{ $word }」這個時間，請寫成 08:00 或 21:30，例如：/subscribe 08:00
no-character-fits = 這一首沒寫成，換個題目或者再試一次吧。
too-soon = 寫得真快！再過 { $seconds } 秒就能接著寫。
queue-place = 前面還有 { $ahead } 首，馬上就到你。
busy = 等著寫詩的人太多了，請過一會兒再來。
only-chinese = 請發中文題目，例如「秋夜」，我來寫詩。
unknown-command = 沒有這個指令。能用的有：{ $commands }
went-wrong = 出了點問題，請再試一次。
