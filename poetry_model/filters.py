"""The rules of verse as small filters on logits.

Owns one class a rule. Each changes the logits of the N candidates at one place in
turn: a mask sets -inf, a wish adds. None knows the network or the other rules.
"""

from dataclasses import dataclass
from typing import Protocol

import torch
from torch import Tensor

FREE, MUST_LEVEL, MUST_OBLIQUE = 0, 1, 2


@dataclass(frozen=True)
class Place:
    """Where the next character goes: `index` through the poem, `line`, `position` in it."""

    index: int
    line: int
    position: int


class LogitFilter(Protocol):
    """A rule. `apply` changes (N, vocabulary) logits in place; `wrote` hears the choice;
    `keep` hears that the candidates are now those of these (N,) rows."""

    def apply(self, logits: Tensor, place: Place) -> None: ...

    def wrote(self, chosen: Tensor, place: Place) -> None: ...

    def keep(self, rows: Tensor) -> None: ...


class OnlyThese:
    """Only characters of a fixed (vocabulary,) mask: no control ids, none without a tone."""

    def __init__(self, allowed: Tensor) -> None:
        self._refused = ~allowed

    def apply(self, logits: Tensor, place: Place) -> None:
        del place
        logits.masked_fill_(self._refused, -torch.inf)

    def wrote(self, chosen: Tensor, place: Place) -> None:
        """Nothing to remember."""

    def keep(self, rows: Tensor) -> None:
        """The same for all candidates."""


class ToneFilter:
    """Level and oblique where the pattern asks for them.

    `tones` (N, T) of FREE, MUST_LEVEL, MUST_OBLIQUE; `level`, `oblique`
    (vocabulary,) bool, both true for a character of two tones.
    """

    def __init__(self, tones: Tensor, level: Tensor, oblique: Tensor) -> None:
        self._tones = tones
        self._refused = torch.stack([torch.zeros_like(level), ~level, ~oblique])

    def apply(self, logits: Tensor, place: Place) -> None:
        logits.masked_fill_(self._refused[self._tones[:, place.index]], -torch.inf)

    def wrote(self, chosen: Tensor, place: Place) -> None:
        """Nothing to remember."""

    def keep(self, rows: Tensor) -> None:
        self._tones = self._tones[rows]


class RhymeFilter:
    """All rhyme words of a poem share one level group.

    `rhymes` (N, T) bool marks the rhyme places, `members` (vocabulary, groups) bool.
    A word of several groups leaves them all open until the next one decides.
    """

    def __init__(self, rhymes: Tensor, members: Tensor) -> None:
        self._rhymes, self._members = rhymes, members.float()
        self.open_groups = torch.ones(len(rhymes), members.shape[1])

    def apply(self, logits: Tensor, place: Place) -> None:
        due = self._rhymes[:, place.index]
        if due.any():
            misses = self.open_groups @ self._members.T == 0
            logits.masked_fill_(misses & due.unsqueeze(1), -torch.inf)

    def wrote(self, chosen: Tensor, place: Place) -> None:
        due = self._rhymes[:, place.index]
        narrowed = self.open_groups * self._members[chosen]
        # A word that was given and rhymes with nothing leaves the choice as it was.
        narrows = due & (narrowed.sum(1) > 0)
        self.open_groups = torch.where(narrows.unsqueeze(1), narrowed, self.open_groups)

    def keep(self, rows: Tensor) -> None:
        self._rhymes, self.open_groups = self._rhymes[rows], self.open_groups[rows]


class NoRepetition:
    """No character twice, but for a doubling (悠悠) inside a line.

    `keys` (vocabulary,) numbers characters by how they look in simplified script, so
    that 後 and 后 count as one; `reserved` (vocabulary,) bool are those standing
    elsewhere in the poem already (heads, a given line); `doubling` (vocabulary,) bool
    are those that verse doubles.
    """

    def __init__(self, count: int, keys: Tensor, reserved: Tensor, doubling: Tensor) -> None:
        self._keys, size = keys, int(keys.max()) + 1
        self._used = torch.zeros(count, size, dtype=torch.bool)
        self._used[:, keys[reserved]] = True
        # By key: those that stand elsewhere or that nobody doubles.
        self._single = torch.ones(size, dtype=torch.bool)
        self._single[keys[doubling & ~reserved]] = False
        self._last: Tensor | None = None
        self._doubled = torch.zeros(count, dtype=torch.bool)

    def apply(self, logits: Tensor, place: Place) -> None:
        used = self._used
        if place.position and self._last is not None:
            barred = self._doubled | self._single[self._last]
            used = used.scatter(1, self._last.unsqueeze(1), barred.unsqueeze(1))
        logits.masked_fill_(used[:, self._keys], -torch.inf)

    def wrote(self, chosen: Tensor, place: Place) -> None:
        keys = self._keys[chosen]
        same = keys == self._last if self._last is not None and place.position else None
        self._doubled = same if same is not None else torch.zeros_like(self._doubled)
        self._used.scatter_(1, keys.unsqueeze(1), value=True)
        self._last = keys

    def keep(self, rows: Tensor) -> None:
        self._used, self._doubled = self._used[rows], self._doubled[rows]
        self._last = None if self._last is None else self._last[rows]


class ThemeOwed:
    """A wish: theme characters not yet written are likelier by `bonus` nats.

    `theme` (K,) ids, each once; a character is owed until its candidate has written
    it. The wish begins at `starts` (N,), an index through the poem, so that not every
    poem opens with its theme. Right behind its neighbour in the theme a character is
    wished three times as much: 江南 is a word, not 江 and 南.
    """

    def __init__(self, theme: Tensor, starts: Tensor, bonus: float) -> None:
        self._theme, self._starts, self._bonus = theme, starts.unsqueeze(1), bonus
        self._owed = torch.ones(len(starts), len(theme), dtype=torch.bool)
        self._follows = torch.zeros_like(self._owed)
        self.words = torch.zeros(len(starts))  # theme characters written as neighbours

    def apply(self, logits: Tensor, place: Place) -> None:
        wish = self._bonus * (1.0 + 2.0 * self._follows)
        wish = wish * self._owed * ((place.index >= self._starts) | self._follows)
        logits[:, self._theme] += wish

    def wrote(self, chosen: Tensor, place: Place) -> None:
        written = chosen.unsqueeze(1) == self._theme
        if place.position:
            self.words += (written & self._follows & self._owed).sum(1)
        self._owed &= ~written
        self._follows = written.roll(1, dims=1)
        self._follows[:, :1] = False

    def keep(self, rows: Tensor) -> None:
        self._starts, self._owed = self._starts[rows], self._owed[rows]
        self._follows, self.words = self._follows[rows], self.words[rows]

    @property
    def paid(self) -> Tensor:
        """(N,): theme characters written, and again those beside their neighbour."""
        return (~self._owed).sum(1) + self.words
