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
