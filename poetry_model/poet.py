"""The poet: `Poet.load().write(PoemRequest(theme="月"))`, the whole public surface.

Owns the order of things: plan, sample many candidates in one batch, rank them,
check the best. Knows no file formats and no rule of its own.
"""

import dataclasses
import random
import time
from collections.abc import Callable
from pathlib import Path

import torch
from torch import Tensor

from poetry_model.alphabet import Alphabet
from poetry_model.cells import StepNetwork, best_precision
from poetry_model.character_tables import CharacterTables
from poetry_model.checkpoints import Model, load_model, shipped_weights
from poetry_model.copies import LINE_FILTER, LineFilter
from poetry_model.decoding import Candidates, Plan, Sampling, Selection, price, sample
from poetry_model.errors import NoCharacterFits, WeightsError
from poetry_model.filters import NoRepetition, OnlyThese, RhymeFilter, ThemeOwed, ToneFilter
from poetry_model.network import SlotNetwork
from poetry_model.planning import (
    CandidatePlans,
    Fixed,
    fixed_characters,
    make_plan,
    plan_candidates,
    theme_ids,
)
from poetry_model.prosody import CheckReport, check_poem
from poetry_model.requests import Poem, PoemRequest, checked_form, checked_theme, punctuate
from poetry_model.rhyme_book import groups_of, level_groups
from poetry_model.script import to_script, to_simplified, to_traditional
from poetry_model.verse_forms import VerseForm
from poetry_model.vocabulary import UNKNOWN


@dataclasses.dataclass(frozen=True)
class WritingOptions:
    """How the poet works. `theme_bonus` in nats; weights are for the ranking."""

    candidates: int = 32
    finalists: int = 8
    attempts: int = 4
    sampling: Sampling = Sampling()  # noqa: RUF009 - frozen itself
    style: tuple[int, int, int] = (1, 0, 0)  # 唐
    survivors: int = 8
    theme_bonus: float = 1.5
    owed_weight: float = 3.0  # nats that a theme character is worth while under way
    presence_weight: float = 0.35
    ratio_weight: float = 0.5


