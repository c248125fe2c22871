# Keys that end in -html are sent as HTML; their values are escaped. All others are plain text.

## /forget
menu-forget = 刪除我的全部資料
forget-question-html =
    <b>要把關於你的一切都刪掉嗎？</b>

    { $list }

    刪了就找不回來了。別人收藏的詩、群組裡的詩會留下，但不再記著你。
forget-favourites = 收藏 { $count } 首
forget-requests = 寫詩的紀錄 { $count } 條
forget-poems = 只屬於你的詩 { $count } 首
forget-pictures = 詩箋 { $count } 張
forget-subscriptions = 每日一詩 { $count } 份
forget-ended = 已停的每日一詩 { $count } 份
forget-settings = 你的設定
forget-handed-over = 群組裡由你訂的每日一詩 { $count } 份：照常送給群組，不再記著是你
forget-nothing-there = 這裡沒有關於你的東西，沒有什麼要刪的。
forget-too-late = 問了太久，這次沒有刪。要刪的話，請再發一次 /forget。
forget-left = 好，什麼都沒有刪。
forget-in-private = 刪除資料的事請在私聊裡說：到那裡發 /forget。
forget-not-yours = 這不是在問你。
forgotten-html =
    <b>都刪掉了。</b>

    { $list }

    你隨時可以重新開始：發一個題目就好。
button-forget = 🗑 全部刪除
button-forget-not = 還是留著
button-private-chat = 去私聊 ›

## Leafing through one's poems
button-sort = 🗂 挑著看
button-oldest-first = ⇅ 舊的在前
button-newest-first = ⇅ 新的在前
button-any = 🎲 隨便一首
button-all = ‹ 看全部
button-restore = ↩️ 放回《{ $title }》
button-by-form = 體裁
button-by-theme = 題目
button-by-month = 月份
month = { $year }年{ $month }月
oldest-first = 舊的在前
chosen-form-html = 體裁：{ $form }
chosen-theme-html = 題目：{ $theme }
chosen-words-html = 搜：<code>{ $words }</code>
sort-hint = 按什麼挑？也可以搜字，例如：{ $command } 月
sort-choose = 看哪些？
sort-nothing = 這一類還沒有可挑的。
sort-value = { $name } · { $count }
nothing-found = 沒有找到這樣的詩。換個字試試，或者看全部。
nothing-left-here = 這裡已經沒有詩了。
theme-gone = 這個題目的詩已經沒有了，先看全部。
restored = 放回來了。
