"""`poetry-model score`: the surprise of the network at given poems."""

from collections.abc import Iterable, Iterator
from itertools import islice

from poetry_model.batches import Encoded, encode, scoring_batch
from poetry_model.checkpoints import Model
from poetry_model.corpus import OTHER, PoemRecord, shape_form
from poetry_model.poem_rows import PoemRow, read_rows
from poetry_model.script import han_only, is_traditional, normalise, to_traditional
from poetry_model.training import negative_log_likelihoods
from poetry_model.verse_forms import OPEN_FORMS, find_form
from poetry_model.vocabulary import UNKNOWN

_UNNAMED = ("", OTHER, *OPEN_FORMS)
_TOGETHER = 64  # poems scored side by side


def row_record(row: PoemRow) -> PoemRecord:
    """The row as the corpus would hold it, in traditional characters."""
    text = "/".join((han_only(row.title), *row.lines))
    # OpenCC would take 里 and 干 of a traditional text for simplified and change them.
    convert = normalise if is_traditional(text) else to_traditional
    title, *lines = convert(text).split("/")
    # A name that is no form of 诗 is a 词牌.
    by_shape = shape_form(tuple(lines)) if row.form in _UNNAMED else None
    form = find_form(row.form) or by_shape or row.form
    return PoemRecord("", form, "", title, 0.0, tuple(lines))


def score_rows(
    model: Model, rows: Iterable[str], *, with_title: bool
) -> Iterator[dict[str, float | int]]:
    """`nll` in nats over the Han characters, their number, and how many are unknown."""
    poems = (encode(row_record(row), model.vocabulary) for row in read_rows(rows))
    while group := list(islice(poems, _TOGETHER)):
        yield from _score(model, group, with_title=with_title)


def _score(
    model: Model, poems: list[Encoded], *, with_title: bool
) -> Iterator[dict[str, float | int]]:
    feed = model.network.config.feed
    batch = scoring_batch(feed, poems, model.vocabulary, with_title=with_title)
    nats = negative_log_likelihoods(model.network, batch, model.vocabulary.unknown_types).sum(1)
    for poem, price in zip(poems, nats.tolist(), strict=True):
        yield {
            "nll": round(price, 4),
            "characters": len(poem.characters),
            "unknown": int((poem.characters == UNKNOWN).sum()),
        }
