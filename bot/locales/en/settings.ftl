## /settings
settings-title = Settings
settings-hint-html = <i>Tap one to change it.</i>
settings-hint-group-html = <i>Tap one to change it; in a group administrators do.</i>
setting-daily-html = Daily poems · <b>{ $hours }</b>
setting-daily-none-html = Daily poems · <b>none yet</b>
setting-saved = Changed.
setting-chosen = ✓ { $label }
setting-auto = { $chosen } ({ $holds })
setting-zone-html = Time zone · <b>{ $zone }</b>
setting-language = Language
setting-language-about = The language I speak here.
setting-language-auto = As Telegram
setting-language-hans = 简体中文
setting-language-hant = 繁體中文
setting-language-en = English
setting-script = Script
setting-script-about = Simplified or traditional characters in poems. A button under each poem shows the other.
setting-script-auto = As the language
setting-script-simplified = Simplified
setting-script-traditional = Traditional
setting-form = Usual form
setting-form-about = What to write when no form is named.
setting-form-auto = Up to me
setting-form-ci = 词, to a tune
setting-boldness = Boldness
setting-boldness-about =
    Steady: the expected word, few risks.
    Even: a balance.
    Bold: rare words and more surprises.
setting-boldness-steady = Steady 稳
setting-boldness-even = Even 平
setting-boldness-bold = Bold 奇
setting-paper = Card paper
setting-paper-about = The paper that 🖼 cards are drawn on.
setting-layout = Book layout
setting-layout-about = How an exported book is set.
setting-layout-vertical = Vertical
setting-layout-horizontal = Horizontal
setting-zone = Time zone
setting-zone-about-html =
    <b>Time zone</b> · { $zone }

    Where is your clock? Daily poems go by it.
setting-zone-other = ✍️ Another city
setting-zone-ask = Which city are you in? UTC+8 works too.
setting-zone-which = Which one is it?
setting-zone-saved = Good: from now on it goes by { $zone }.
