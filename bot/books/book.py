"""What a book is made of. Its sentences come from outside, in the reader's language."""

from dataclasses import dataclass

from bot.cards.poem import CardPoem

WIDTH, HEIGHT = 419.53, 595.28  # A5, in points


@dataclass(frozen=True)
class Words:
    """Every sentence that is not a poem's."""

    title: str  # on the cover
    contents: str  # heads the contents
    colophon: tuple[str, ...]  # its lines
    author: str  # of the file
    untitled: str


@dataclass(frozen=True)
class Book:
    """Poems in their order, and how they are set."""

    poems: tuple[CardPoem, ...]
    words: Words
    vertical: bool

    def title_of(self, poem: CardPoem) -> str:
        """A tune stands before its title."""
        title = poem.title or self.words.untitled
        if not poem.is_tune:
            return title
        return poem.form if title == poem.form else f"{poem.form}·{title}"
