## /settings
settings-title = 設定
settings-hint-html = <i>點一項來改。</i>
settings-hint-group-html = <i>點一項來改；群組裡由管理員改。</i>
setting-daily-html = 每日一詩 · <b>{ $hours }</b>
setting-daily-none-html = 每日一詩 · <b>還沒訂</b>
setting-saved = 已經改好。
setting-chosen = ✓ { $label }
setting-auto = { $chosen }（{ $holds }）
setting-zone-html = 時區 · <b>{ $zone }</b>
setting-language = 語言
setting-language-about = 我用哪種語言說話。
setting-language-auto = 隨 Telegram
setting-language-hans = 简体中文
setting-language-hant = 繁體中文
setting-language-en = English
setting-script = 詩的字
setting-script-about = 詩用簡體還是繁體。詩下面的按鈕可以隨時換著看。
setting-script-auto = 隨語言
setting-script-simplified = 簡體
setting-script-traditional = 繁體
setting-form = 慣用體裁
setting-form-about = 沒有說體裁的時候寫什麼。
setting-form-auto = 隨我挑
setting-form-ci = 詞
setting-boldness = 筆致
setting-boldness-about =
    穩：用字穩妥，少出格。
    平：不偏不倚。
    奇：敢用險字，意外更多。
setting-boldness-steady = 穩
setting-boldness-even = 平
setting-boldness-bold = 奇
setting-paper = 詩箋
setting-paper-about = 🖼 詩箋畫在哪種紙上。
setting-layout = 詩集版式
setting-layout-about = 匯出的詩集直排還是橫排。
setting-layout-vertical = 直排
setting-layout-horizontal = 橫排
setting-zone = 時區
setting-zone-about-html =
    <b>時區</b> · { $zone }

    你那裡的鐘走哪裡的時間？每日一詩按它來。
setting-zone-other = ✍️ 寫個城市
setting-zone-ask = 你在哪座城市？也可以寫 UTC+8。
setting-zone-which = 是哪一個？
setting-zone-saved = 好，以後按{ $zone }的時間。