class Poet:
    """Writes poems with one set of weights. `write` is safe from one thread at a time."""

    def __init__(self, model: Model, lines: LineFilter, options: WritingOptions) -> None:
        if not isinstance(model.network, SlotNetwork):
            raise WeightsError(f"{model.name} is no network that writes verse by rule")
        self.name, self.vocabulary, self.options = model.name, model.vocabulary, options
        self._tables = CharacterTables.build(model.vocabulary)
        self._alphabet = self._tables.usual_alphabet()
        self._network = StepNetwork(model.network, best_precision(), self._alphabet)
        self._lines = lines

    @classmethod
    def load(
        cls,
        model_dir: Path | None = None,
        threads: int = 1,
        options: WritingOptions = WritingOptions(),
    ) -> "Poet":
        """Reads a model folder (default: what ships).

        `threads` sets PyTorch's intra-op threads for the process; one is fastest on a
        busy machine. Raises WeightsError naming what is wrong.
        """
        torch.set_num_threads(threads)
        folder = model_dir or shipped_weights()
        return cls(load_model(folder), LineFilter.load(folder / LINE_FILTER), options)

    def write(self, request: PoemRequest) -> Poem:
        """One poem. The same request with the same weights gives the same poem.

        Raises BadRequest for a request that cannot be served, NoCharacterFits when
        the rules left no way through in any attempt.
        """
        started = time.perf_counter()
        form, theme = checked_form(request), checked_theme(request.theme)
        chance = random.Random(request.seed)
        stuck = NoCharacterFits(form.name, form.line_count, form.line_length)
        for _attempt in range(self.options.attempts):
            try:
                found = self._attempt(form, theme, request, chance)
            except NoCharacterFits as error:
                stuck, found = error, None
            if found is not None:
                ms = (time.perf_counter() - started) * 1000
                return self._finish(form, request, *found, ms=ms)
        raise stuck

    def _attempt(
        self, form: VerseForm, theme: str, request: PoemRequest, chance: random.Random
    ) -> tuple[tuple[str, ...], CheckReport] | None:
        """The best candidate of one batch that passes every check, or None."""
        fixed = fixed_characters(form, request.heads, request.first_line)
        count = self.options.candidates
        plans = plan_candidates(form, fixed, self.vocabulary, count=count, chance=chance)
        plan = make_plan(form, plans, theme_ids(theme, self.vocabulary), self.options.style)
        starts = torch.tensor([chance.randrange(form.size * 2 // 3) for _ in range(count)])
        alphabet = self._alphabet.bringing(plan.brought())
        wished = alphabet.columns(torch.tensor(plan.theme, dtype=torch.int64))
        owed = ThemeOwed(wished, starts, self.options.theme_bonus)
        generator = torch.Generator().manual_seed(chance.getrandbits(48))
        rules = [owed, *self._rules(alphabet, plans, fixed, form)]
        selection = Selection(self.options.survivors, self._merit(owed))
        sampling = self.options.sampling
        network = self._network
        candidates = sample(network, alphabet, plan, rules, sampling, generator, selection)
        for row in self._ranked(alphabet, plan, candidates, owed.paid):
            written = self._lines_of(candidates.ids[row], form, fixed)
            lines = _as_asked(written, request)
            report = self._accepted(form, written, lines, request)
            if report is not None:
                return lines, report
        return None

    def _merit(self, owed: ThemeOwed) -> Callable[[Tensor], Tensor]:
        """Of a poem under way: fluent, and holding some of its theme."""
        return lambda nats: -nats + self.options.owed_weight * owed.paid.clamp(max=4)

    def _rules(
        self, alphabet: Alphabet, plans: CandidatePlans, fixed: Fixed, form: VerseForm
    ) -> list[ToneFilter | RhymeFilter | NoRepetition | OnlyThese]:
        tables, count = self._tables.over(alphabet), len(plans.tones)
        reserved = torch.zeros(len(self.vocabulary), dtype=torch.bool)
        reserved[[self.vocabulary.id(character) for character in fixed.characters]] = True
        reserved[UNKNOWN] = False
        rhyme = RhymeFilter(plans.rhymes, tables.members)
        self._open_with(rhyme, fixed, form)
        return [
            ToneFilter(plans.tones, tables.level, tables.oblique),
            rhyme,
            NoRepetition(count, tables.keys, alphabet.narrow(reserved), tables.doubling),
            OnlyThese(tables.known),
        ]

    def _open_with(self, rhyme: RhymeFilter, fixed: Fixed, form: VerseForm) -> None:
        """A given first line may rhyme on a character that the network does not know."""
        closing = fixed.at.get(form.line_length - 1)
        if closing and closing[0] not in self.vocabulary:
            groups = [group in groups_of(closing[0]) for group in level_groups()]
            if any(groups):
                rhyme.open_groups[:] = torch.tensor(groups).float()

    def _ranked(
        self, alphabet: Alphabet, plan: Plan, candidates: Candidates, paid: Tensor
    ) -> list[int]:
        """Living candidates, best first: fluent, holding the theme, and because of it."""
        options = self.options
        free = (plan.forced == -1).sum(1).clamp(min=1)
        score = -candidates.nats / free
        score[~candidates.alive] = -torch.inf
        if plan.theme:
            score += options.presence_weight * paid.clamp(max=4)
            best = score.topk(min(options.finalists, len(score))).indices
            plain = dataclasses.replace(plan, theme=(), forced=plan.forced[best])
            unthemed = price(self._network, alphabet, plain, candidates.ids[best])
            ratio = (unthemed - candidates.nats[best]) / free[best]
            # Finalists stay before the rest; the rest are there for when all fail.
            score[best] += 100 + options.ratio_weight * ratio
        order = score.argsort(descending=True, stable=True)
        return [int(row) for row in order if candidates.alive[row]]

    def _lines_of(self, ids: Tensor, form: VerseForm, fixed: Fixed) -> tuple[str, ...]:
        """The candidate in the corpus' own characters."""
        characters = [self.vocabulary.character(int(index)) for index in ids]
        for index, forms in fixed.at.items():
            if characters[index] not in forms:
                characters[index] = forms[0]
        starts = range(0, form.size, form.line_length)
        return tuple("".join(characters[start : start + form.line_length]) for start in starts)

    def _accepted(
        self,
        form: VerseForm,
        written: tuple[str, ...],
        lines: tuple[str, ...],
        request: PoemRequest,
    ) -> CheckReport | None:
        """The report when nothing is wrong but what the user gave, and no line is copied."""
        own = written[1:] if request.first_line else written
        if any(line in self._lines for line in own):
            return None
        report = check_poem(form.name, lines)
        # One simplified character may stand for several; a reader's dictionary takes the
        # likeliest, and the rules should hold for that one too.
        likeliest = check_poem(form.name, [to_traditional(line) for line in lines])
        given = _given_places(form, request)
        faults = (*report.faults, *likeliest.faults)
        ours = any((fault.line, fault.position) not in given for fault in faults)
        return None if ours else report

    def _finish(
        self,
        form: VerseForm,
        request: PoemRequest,
        lines: tuple[str, ...],
        report: CheckReport,
        *,
        ms: float,
    ) -> Poem:
        return Poem(
            form=form.name,
            theme=request.theme,
            heads=request.heads,
            first_line=request.first_line,
            lines=lines,
            text=punctuate(lines),
            script=request.script,
            rhyme=to_script(report.rhyme or "", request.script),
            seed=request.seed,
            model=self.name,
            ms=round(ms, 1),
        )


def _as_asked(written: tuple[str, ...], request: PoemRequest) -> tuple[str, ...]:
    """The lines in the script asked for; what the user gave stands as typed."""
    # Already traditional: OpenCC would take 里 and 干 for simplified and change them.
    simplified = request.script == "simplified"
    shown = [to_simplified(line) if simplified else line for line in written]
    for line, head in enumerate(request.heads or ""):
        shown[line] = head + shown[line][1:]
    if request.first_line:
        shown[0] = request.first_line
    return tuple(shown)


def _given_places(form: VerseForm, request: PoemRequest) -> set[tuple[int, int]]:
    heads = {(line, 1) for line in range(1, len(request.heads or "") + 1)}
    first = (
        {(1, place) for place in range(1, form.line_length + 1)} if request.first_line else set()
    )
    return heads | first
