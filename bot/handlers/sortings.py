"""What poems can be chosen by, as buttons in the place of a page: form, theme, month."""

from html import escape

from telegram import InlineKeyboardButton

from bot.errors import PoemNotFound
from bot.handlers.anthology import COMMANDS, is_owner
from bot.handlers.keyboards import button
from bot.handlers.poem_lists import heading_html, keyboard
from bot.handlers.rendering import form_called
from bot.handlers.selections import chosen_by, selection_of, shelf_of, unchosen
from bot.handlers.taps import (
    CODE_OF_FORM,
    AnthologyAt,
    AnthologySort,
    AskExport,
    Choice,
    Sorting,
)
from bot.handlers.visit import Visit

MOST_MONTHS = 24
_LONGEST_THEME = 12
_IN_A_ROW = {Sorting.FORM: 3, Sorting.MONTH: 3, Sorting.THEME: 2}


async def sort(visit: Visit, tap: AnthologySort) -> None:
    """The kinds of choice, or the choices of one kind with their numbers."""
    shelf = shelf_of(tap.choice)
    if not await is_owner(visit, tap.owner, shelf):
        return
    say, back_to_page = visit.say, AnthologyAt(tap.owner, tap.choice, 0)
    if tap.by is Sorting.ALL:
        rows = [
            _kinds(visit, tap),
            [_export(visit, tap)],
            [button(say("button-back"), back_to_page)],
        ]
        hint = say("sort-hint", command=COMMANDS[shelf])
    else:
        values = await _values(visit, tap)
        kinds = AnthologySort(tap.owner, tap.choice, Sorting.ALL)
        rows = [*_in_rows(values, _IN_A_ROW[tap.by]), [button(say("button-back"), kinds)]]
        hint = say("sort-choose") if values else say("sort-nothing")
    text = f"{await _heading(visit, tap.choice)}\n\n{escape(hint)}"
    await visit.edit(text, keyboard(*rows), html=True)


async def _heading(visit: Visit, choice: Choice) -> str:
    """That of the page: words that were searched for stay readable for its buttons."""
    try:
        selection = await selection_of(choice, visit)
    except PoemNotFound:  # the poem that names a theme is deleted; a page will say so
        selection = await selection_of(unchosen(choice), visit)
    page = await visit.parts.anthology.page(
        selection, visit.user_id, zone=visit.chat.timezone, offset=0, limit=1
    )
    return heading_html(selection, page.total, visit.say, visit.script)


def _kinds(visit: Visit, tap: AnthologySort) -> list[InlineKeyboardButton]:
    say = visit.say
    labels = {
        Sorting.FORM: say("button-by-form"),
        Sorting.THEME: say("button-by-theme"),
        Sorting.MONTH: say("button-by-month"),
    }
    return [button(label, AnthologySort(tap.owner, tap.choice, by)) for by, label in labels.items()]


def _export(visit: Visit, tap: AnthologySort) -> InlineKeyboardButton:
    return button(visit.say("button-export"), AskExport(tap.owner, shelf_of(tap.choice)))


async def _values(visit: Visit, tap: AnthologySort) -> list[InlineKeyboardButton]:
    values = {Sorting.FORM: _forms, Sorting.THEME: _themes, Sorting.MONTH: _months}[tap.by]
    return [
        button(
            visit.say("sort-value", name=name, count=count),
            AnthologyAt(tap.owner, chosen_by(tap.choice, tap.by, value), 0),
        )
        for name, count, value in await values(visit, tap.choice)
    ]


Values = list[tuple[str, int, str | int]]  # what it is called, how many there are, its code


async def _forms(visit: Visit, choice: Choice) -> Values:
    """A form without a code, such as an acrostic of three lines, is found by searching."""
    forms = await visit.parts.anthology.forms(shelf_of(choice), visit.user_id)
    return [
        (form_called(form, visit.say, visit.script), count, CODE_OF_FORM[form])
        for form, count in forms.items()
        if form in CODE_OF_FORM
    ]


async def _themes(visit: Visit, choice: Choice) -> Values:
    themes = await visit.parts.anthology.themes(shelf_of(choice), visit.user_id)
    return [(_shortened(each.theme), each.count, each.poem_id) for each in themes]


async def _months(visit: Visit, choice: Choice) -> Values:
    months = await visit.parts.anthology.months(
        shelf_of(choice), visit.user_id, zone=visit.chat.timezone
    )
    return [
        (visit.say("month", year=month.year, month=month.month), count, month.number)
        for month, count in list(months.items())[:MOST_MONTHS]
    ]


def _shortened(theme: str) -> str:
    return theme if len(theme) <= _LONGEST_THEME else theme[: _LONGEST_THEME - 1] + "…"


def _in_rows(buttons: list[InlineKeyboardButton], length: int) -> list[list[InlineKeyboardButton]]:
    return [buttons[start : start + length] for start in range(0, len(buttons), length)]
