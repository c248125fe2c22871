# Keys that end in -html are sent as HTML; their values are escaped.

## What to do here, and buttons that do it
start-html =
    <b>给我一个题目，我写一首古诗。</b>

    直接发两个字就行，比如 <b>秋夜</b>；或者先点一下这里：
help-html =
    <b>用法</b>

    给个题目，我就写诗。想细看哪一样，点一下：
section-poem = 写诗
section-tune = 填词
section-couplet = 对联
section-heads = 藏头与续写
section-keep = 收藏
section-daily = 每日一诗
section-group = 群里
section-settings = 设置
help-poem-html =
    <b>写诗</b>

    直接发题目，最多四十字：<code>秋夜</code>
    加上体裁，先后随意：<code>/poem 七律 江雪</code>
    五绝、七绝、五律、七律都会写。
    仿唐或仿宋：<code>/poem 月 宋风</code>
    不给题目，就写眼前的时节：<code>/poem</code>
    加引号的只作题目：<code>/poem “长相思”</code>
    照平常说话也行：<code>帮我写一首关于秋天的五绝</code>

    诗下的按钮：❤️ 收藏，🔄 再写，🖼 诗笺，简繁、平仄、拼音，换体裁，转给朋友。
help-tune-html =
    <b>填词</b>

    词牌与题目，先后随意：<code>/poem 浣溪沙 秋思</code>
    只说“词”，词牌由我挑：<code>/poem 词 春</code>

    会填的词牌：{ $tunes }
help-couplet-html =
    <b>对联</b>

    七言联：<code>/couplet 月</code>
    五言联：<code>/couplet 五言 月</code>
    给上联，对下联（五个字或七个字）：<code>/couplet 海内存知己</code>
help-heads-html =
    <b>藏头与续写</b>

    二到十六个字，作每句的头一字：<code>/acrostic 生日快乐 七绝</code>
    给一句五言或七言，接着写下去：<code>/continue 床前明月光</code>
    命令也可以用中文写：<code>藏头诗 生日快乐</code>
help-keep-html =
    <b>收藏</b>

    点诗下的 ❤️ 就收藏，再点一次取消。
    /favourites 收藏的诗，可以按体裁、题目、月份翻，也可以找字：<code>/favourites 月</code>
    /history 写过的诗
    /export 把收藏做成一本诗集
    /forget 删掉我记得的一切
help-daily-html =
    <b>每日一诗</b>

    <code>/subscribe 08:00 月 五绝</code>，题目与体裁可省。
    时间、时区、星期、题目都能用按钮改，也可以暂停或跳过明天。
    /unsubscribe 停止
help-group-html =
    <b>群里</b>

    不叫我，我不说话。叫我：<code>/poem 月</code>，或者 <code>@{ $bot } 秋夜</code>
    回复谁的话发 /poem，就用那句话作题目。
    /jielong 接龙：大家一人一句，我来收尾。
    在任何聊天里打 <code>@{ $bot } 月</code>，都能挑一首发出去。
help-settings-html =
    <b>设置</b>

    /settings 里可以改语言、简繁、惯用体裁、笔致、诗笺、时区。群里由管理员改。
do-autumn = 🌙 写一首“秋夜”
do-season = 🍃 写眼前时节
do-couplet = 🏮 写一副对联
do-acrostic = 🀄 写藏头诗
do-continue = 🖌 续一句诗
do-daily = 🌅 每日一诗
do-favourites = ❤️ 我的收藏
do-history = 📜 写过的诗
do-settings = ⚙️ 设置
do-game = 🔗 接龙
do-forget = 🗑 删除我的资料
do-about = 🪶 谁在写诗
button-heads = 用“{ $heads }”
button-line = 以“{ $line }”起句
meant-command = 没有 /{ $written } 这个命令，是不是 /{ $meant }？
got-photo = 好画面！我看不见图，请在图片说明里写上题目，或者直接发两个字。
got-sticker = 这个表情我写不进诗里，换个题目试试？
got-voice = 我听不见声音，把题目写成字发给我吧。
got-video = 我看不了影片，把想写的告诉我两个字就好。
got-contact = 想写给这位朋友？把名字做成藏头诗也好看，发 /acrostic 试试。
got-place = 好地方！把地名发给我，我写一首。
got-dice = 手气不错。题目也交给运气：点下面的按钮。
got-poll = 我不投票，只写诗。给个题目吧。
got-document = 文件我读不了，把题目发给我就好。
got-something = 这个我看不懂，发两个汉字作题目，我来写诗。
