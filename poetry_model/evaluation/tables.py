"""The scorecard as tables for reading. Owns their looks."""

from rich.table import Table

from poetry_model.checking import RuleCounts
from poetry_model.evaluation.classifier import Auc
from poetry_model.evaluation.copying import Runs
from poetry_model.evaluation.scorecard import Scorecard
from poetry_model.evaluation.theme import Recognition

_NONE = "-"


def evaluation_tables(card: Scorecard) -> tuple[Table, ...]:
    """Perplexities; rules and variety; theme; copying; the classifier."""
    return (
        _perplexities(card),
        _rules(card),
        _theme(card),
        _copying(card),
        _classifier(card),
    )


def _perplexities(card: Scorecard) -> Table:
    table = Table(
        "model", "split", "theme hidden", "with title", "ours : the seed's",
        title="perplexity per character",
    )  # fmt: skip
    for name, splits in card.perplexity.items():
        for split, row in splits.items():
            ratio = card.perplexity_ratio.get(split, _NONE) if name == card.model else ""
            table.add_row(name, split, str(row["hidden"]), str(row["with_title"]), str(ratio))
    return table


def _rules(card: Scorecard) -> Table:
    table = Table(
        "form", "form", "tone", "rhyme", "no repetition", "distinct-1/2/3",
        "two poems on one theme share a line", "4 characters",
        title=f"{card.poems} poems of each form",
    )  # fmt: skip
    for form, figures in card.written.items():
        spread = " ".join(map(str, figures.distinct))
        shared = (f"{figures.sharing.line:.2%}", f"{figures.sharing.four_characters:.2%}")
        table.add_row(form, *_kept(figures.rules), spread, *shared)
    return table


def _kept(rules: RuleCounts) -> tuple[str, ...]:
    kept = (rules.form, rules.tone, rules.rhyme, rules.no_repetition)
    return tuple(f"{count}/{rules.poems}" for count in kept)


def _theme(card: Scorecard) -> Table:
    table = Table(
        "form", "theme stands in it", "told among 20", "reciprocal rank", "log-odds, nats",
        "human poems, titles: told", "rank", "log-odds",
        title="is the theme held?",
    )  # fmt: skip
    for form, figures in card.written.items():
        ours, human = _recognition(figures.recognition), _recognition(figures.human_recognition)
        table.add_row(form, f"{figures.theme_held:.1%}", *ours, *human)
    return table


def _recognition(found: Recognition | None) -> tuple[str, str, str]:
    if found is None:
        return (_NONE,) * 3
    return f"{found.top1:.1%}", str(found.reciprocal_rank), str(found.log_odds)


def _copying(card: Scorecard) -> Table:
    table = Table(
        "form", "whole lines", "longest run in a line: median", "most",
        "across lines: median", "most", "human poems, in a line: median", "most",
        title="copied from the corpus, characters",
    )  # fmt: skip
    for form, figures in card.written.items():
        copied = figures.copied
        runs = (copied.in_lines, copied.across_lines, copied.human_in_lines)
        table.add_row(form, str(copied.lines), *(cell for some in runs for cell in _runs(some)))
    return table


def _runs(runs: Runs | None) -> tuple[str, str]:
    return (f"{runs.median:g}", str(runs.longest)) if runs else (_NONE, _NONE)


def _classifier(card: Scorecard) -> Table:
    title = f"told from human poems of {card.split} by a classifier: area under the curve"
    table = Table("form", "poems", "ours", "the seed's", "human against human", title=title)
    for form, found in card.classifier.items():
        poems = str(found.ours.poems) if found.ours else _NONE
        table.add_row(form, poems, *map(_auc, (found.ours, found.seed, found.human)))
    return table


def _auc(found: Auc | None) -> str:
    return f"{found.auc:.3f} ± {found.error:.3f}" if found else _NONE
