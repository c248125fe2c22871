"""The poet: `Poet.load().write(PoemRequest(theme="月"))`, the whole public surface.

Owns the order of things: plan, sample many candidates in one batch, rank them,
check the best. Knows no file formats and no rule of its own.
"""

import dataclasses
import itertools
import random
import time
from collections.abc import Iterable
from pathlib import Path

import torch
from torch import Tensor

from poetry_model.acceptance import accepted, as_asked
from poetry_model.alphabet import Alphabet
from poetry_model.cells import StepNetwork
from poetry_model.checkpoints import Model, load_model, shipped_weights
from poetry_model.copies import LINE_FILTER, LineFilter
from poetry_model.decoding import NOT_FORCED, Candidates, Plan, Sampling, Selection, price, sample
from poetry_model.errors import NoCharacterFits, WeightsError
from poetry_model.filters import LogitFilter
from poetry_model.kernels import Arithmetic
from poetry_model.manner import bold_sampling, style_ids, usual_style
from poetry_model.naturalness import Leaning, Naturalness
from poetry_model.network import SlotNetwork
from poetry_model.parallel_filter import ParallelVectors, ParallelWish
from poetry_model.parallelism import parallel_couplets, parallel_table
from poetry_model.planning import Fixed, fixed_characters, make_plan, plan_candidates
from poetry_model.prosody import CheckReport
from poetry_model.ranking import Draft, Term, best_first, merit_at_end, merit_under_way
from poetry_model.requests import (
    Poem,
    PoemRequest,
    check_manner,
    checked_form,
    checked_theme,
    in_its_script,
    punctuate,
)
from poetry_model.rule_set import RuleSet
from poetry_model.script import to_script, to_traditional
from poetry_model.theme_wishes import ThemeAura, ThemeOwed
from poetry_model.themes import Taken, ThemeReading, read_theme, without_counts
from poetry_model.titles import TitleWriter
from poetry_model.verse_rules import CILIN, Form, cut_at, echoes_of


@dataclasses.dataclass(frozen=True)
class WritingOptions:
    """How the poet works. `theme_bonus` in nats; weights are for the ranking."""

    candidates: int = 32
    finalists: int = 16
    attempts: int = 4
    sampling: Sampling = Sampling()  # noqa: RUF009 - frozen itself
    style: tuple[int, int, int] = (1, 0, 0)  # 唐
    survivors: int = 8
    theme_bonus: float = 2.5
    owed_weight: float = 6.0  # nats that a theme word is worth while under way
    presence_weight: float = 0.7
    ratio_weight: float = 1.0
    naturalness: float = 1.0  # how much of the table counts, where the weights have one
    aura_bonus: float = 2.0  # nats for what is found nearest the theme in verse
    parallel_wish: float = 0.5  # so much of its log-odds is a parallel character likelier by
    parallel_weight: float = 0.5  # and so much do they count when candidates are compared


