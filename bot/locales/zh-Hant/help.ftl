# Keys that end in -html are sent as HTML; their values are escaped.

## What to do here, and buttons that do it
start-html =
    <b>給我一個題目，我寫一首古詩。</b>

    直接發兩個字就行，比如 <b>秋夜</b>；或者先點一下這裡：
help-html =
    <b>用法</b>

    給個題目，我就寫詩。想細看哪一樣，點一下：
section-poem = 寫詩
section-tune = 填詞
section-couplet = 對聯
section-heads = 藏頭與續寫
section-keep = 收藏
section-daily = 每日一詩
section-group = 群組裡
section-settings = 設定
help-poem-html =
    <b>寫詩</b>

    直接發題目，最多四十字：<code>秋夜</code>
    加上體裁，先後隨意：<code>/poem 七律 江雪</code>
    五絕、七絕、五律、七律都會寫。
    仿唐或仿宋：<code>/poem 月 宋風</code>
    不給題目，就寫眼前的時節：<code>/poem</code>
    加引號的只作題目：<code>/poem 「長相思」</code>
    照平常說話也行：<code>幫我寫一首關於秋天的五絕</code>

    詩下的按鈕：❤️ 收藏，🔄 再寫，🖼 詩箋，簡繁、平仄、拼音，換體裁，轉給朋友。
help-tune-html =
    <b>填詞</b>

    詞牌與題目，先後隨意：<code>/poem 浣溪沙 秋思</code>
    只說「詞」，詞牌由我挑：<code>/poem 詞 春</code>

    會填的詞牌：{ $tunes }
help-couplet-html =
    <b>對聯</b>

    七言聯：<code>/couplet 月</code>
    五言聯：<code>/couplet 五言 月</code>
    給上聯，對下聯（五個字或七個字）：<code>/couplet 海內存知己</code>
help-heads-html =
    <b>藏頭與續寫</b>

    二到十六個字，作每句的頭一字：<code>/acrostic 生日快樂 七絕</code>
    給一句五言或七言，接著寫下去：<code>/continue 床前明月光</code>
    指令也可以用中文寫：<code>藏頭詩 生日快樂</code>
help-keep-html =
    <b>收藏</b>

    點詩下的 ❤️ 就收藏，再點一次取消。
    /favourites 收藏的詩，可以按體裁、題目、月份翻，也可以找字：<code>/favourites 月</code>
    /history 寫過的詩
    /export 把收藏做成一本詩集
    /forget 刪掉我記得的一切
help-daily-html =
    <b>每日一詩</b>

    <code>/subscribe 08:00 月 五絕</code>，題目與體裁可省。
    時間、時區、星期、題目都能用按鈕改，也可以暫停或跳過明天。
    /unsubscribe 停止
help-group-html =
    <b>群組裡</b>

    不叫我，我不說話。叫我：<code>/poem 月</code>，或者 <code>@{ $bot } 秋夜</code>
    回覆誰的話發 /poem，就用那句話作題目。
    /jielong 接龍：大家一人一句，我來收尾。
    在任何聊天裡打 <code>@{ $bot } 月</code>，都能挑一首發出去。
help-settings-html =
    <b>設定</b>

    /settings 裡可以改語言、簡繁、慣用體裁、筆致、詩箋、時區。群組裡由管理員改。
do-autumn = 🌙 寫一首「秋夜」
do-season = 🍃 寫眼前時節
do-couplet = 🏮 寫一副對聯
do-acrostic = 🀄 寫藏頭詩
do-continue = 🖌 續一句詩
do-daily = 🌅 每日一詩
do-favourites = ❤️ 我的收藏
do-history = 📜 寫過的詩
do-settings = ⚙️ 設定
do-game = 🔗 接龍
do-forget = 🗑 刪除我的資料
do-about = 🪶 誰在寫詩
button-heads = 用「{ $heads }」
button-line = 以「{ $line }」起句
meant-command = 沒有 /{ $written } 這個指令，是不是 /{ $meant }？
got-photo = 好畫面！我看不見圖，請在圖片說明裡寫上題目，或者直接發兩個字。
got-sticker = 這個貼圖我寫不進詩裡，換個題目試試？
got-voice = 我聽不見聲音，把題目寫成字發給我吧。
got-video = 我看不了影片，把想寫的告訴我兩個字就好。
got-contact = 想寫給這位朋友？把名字做成藏頭詩也好看，發 /acrostic 試試。
got-place = 好地方！把地名發給我，我寫一首。
got-dice = 手氣不錯。題目也交給運氣：點下面的按鈕。
got-poll = 我不投票，只寫詩。給個題目吧。
got-document = 檔案我讀不了，把題目發給我就好。
got-something = 這個我看不懂，發兩個漢字作題目，我來寫詩。
