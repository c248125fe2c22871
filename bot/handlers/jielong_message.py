"""How a game of 接龙 looks: its lines with who wrote them, what the next must be, what is wrong
with a line, and its buttons. It does not know the rules of the game."""

import re
from html import escape

from telegram import InlineKeyboardMarkup, Message

from bot.handlers.keyboards import button
from bot.handlers.rendering import beside, form_called, poem_html
from bot.handlers.taps import (
    GameEnd,
    GameLatest,
    GamePoet,
    GameUndo,
    Tap,
    UnknownTap,
    read_tap,
)
from bot.locales import Say
from bot.services.jielong import NETWORK, LineRefused, author_name, due_line
from bot.storage import Game, StoredPoem
from poetry_model import is_han, to_script
from poetry_model.beginnings import NextLine, rhyme_words, rules_for, tones_at
from poetry_model.prosody import Fault, Rhyme

_EXAMPLES = 4  # words that rhyme
_LEVEL, _EITHER = "平", "中"
_PLAYERS = re.compile(r".+ \d+(?:、\d+)*")  # verses, tones and pinyin have no digits
_ABOUT_GAMES = (GamePoet, GameUndo, GameEnd, GameLatest)


def state_html(game: Game, say: Say) -> str:
    """The lines so far, and what comes next."""
    return "\n".join([*_heading(game, say), "", *_lines(game, say), *_due(game, say)])


def ended_html(game: Game, say: Say) -> str:
    """The lines of a game that was ended, which stay to be read."""
    lines = _lines(game, say)
    over = f"<i>{say('jielong-ended')}</i>"
    return "\n".join([*_heading(game, say), "", *lines, *([""] if lines else []), over])


def finished_html(poem: StoredPoem, game: Game, say: Say) -> str:
    """The poem, and who wrote which line."""
    written: dict[str, list[int]] = {}
    for number, author in enumerate(game.authors, 1):
        written.setdefault(_name(author, say), []).append(number)
    told = "　".join(
        f"{escape(name)} {'、'.join(map(str, lines))}" for name, lines in written.items()
    )
    return f"{poem_html(poem, say)}{_below(told)}"


def players_below(message: Message | None) -> str:
    """The last line of a finished game, as HTML, which its poem keeps however it is looked at;
    "" for any other message."""
    *_, last = ((message.text if message else None) or "").split("\n")
    return _below(escape(last)) if _PLAYERS.fullmatch(last) else ""


def _below(told: str) -> str:
    return f"\n\n<i>{told}</i>"


def _heading(game: Game, say: Say) -> list[str]:
    theme = f" · {escape(game.theme)}" if game.theme else ""
    form = form_called(game.form, say, game.script)
    return [f"<b>{beside('jielong-title', say, game.script)}{theme}</b>", f"<i>{form}</i>"]


def _lines(game: Game, say: Say) -> list[str]:
    marks = rules_for(game.form).marks
    return [
        f"{escape(line)}{mark.strip()}　<i>{escape(_name(author, say))}</i>"
        for line, mark, author in zip(game.lines, marks, game.authors, strict=False)
    ]


def _name(author: str, say: Say) -> str:
    return say("jielong-network") if author == NETWORK else author_name(author) or "—"


def _due(game: Game, say: Say) -> list[str]:
    due, total = due_line(game), len(rules_for(game.form).lengths)
    told = say("jielong-due-html", number=due.number, total=total, length=due.length)
    return [
        *([""] if game.lines else []),
        told,
        *[f"<code>{template}</code>" for template in due.templates],
        *_hints(due, game, say),
        "",
        f"<i>{say('jielong-how')}</i>",
    ]


