## Poems as files
menu-export = 导出诗集：PDF、文本、JSON
button-export = 📤 导出成册
export-question = 把诗装订成册，带走或打印。要哪些诗，什么样的文件？
export-favourites = 收藏 · { $count }
export-history = 写过的 · { $count }
export-chosen = ✓ { $what }
export-pdf = 📕 PDF
export-text = 📄 文本
export-json = 🧩 JSON
export-making = 正在装订……
export-caption = 共 { $count } 首。
export-caption-volume = 第 { $number } 册，共 { $of } 册；本册 { $count } 首。
export-empty = 还没有诗可以装订。先写一首：/poem 月
export-in-private = 诗集是你自己的，到私聊里发 /export 给我吧。
export-title = { $name }诗草
export-title-alone = 诗草
export-contents = 目录
export-colophon =
    右诗{ $count }首，
    由 { $bot } 的神经网络逐字写成。
    { $day }成册。
export-rings = 其中加圈的句子，是众人接龙所作。
