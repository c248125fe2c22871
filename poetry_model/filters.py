"""The rules of verse as small filters on logits.

Owns one class a rule. Each changes the logits of the N candidates at one place in
turn: a mask adds -inf, a wish adds nats. None knows the network or the other rules.

A filter sees characters as columns of the poem's `Alphabet`, never as ids: logits
have a column for each, what it is told of characters comes as tensors with a row for
each (`CharacterTables.over(alphabet)`, or `alphabet.narrow(table)` for a table of your
own), and a choice is a column (`alphabet.ids[chosen]` is its id).

A filter is called at every step of every poem, so it adds: `refusal` makes of a mask
what can be added, once. On a batch of 32 over 4,000 columns an addition takes 0.01 ms,
a `masked_fill_` or a `torch.where` 0.45 ms, an index with a tensor 0.04 ms but an
`index_select` of rows 0.006 ms. A whole step of the network is 0.6 ms.
"""

from dataclasses import dataclass
from typing import Protocol

import torch
from torch import Tensor
from torch.nn import functional

FREE, MUST_LEVEL, MUST_OBLIQUE = 0, 1, 2


@dataclass(frozen=True)
class Place:
    """Where the next character goes: `index` through the poem, `line`, `position` in it."""

    index: int
    line: int
    position: int


class LogitFilter(Protocol):
    """A rule. For each place in turn the loop calls `apply`, which changes the (N, A)
    logits in place, then `wrote` with the (N,) columns chosen; where all candidates were
    given their character it calls `wrote` alone. Between lines it may call `keep`: the
    candidates are now those of these (N,) rows, with all that the filter remembers of
    them. Logits come as log P over the alphabet; -inf must stay -inf."""

    def apply(self, logits: Tensor, place: Place) -> None: ...

    def wrote(self, chosen: Tensor, place: Place) -> None: ...

    def keep(self, rows: Tensor) -> None: ...


def refusal(allowed: Tensor) -> Tensor:
    """What to add to logits: 0 where allowed (bool, any shape), -inf elsewhere."""
    return torch.zeros(allowed.shape).masked_fill_(~allowed, -torch.inf)


class OnlyThese:
    """Only characters of a fixed (A,) mask: no control ids, none without a tone."""

    def __init__(self, allowed: Tensor) -> None:
        self._refusal, self._idle = refusal(allowed), bool(allowed.all())

    def apply(self, logits: Tensor, place: Place) -> None:
        del place
        if not self._idle:
            logits += self._refusal

    def wrote(self, chosen: Tensor, place: Place) -> None:
        """Nothing to remember."""

    def keep(self, rows: Tensor) -> None:
        """The same for all candidates."""


class ToneFilter:
    """Level and oblique where the pattern asks for them.

    `tones` (N, T) of FREE, MUST_LEVEL, MUST_OBLIQUE; `level`, `oblique` (A,) bool,
    both true for a character of two tones.
    """

    def __init__(self, tones: Tensor, level: Tensor, oblique: Tensor) -> None:
        self._tones = tones
        self._asked = (tones != FREE).any(0).tolist()
        self._refusals = refusal(torch.stack([torch.ones_like(level), level, oblique]))

    def apply(self, logits: Tensor, place: Place) -> None:
        if self._asked[place.index]:
            logits += self._refusals.index_select(0, self._tones[:, place.index])

    def wrote(self, chosen: Tensor, place: Place) -> None:
        """Nothing to remember."""

    def keep(self, rows: Tensor) -> None:
        self._tones = self._tones[rows]


