"""Poems as the tutorial's network writes them, cut into a form.

It knows no form, so the rule is: write on from the start mark, each character drawn
from the hundred likeliest, marks included. Of many such texts those are kept whose
first line, up to its first mark, has the form's length (the network tends to go on in
that length). The marks are dropped, and the Han characters in their order are cut into
the form's lines. Where too few texts open so, the others fill up.
"""

import torch
from torch import Tensor

from poetry_model.batches import PUNCTUATION
from poetry_model.network import StreamNetwork
from poetry_model.verse_forms import VerseForm
from poetry_model.vocabulary import PAD, START, UNKNOWN, Vocabulary

_TOP = 100
_DRAWN_FOR_ONE = 8  # texts written for one poem wanted
_TOGETHER = 128


def seed_poems(
    network: StreamNetwork,
    vocabulary: Vocabulary,
    form: VerseForm,
    count: int,
    generator: torch.Generator,
) -> list[tuple[str, ...]]:
    """So many poems of the form by the rule above, in the corpus' traditional script."""
    wanted, texts = count * _DRAWN_FOR_ONE, list[str]()
    while len(texts) < wanted:
        ids = stream(network, min(_TOGETHER, wanted), 2 * form.size, generator)
        texts += ["".join(map(vocabulary.character, row)) for row in ids.tolist()]
    cuts = [cut(text, form) for text in sorted(texts, key=lambda t: not opens_with(t, form))]
    return [lines for lines in cuts if lines][:count]


@torch.inference_mode()
def stream(network: StreamNetwork, count: int, length: int, generator: torch.Generator) -> Tensor:
    """(count, length) ids, each drawn from the hundred likeliest after the text so far."""
    ids, state = torch.full((count, 1), START), None
    for _ in range(length):
        outputs, state = network.lstm(network.embedding(ids[:, -1:]), state)
        logits = torch.nn.functional.linear(outputs[:, 0], *network.softmax)
        logits[:, [PAD, START, UNKNOWN]] = -torch.inf
        best = logits.topk(min(_TOP, logits.shape[1]))
        picks = torch.multinomial(best.values.softmax(-1), 1, generator=generator)
        ids = torch.cat([ids, best.indices.gather(1, picks)], 1)
    return ids[:, 1:]


def opens_with(text: str, form: VerseForm) -> bool:
    """Whether the first line, up to its mark, has the form's length."""
    ends = [text.find(mark) for mark in PUNCTUATION if mark in text]
    return bool(ends) and min(ends) == form.line_length


def cut(text: str, form: VerseForm) -> tuple[str, ...]:
    """The text without marks in lines of the form; () when it is too short.

    >>> cut("白日依山，盡。黃", VerseForm("", 2, 3))
    ('白日依', '山盡黃')
    """
    characters = "".join(character for character in text if character not in PUNCTUATION)
    if len(characters) < form.size:
        return ()
    starts = range(0, form.size, form.line_length)
    return tuple(characters[start : start + form.line_length] for start in starts)
