## /settings
settings-title = 设置
settings-hint-html = <i>点一项来改。</i>
settings-hint-group-html = <i>点一项来改；群里由管理员改。</i>
setting-daily-html = 每日一诗 · <b>{ $hours }</b>
setting-daily-none-html = 每日一诗 · <b>还没订</b>
setting-saved = 已经改好。
setting-chosen = ✓ { $label }
setting-auto = { $chosen }（{ $holds }）
setting-zone-html = 时区 · <b>{ $zone }</b>
setting-language = 语言
setting-language-about = 我用哪种语言说话。
setting-language-auto = 随 Telegram
setting-language-hans = 简体中文
setting-language-hant = 繁體中文
setting-language-en = English
setting-script = 诗的字
setting-script-about = 诗用简体还是繁体。诗下面的按钮可以随时换着看。
setting-script-auto = 随语言
setting-script-simplified = 简体
setting-script-traditional = 繁体
setting-form = 惯用体裁
setting-form-about = 没有说体裁的时候写什么。
setting-form-auto = 随我挑
setting-form-ci = 词
setting-boldness = 笔致
setting-boldness-about =
    稳：用字稳妥，少出格。
    平：不偏不倚。
    奇：敢用险字，意外更多。
setting-boldness-steady = 稳
setting-boldness-even = 平
setting-boldness-bold = 奇
setting-paper = 诗笺
setting-paper-about = 🖼 诗笺画在哪种纸上。
setting-layout = 诗集版式
setting-layout-about = 导出的诗集竖排还是横排。
setting-layout-vertical = 竖排
setting-layout-horizontal = 横排
setting-zone = 时区
setting-zone-about-html =
    <b>时区</b> · { $zone }

    你那里的钟走哪里的时间？每日一诗按它来。
setting-zone-other = ✍️ 写个城市
setting-zone-ask = 你在哪座城市？也可以写 UTC+8。
setting-zone-which = 是哪一个？
setting-zone-saved = 好，以后按{ $zone }的时间。
