"""Learning `data/ci_rhyme_words.tsv`: in which part poets rhyme a character of several.

Owns the counting and the file. Reads the prepared corpus.

The rhyme book gives 意 a departing reading (part three) and an old entering one (part
seventeen). Of the 词 that rhyme on it, 147 rhyme it in part three and none in the other.
What a poem rhymes in is known from its words that stand in one part only.

`python -m poetry_model.ci_rhyme_evidence corpus` writes the table from the training 词.
"""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from poetry_model.ci_rhymes import RhymePart, parts_of
from poetry_model.corpus import CI, PoemRecord, read_records
from poetry_model.forms import forms_named
from poetry_model.tunes import titled_tune
from poetry_model.verse_rules import rhyme_sets

_FEWEST_WORDS = 3  # of one tone, for a rhyme to be known
_SURE_SHARE = 0.7  # of the words in one part that are in the same
_SEEN = 3  # fewer sightings tell nothing
_SHARE = 0.1  # of its sightings that make a part customary

Sighting = tuple[str, str, RhymePart]  # character, tone, part
HEADER = """\
# Characters of several parts of 词林正韵 and those that poets rhyme them in: at least a tenth
# of three sightings or more in the training 词. character, tone, parts.
# Written by python -m poetry_model.ci_rhyme_evidence
"""


def _words(poem: PoemRecord) -> Iterator[tuple[str, list[str]]]:
    """The words that rhyme together in a 词, by tone."""
    tune = titled_tune(poem.title)
    for form in forms_named(tune) if tune else ():
        lines = form.cut(poem.lines)
        if lines is not None:
            pattern = form.patterns[0]
            for numbers in rhyme_sets(pattern).values():
                tones = [pattern.lines[number - 1].templates[0][-1] for number in numbers]
                for tone in set(tones):
                    pairs = zip(numbers, tones, strict=True)
                    yield tone, [lines[number - 1][-1] for number, due in pairs if due == tone]
            return


def _parts(character: str, tone: str) -> tuple[RhymePart, ...]:
    return tuple(part for heard, part in parts_of(character) if heard == tone)


def sightings(tone: str, words: Sequence[str]) -> Iterator[Sighting]:
    """What the sure words of a rhyme tell of those that stand in several parts."""
    parts = {word: _parts(word, tone) for word in words}
    sure = Counter(found[0] for found in parts.values() if len(found) == 1)
    if len(words) < _FEWEST_WORDS or not sure:
        return
    part, count = sure.most_common(1)[0]
    if count > 1 and count >= _SURE_SHARE * sum(sure.values()):
        for word, found in parts.items():
            if len(found) > 1 and part in found:
                yield word, tone, part


def rhyme_table(records: Iterable[PoemRecord]) -> dict[tuple[str, str], tuple[RhymePart, ...]]:
    """The customary parts of each character of several, from the training 词."""
    seen: Counter[Sighting] = Counter()
    for record in records:
        if record.form == CI and record.split == "train":
            for tone, words in _words(record):
                seen.update(sightings(tone, words))
    totals: Counter[tuple[str, str]] = Counter()
    for (character, tone, _), count in seen.items():
        totals[character, tone] += count
    return {
        (character, tone): tuple(
            part
            for part in sorted(_parts(character, tone))
            if seen[character, tone, part] >= _SHARE * total
        )
        for (character, tone), total in sorted(totals.items())
        if total >= _SEEN
    }


def main(corpus: Path, out: Path) -> None:
    """Writes the table of the prepared corpus in this folder."""
    rows = (
        f"{character}\t{tone}\t{' '.join(str(part.number) for part in parts)}\n"
        for (character, tone), parts in rhyme_table(read_records(corpus)).items()
    )
    out.write_text(HEADER + "".join(rows), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(__file__).parent / "data" / "ci_rhyme_words.tsv")