class RhymeFilter:
    """All words of a rhyme set share one group.

    `rhymes` (N, T) tells of each place which set its character rhymes in: 0 none, 1 the
    first set, 2 the second, and below 0 the same sets where the tone is oblique. `level`
    (A, groups) bool are the groups of a character when it is read level, `oblique` when
    it is read so. `open_groups` (N, sets, groups): 1 where a set may still rhyme. A word
    of several groups leaves them all open until the next one decides.
    """

    def __init__(self, rhymes: Tensor, level: Tensor, oblique: Tensor | None = None) -> None:
        self._rhymes, self._due = rhymes.long(), rhymes.any(0).tolist()
        other = torch.zeros_like(level) if oblique is None else oblique
        self._members = torch.stack([level.float(), other.float()])  # (2, A, groups)
        sets = max(1, int(self._rhymes.abs().max()))
        self.open_groups = torch.ones(len(rhymes), sets, level.shape[1])
        self._rows = torch.arange(len(rhymes))

    def apply(self, logits: Tensor, place: Place) -> None:
        if self._due[place.index]:
            sets = self._rhymes[:, place.index]
            opened = self.open_groups[self._rows, sets.abs() - 1]
            shared = opened @ self._members[0].T
            if (sets < 0).any():
                shared[sets < 0] = (opened @ self._members[1].T)[sets < 0]
            shared[sets == 0] = 1.0
            # None shared becomes -inf, any number of them 0.
            functional.threshold(shared, 0.5, -torch.inf, inplace=True)
            logits += shared.clamp_(max=0.0)

    def wrote(self, chosen: Tensor, place: Place) -> None:
        if not self._due[place.index]:
            return
        sets = self._rhymes[:, place.index]
        opened = self.open_groups[self._rows, sets.abs() - 1]
        narrowed = opened * self._members[(sets < 0).long(), chosen]
        # A word that was given and rhymes with nothing leaves the choice as it was.
        narrows = (sets != 0) & (narrowed.sum(1) > 0)
        self.open_groups[self._rows[narrows], sets.abs()[narrows] - 1] = narrowed[narrows]

    def keep(self, rows: Tensor) -> None:
        self._rhymes, self.open_groups = self._rhymes[rows], self.open_groups[rows]


class NoRepetition:
    """No character twice, but for a doubling (悠悠) inside a line.

    `keys` (A,) numbers characters by how they look in simplified script, so that 後 and
    后 count as one; `reserved` (A,) bool are those standing elsewhere in the poem
    already (heads, a given line); `doubling` (A,) bool are those that verse doubles.
    """

    def __init__(self, count: int, keys: Tensor, reserved: Tensor, doubling: Tensor) -> None:
        self._alike = _alike(keys)
        looks = torch.zeros(int(keys.max()) + 1, dtype=torch.bool)
        looks[keys[reserved]] = True
        self._refusal = refusal(~looks[keys]).repeat(count, 1)
        # By look: what one form of a character may double, its other forms may too.
        doubles = torch.zeros_like(looks)
        doubles[keys[doubling & ~reserved]] = True
        self._once_more = refusal((doubles & ~looks)[keys])
        self._last: Tensor | None = None  # (N, forms) columns of the last character

    def apply(self, logits: Tensor, place: Place) -> None:
        if place.position == 0:
            self._refuse_last()
        logits += self._refusal

    def wrote(self, chosen: Tensor, place: Place) -> None:
        del place
        forms = self._alike.index_select(0, chosen)
        # The next character may double this one, unless this one has doubled the last.
        once_more = self._once_more.index_select(0, chosen).unsqueeze(1)
        self._refusal.scatter_(1, forms, once_more.expand_as(forms))
        self._refuse_last()
        self._last = forms

    def _refuse_last(self) -> None:
        if self._last is not None:
            self._refusal.scatter_(1, self._last, -torch.inf)

    def keep(self, rows: Tensor) -> None:
        self._refusal = self._refusal.index_select(0, rows)
        self._last = None if self._last is None else self._last[rows]


def _alike(keys: Tensor) -> Tensor:
    """(A,) looks → (A, forms) columns of the characters that look like each, itself
    repeated where they are fewer than `forms`."""
    order = keys.argsort(stable=True)
    sizes = keys.bincount()
    first = sizes.cumsum(0) - sizes
    places = torch.arange(int(sizes.max())).minimum(sizes.unsqueeze(1) - 1).clamp(min=0)
    return order[(first.unsqueeze(1) + places).clamp(max=len(keys) - 1)][keys]