def _hints(due: NextLine, game: Game, say: Say) -> list[str]:
    hints = []
    if any(_EITHER in template for template in due.templates):
        hints.append(say("jielong-either"))
    if due.again:
        hints.append(say("jielong-again", words=due.again))
    if due.groups:
        examples = _examples(due, game.script)
        hints.append(
            say("jielong-rhyme", rhyme=rhyme_name(due.groups[0], game.script), words=examples)
        )
    elif due.rhymes:
        hints.append(say("jielong-rhyme-open"))
    return hints


def rhyme_name(rhyme: Rhyme, script: str) -> str:
    """七阳, or 第七部 of the rhymes of 词."""
    return rhyme.label(script) if script == "simplified" else to_script(rhyme.name, script)


def _examples(due: NextLine, script: str) -> str:
    words = rhyme_words(due.groups[0], due.templates[0][-1], _EXAMPLES)
    return "、".join(to_script(words, script)) if script == "simplified" else "、".join(words)


def refusal(error: LineRefused, say: Say, script: str) -> str:
    """What does not fit, place by place, and what would."""
    faults = [_fault(fault, error, say, script) for fault in error.faults]
    template = " / ".join(error.due.templates[:1])
    shown = say("jielong-pattern-html", pattern=template) if _is_about_tones(error) else ""
    told = say("jielong-refused-html", line=error.line)
    return "\n".join(filter(None, [told, *(f"· {fault}" for fault in faults), shown]))


def _is_about_tones(error: LineRefused) -> bool:
    return len(error.due.templates) == 1 and any(fault.kind == "tone" for fault in error.faults)


def _fault(fault: Fault, error: LineRefused, say: Say, script: str) -> str:
    if fault.kind == "form":
        return _shape(fault, error, say)
    if fault.kind == "repeated":
        return say("jielong-fault-repeated")
    if fault.kind == "rhyme":
        return _no_rhyme(fault, error, say, script)
    tone = "level" if fault.expected == _LEVEL else "oblique"
    known = tones_at(error.line, fault.position)
    return say(
        "jielong-fault-tone-html" if known else "jielong-fault-unknown-html",
        place=fault.position,
        character=fault.character,
        tone=tone,
    )


def _shape(fault: Fault, error: LineRefused, say: Say) -> str:
    if fault.position:
        return say(
            "jielong-fault-again-html",
            place=fault.position,
            character=fault.character,
            due=fault.expected,
        )
    if not all(map(is_han, error.line)):
        return say("jielong-fault-letters")
    return say("jielong-fault-length", due=error.due.length, count=len(error.line))


def _no_rhyme(fault: Fault, error: LineRefused, say: Say, script: str) -> str:
    if not error.due.groups:
        return say("jielong-fault-no-rhyme-html", character=fault.character)
    return say(
        "jielong-fault-rhyme-html",
        character=fault.character,
        rhyme=rhyme_name(error.due.groups[0], script),
        words=_examples(error.due, script),
    )


def game_keyboard(game: Game, say: Say) -> InlineKeyboardMarkup:
    """Let the network write, take back, end."""
    count = len(game.lines)
    rows = [[button(say("button-jielong-network"), GamePoet(game.id, count))]]
    undo = [button(say("button-jielong-undo"), GameUndo(game.id, count))] if count else []
    rows.append([*undo, button(say("button-jielong-end"), GameEnd(game.id))])
    return InlineKeyboardMarkup(rows)


def latest_keyboard(game: Game, say: Say) -> InlineKeyboardMarkup:
    """From an earlier message to the latest; it also tells which game the message shows."""
    return InlineKeyboardMarkup([[button(say("button-jielong-latest"), GameLatest(game.id))]])


def game_of(markup: InlineKeyboardMarkup | None) -> int | None:
    """The number of the game whose buttons these are, or None."""
    for row in markup.inline_keyboard if markup else ():
        for each in row:
            tap = _tap(each.callback_data)
            if isinstance(tap, _ABOUT_GAMES):
                return tap.game_id
    return None


def _tap(data: object) -> Tap | None:
    try:
        return read_tap(str(data))
    except UnknownTap:
        return None
