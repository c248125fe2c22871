"""What the network learns beside whole poems: to write a couplet, and to name a poem.

Owns the making of these examples out of poems. A couplet is one of the two middle
couplets of a 律诗, which stand parallel; a title is written with words of its poem
as the theme.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

import numpy as np

from poetry_model.batches import Encoded
from poetry_model.slots import COUPLET, TITLE
from poetry_model.vocabulary import UNKNOWN

_REGULATED = ("五律", "七律")
_TITLE_LENGTHS = range(2, 8)
_SHARE = 0.5  # of the poems that could give an example


def couplet_of(poem: Encoded, line: int) -> Encoded:
    """The two lines from `line` (counted from 0) on, as a poem of their own."""
    length = poem.lengths[0]
    characters = poem.characters[line * length : (line + 2) * length]
    return replace(poem, characters=characters, lengths=(length, length), form=COUPLET)


def title_of(poem: Encoded) -> Encoded:
    """The poem's title as what is to be written, the poem as what it is about."""
    lengths = (len(poem.title),)
    return replace(poem, characters=poem.title, title=poem.characters, lengths=lengths, form=TITLE)


def side_tasks(poems: Iterable[Encoded], random: np.random.Generator) -> Iterator[Encoded]:
    """Couplets and titles out of about half of the poems that have them."""
    for poem in poems:
        if poem.form in _REGULATED and random.random() < _SHARE:
            yield couplet_of(poem, 2 + 2 * int(random.integers(2)))
        named = len(poem.title) in _TITLE_LENGTHS and UNKNOWN not in poem.title
        if named and random.random() < _SHARE:
            yield title_of(poem)
