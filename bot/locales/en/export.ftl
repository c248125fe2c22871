## Poems as files
menu-export = Your poems as a book: PDF, text, JSON
button-export = 📤 As a book or file
export-question = Your poems as a file to keep or print. Which poems, and what kind of file?
export-favourites = Favourites · { $count }
export-history = History · { $count }
export-chosen = ✓ { $what }
export-pdf = 📕 PDF
export-text = 📄 Text
export-json = 🧩 JSON
export-making = Binding your book…
export-caption = Poems: { $count }.
export-caption-volume = Volume { $number } of { $of }, with { $count ->
        [one] 1 poem
       *[other] { $count } poems
    }.
export-empty = There are no poems to bind yet. Write one first: /poem 月
export-in-private = Your poems are your own: send me /export in our private chat.
export-title = { $name }’s Poems
export-title-alone = Poems
export-contents = Contents
export-colophon =
    { $count ->
        [one] 1 poem,
       *[other] { $count } poems,
    }
    written character by character
    by the neural network of { $bot }.
    Bound on { $day }.
export-rings = Lines with a ring are by people, who played 接龙.
