"""What a card is about: a poem as it is to be seen, in one script."""

from dataclasses import dataclass

Sentence = tuple[str, ...]  # its lines; together they end with a full stop


@dataclass(frozen=True)
class CardPoem:
    """A poem's words, and what tells one card from another; `number` turns the paper over."""

    number: int
    title: str
    form: str  # as it is shown
    stanzas: tuple[tuple[Sentence, ...], ...]
    rhyme: str = ""
    theme: str = ""
    written: str = ""  # the day, in words
    acrostic: bool = False
    is_couplet: bool = False
    is_tune: bool = False
    month: int = 0  # of the sun's year, 1 to 12; 0: unknown
    people: frozenset[int] = frozenset()  # numbers, from 1, of the lines that people wrote
    by: str = ""  # who wrote it, in words, where it is not the network's alone

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """All of them, whatever the stanza."""
        return tuple(sentence for stanza in self.stanzas for sentence in stanza)

    @property
    def words(self) -> str:
        """Every verse in one string."""
        return "".join(line for sentence in self.sentences for line in sentence)
