# Keys that end in -html are sent as HTML; their values are escaped. All others are plain text.

## /forget
menu-forget = 删除我的全部资料
forget-question-html =
    <b>要把关于你的一切都删掉吗？</b>

    { $list }

    删了就找不回来了。别人收藏的诗、群里的诗会留下，但不再记着你。
forget-favourites = 收藏 { $count } 首
forget-requests = 写诗的记录 { $count } 条
forget-poems = 只属于你的诗 { $count } 首
forget-pictures = 诗笺 { $count } 张
forget-subscriptions = 每日一诗 { $count } 份
forget-ended = 已停的每日一诗 { $count } 份
forget-settings = 你的设置
forget-handed-over = 群里由你订的每日一诗 { $count } 份：照常送给群，不再记着是你
forget-nothing-there = 这里没有关于你的东西，没有什么要删的。
forget-too-late = 问了太久，这次没有删。要删的话，请再发一次 /forget。
forget-left = 好，什么都没有删。
forget-in-private = 删除资料的事请在私聊里说：到那里发 /forget。
forget-not-yours = 这不是在问你。
forgotten-html =
    <b>都删掉了。</b>

    { $list }

    你随时可以重新开始：发一个题目就好。
button-forget = 🗑 全部删除
button-forget-not = 还是留着
button-private-chat = 去私聊 ›

## Leafing through one's poems
button-sort = 🗂 挑着看
button-oldest-first = ⇅ 旧的在前
button-newest-first = ⇅ 新的在前
button-any = 🎲 随便一首
button-all = ‹ 看全部
button-restore = ↩️ 放回《{ $title }》
button-by-form = 体裁
button-by-theme = 题目
button-by-month = 月份
month = { $year }年{ $month }月
oldest-first = 旧的在前
chosen-form-html = 体裁：{ $form }
chosen-theme-html = 题目：{ $theme }
chosen-words-html = 搜：<code>{ $words }</code>
sort-hint = 按什么挑？也可以搜字，例如：{ $command } 月
sort-choose = 看哪些？
sort-nothing = 这一类还没有可挑的。
sort-value = { $name } · { $count }
nothing-found = 没有找到这样的诗。换个字试试，或者看全部。
nothing-left-here = 这里已经没有诗了。
theme-gone = 这个题目的诗已经没有了，先看全部。
restored = 放回来了。
