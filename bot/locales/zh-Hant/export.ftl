## Poems as files
menu-export = 匯出詩集：PDF、文字檔、JSON
button-export = 📤 匯出成冊
export-question = 把詩裝訂成冊，帶走或列印。要哪些詩，什麼樣的檔案？
export-favourites = 收藏 · { $count }
export-history = 寫過的 · { $count }
export-chosen = ✓ { $what }
export-pdf = 📕 PDF
export-text = 📄 文字檔
export-json = 🧩 JSON
export-making = 正在裝訂……
export-caption = 共 { $count } 首。
export-caption-volume = 第 { $number } 冊，共 { $of } 冊；本冊 { $count } 首。
export-empty = 還沒有詩可以裝訂。先寫一首：/poem 月
export-in-private = 詩集是你自己的，到私聊裡傳 /export 給我吧。
export-title = { $name }詩草
export-title-alone = 詩草
export-contents = 目錄
export-colophon =
    右詩{ $count }首，
    由 { $bot } 的神經網路逐字寫成。
    { $day }成冊。
export-rings = 其中加圈的句子，是眾人接龍所作。