class Poet:
    """Writes poems with one set of weights. `write` is safe from one thread at a time."""

    def __init__(
        self,
        model: Model,
        lines: LineFilter,
        options: WritingOptions,
        naturalness: Naturalness | None = None,
    ) -> None:
        if not isinstance(model.network, SlotNetwork):
            raise WeightsError(f"{model.name} is no network that writes verse by rule")
        self.name, self.vocabulary, self.options = model.name, model.vocabulary, options
        self._rule_set = RuleSet(model.vocabulary)
        self._alphabet = self._rule_set.tables.usual_alphabet()
        self._parallels = ParallelVectors.build(model.vocabulary, parallel_table())
        self._network = StepNetwork(model.network, Arithmetic.best(), self._alphabet)
        self._titles = TitleWriter(self._network, model.vocabulary, self._rule_set.tables)
        self._lines, self.naturalness = lines, naturalness

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
        model, lines = load_model(folder), LineFilter.load(folder / LINE_FILTER)
        return cls(model, lines, options, Naturalness.load(folder, len(model.vocabulary)))

    def write(self, request: PoemRequest) -> Poem:
        """One poem. The same request with the same weights gives the same poem.

        Raises BadRequest for a request that cannot be served, NoCharacterFits when
        the rules left no way through in any attempt.
        """
        started = time.perf_counter()
        request, words = in_its_script(request), without_counts(request.theme)
        form = checked_form(request)
        checked_theme(words)
        check_manner(request)
        reading = read_theme(words, self.vocabulary)
        chance = random.Random(request.seed)
        stuck = NoCharacterFits(form.name, len(form.lengths), form.lengths[-1])
        for _attempt in range(self.options.attempts):
            try:
                part = reading.for_one_poem(chance)
                found = self._attempt(form, part, request, chance)
            except NoCharacterFits as error:
                stuck, found = error, None
            if found is not None:
                title = self._title(found[0], words, request, chance)
                ms = (time.perf_counter() - started) * 1000
                taken = reading.taken
                return self._finish(form, request, *found, taken=taken, title=title, ms=ms)
        raise stuck

    def _attempt(
        self, form: Form, theme: ThemeReading, request: PoemRequest, chance: random.Random
    ) -> tuple[tuple[str, ...], CheckReport, tuple[str, ...]] | None:
        """The best candidate of one batch that passes every check, and the images that its
        theme was read through, or None."""
        fixed = fixed_characters(form, request.heads, request.opening)
        count, size = self.options.candidates, sum(form.lengths)
        usual = usual_style(form.name, self.options.style)
        style = style_ids(request.dynasty, request.register, usual)
        plans = plan_candidates(form, fixed, self.vocabulary, count=count, chance=chance)
        plan = make_plan(form, plans, theme.condition(self.vocabulary), style)
        starts = torch.tensor([chance.randrange(size * 2 // 3) for _ in range(count)])
        words = theme.owed(self.vocabulary)
        alphabet = self._alphabet.bringing((*plan.brought(), *itertools.chain(*words)))
        owed = ThemeOwed(words, alphabet, starts, self.options.theme_bonus, form.lengths)
        near = self.vocabulary.encode(theme.near())
        aura = ThemeAura(near, alphabet, self.options.aura_bonus)
        generator = torch.Generator().manual_seed(chance.getrandbits(48))
        judge = self._judge(form, itertools.chain(*words))
        wishes: list[LogitFilter] = [owed, aura, Leaning(judge.characters, alphabet)]
        wishes += self._parallel_wish(form, alphabet)
        rules = [*wishes, *self._rule_set.rules(form, plans, fixed, alphabet)]
        terms = self._terms(form, owed, judge)
        survival = Selection(self.options.survivors, lambda draft: merit_under_way(draft, terms))
        sampling = bold_sampling(self.options.sampling, request.boldness)
        network = self._network
        candidates = sample(network, alphabet, plan, rules, sampling, generator, survival)
        for row in self._ranked(alphabet, plan, candidates, terms):
            written = self._lines_of(candidates.ids[row], form, fixed)
            report = accepted(form, written, request, self._lines)
            if report is not None:
                told = theme.told(written, request.script)
                return as_asked(written, request), report, told
        return None

    def _judge(self, form: Form, theme: Iterable[int]) -> Naturalness:
        """Of how human the words are. It has read 诗, and says nothing of 词."""
        if self.naturalness is None or form.rhyme_book == CILIN:
            return Naturalness.none(len(self.vocabulary))
        return self.naturalness.times(self.options.naturalness).sparing(theme)

    def _terms(self, form: Form, owed: ThemeOwed, judge: Naturalness) -> list[Term]:
        """What counts beside fluency. A new quality is a further term here."""
        options = self.options
        theme = Term(lambda _: owed.paid.clamp(max=3), options.owed_weight, options.presence_weight)
        human = Term(
            lambda draft: judge.measure(draft.ids, form.lengths[: draft.lines]),
            under_way=1.0,
            at_end=1 / sum(form.lengths),
        )
        couplets = parallel_couplets(form.name, form.lengths)
        parallel = Term(
            lambda draft: self._parallels.merit(draft.ids, form.lengths, couplets, draft.lines),
            under_way=options.parallel_weight,
            at_end=options.parallel_weight / sum(form.lengths),
        )
        return [theme, human, parallel] if couplets else [theme, human]

    def _parallel_wish(self, form: Form, alphabet: Alphabet) -> list[ParallelWish]:
        """The wish for lines that answer each other, where the form wants any."""
        couplets = parallel_couplets(form.name, form.lengths)
        doubling = alphabet.narrow(self._rule_set.tables.doubling)
        weight = self.options.parallel_wish
        wish = (self._parallels, alphabet, doubling, couplets, form.lengths, weight)
        return [ParallelWish(*wish)] if couplets else []

    def _ranked(
        self, alphabet: Alphabet, plan: Plan, candidates: Candidates, terms: list[Term]
    ) -> list[int]:
        """Living candidates, best first: fluent, holding the theme, and because of it."""
        draft = Draft(candidates.ids, candidates.nats, len(plan.lengths))
        free = (plan.forced == NOT_FORCED).sum(1).clamp(min=1)
        merit = merit_at_end(draft, terms, free).masked_fill(~candidates.alive, -torch.inf)
        if plan.theme:
            best = merit.topk(min(self.options.finalists, len(merit))).indices
            plain = dataclasses.replace(plan, theme=(), forced=plan.forced[best])
            unthemed = price(self._network, alphabet, plain, candidates.ids[best])
            ratio = (unthemed - candidates.nats[best]) / free[best]
            # Finalists stay before the rest; the rest are there for when all fail.
            merit[best] += 100 + self.options.ratio_weight * ratio
        return best_first(merit, candidates.alive)

    def _lines_of(self, ids: Tensor, form: Form, fixed: Fixed) -> tuple[str, ...]:
        """The candidate in the corpus' own characters."""
        characters = [self.vocabulary.character(index) for index in ids.tolist()]
        for index, forms in fixed.at.items():
            if characters[index] not in forms:
                characters[index] = forms[0]
        for index, back in enumerate(echoes_of(form)):
            characters[index] = characters[index - back]
        return cut_at("".join(characters), form.lengths)

    def _title(
        self, lines: tuple[str, ...], theme: str, request: PoemRequest, chance: random.Random
    ) -> str:
        title = self._titles.name([to_traditional(line) for line in lines], theme, chance)
        return to_script(title, request.script)

    def _finish(
        self,
        form: Form,
        request: PoemRequest,
        lines: tuple[str, ...],
        report: CheckReport,
        told: tuple[str, ...],
        *,
        taken: Taken,
        title: str,
        ms: float,
    ) -> Poem:
        return Poem(
            form=form.name,
            theme=request.theme,
            heads=request.heads,
            first_line=request.first_line,
            lines=lines,
            text=punctuate(lines, form.marks),
            script=request.script,
            rhyme=to_script(report.rhyme or "", request.script),
            seed=request.seed,
            model=self.name,
            ms=round(ms, 1),
            title=title,
            theme_reading=told,
            theme_taken=taken.value,
        )
