"""Which poems of a shelf a button means: `Choice`, a few characters, and what it stands for.

A button has 64 bytes and lives for ever. So a theme is named by a poem that has it, and words
that were searched for are read from the message they head: there they stand in `code`.
"""

from dataclasses import replace

from telegram import Message, MessageEntity

from bot.handlers.taps import CODE_OF_FORM, FORM_CODES, Choice, Sorting, UnknownTap
from bot.handlers.visit import Visit
from bot.services.anthology import Month, Selection
from bot.services.form_names import named_form
from bot.storage import Shelf

LONGEST_SEARCH = 32  # characters


def whole(shelf: Shelf) -> Choice:
    """Everything, the newest first."""
    return Choice(f"{shelf}n")


def shelf_of(choice: Choice) -> Shelf:
    """Favourites or history."""
    return Shelf(choice[0])


def is_whole(choice: Choice) -> bool:
    """Whether nothing is left out."""
    return len(choice) == len("fn")


def turned(choice: Choice) -> Choice:
    """The same poems in the other order."""
    return Choice(choice[0] + ("o" if choice[1] == "n" else "n") + choice[2:])


def chosen_by(choice: Choice, by: Sorting, value: str | int) -> Choice:
    """Poems of the same shelf in the same order, chosen by something else."""
    return Choice(f"{choice[:2]}{by}{value}")


def unchosen(choice: Choice) -> Choice:
    """All of the same shelf in the same order."""
    return Choice(choice[:2])


def read_words(shelf: Shelf, text: str) -> tuple[Choice, str]:
    """What words after the command ask for: a form by its name, or else a search."""
    words = " ".join(text.split())[:LONGEST_SEARCH].strip()
    if not words:
        return whole(shelf), ""
    form = named_form(words)
    if form in CODE_OF_FORM:
        return chosen_by(whole(shelf), Sorting.FORM, CODE_OF_FORM[str(form)]), ""
    return Choice(f"{whole(shelf)}q"), words


async def selection_of(choice: Choice, visit: Visit, words: str = "") -> Selection:
    """What a choice stands for. PoemNotFound when the poem that names a theme is gone; UnknownTap
    when the words, not given, are no longer to be read from the message."""
    selection = Selection(shelf_of(choice), newest_first=choice[1] == "n")
    by, value = choice[2:3], choice[3:]
    if by == Sorting.FORM:
        if value not in FORM_CODES:
            raise UnknownTap(choice)
        return replace(selection, form=FORM_CODES[value])
    if by == Sorting.THEME:
        return replace(selection, theme=(await visit.find(int(value))).theme)
    if by == Sorting.MONTH:
        return replace(selection, month=_month(value))
    if by == "q":
        return replace(selection, words=words or _searched_in(visit))
    return selection


def _month(value: str) -> Month:
    try:
        return Month.of_number(int(value))
    except ValueError:
        raise UnknownTap(value) from None


def _searched_in(visit: Visit) -> str:
    """The words in the heading of the message that was tapped."""
    message = visit.message
    codes = message.parse_entities([MessageEntity.CODE]) if isinstance(message, Message) else {}
    if not codes:
        raise UnknownTap("the words are gone")
    return next(iter(codes.values()))
