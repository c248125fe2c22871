# 接龙: a poem written together.
menu-jielong = A poem together, line by line: /jielong 五绝 月
jielong-title = 接龙
jielong-network = AI
jielong-due-html = <b>Line { $number }</b> of { $total }, { $length } characters:
jielong-either = 平 is a level tone, 仄 an oblique one; 中 may be either.
jielong-again = It ends by repeating “{ $words }” from the line before.
jielong-rhyme = It rhymes in { $rhyme }, like { $words }.
jielong-rhyme-open = It ends on a rhyme, which this line may choose.
jielong-how = Answer this message with a line.
jielong-ended = This game ends here. Another one: /jielong
jielong-open-already = A game is open here. Finish it, or end it first to begin another.
jielong-form = A game is a poem or a 词, for example: /jielong 五绝 月. For couplets there is /couplet
jielong-one-line = One line at a time, please.
jielong-overtaken = Someone was faster: there { $count ->
        [one] is 1 line
       *[other] are { $count } lines
    } now, please look at the latest message.
jielong-over = This game is over. Another one: /jielong
jielong-your-turn = The last line was mine; it is your turn.
jielong-too-soon = Your line stands. Give me { $seconds } s, then tap “Let the AI add a line”, or go on yourself.
jielong-busy = Your line stands. Many people are waiting for poems: tap “Let the AI add a line” in a while, or go on yourself.
jielong-not-your-turn = The last line was yours; let someone else go on.
jielong-not-yours = The last line is someone else's; they or an administrator can take it back.
jielong-end-not-yours = Only who began it or an administrator can end it.
jielong-refused-html = “{ $line }” is not quite it:
jielong-pattern-html = The tones of this line: <code>{ $pattern }</code>
jielong-fault-tone-html =
    Character { $place }, “{ $character }”, { $tone ->
        [level] is oblique (仄); here a level tone (平) is due
       *[oblique] is level (平); here an oblique tone (仄) is due
    }.
jielong-fault-unknown-html =
    Character { $place }, “{ $character }”, is not in the rhyme book; please use one with { $tone ->
        [level] a level tone (平)
       *[oblique] an oblique tone (仄)
    }.
jielong-fault-again-html = Character { $place }, “{ $character }”, should repeat “{ $due }” from the line before.
jielong-fault-letters = Chinese characters only, please.
jielong-fault-length = This line takes { $due } characters; yours has { $count }.
jielong-fault-repeated = This line is there already.
jielong-fault-rhyme-html = The last character, “{ $character }”, does not rhyme: { $rhyme } is due, like { $words }.
jielong-fault-no-rhyme-html = The last character, “{ $character }”, is not in the rhyme book; please use another.
button-jielong-network = 🖋 Let the AI add a line
button-jielong-undo = ↩️ Take back
button-jielong-end = 🏁 End
button-jielong-latest = ⬇️ Latest
poem-by-people = written together, line by line
poem-by-turns = line by line: { $lines } by people, the others by the AI
