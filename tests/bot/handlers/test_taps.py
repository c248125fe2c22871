"""What buttons hold: written, read back, and refused when it is anything else."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bot.handlers.taps import (
    FORM_CODES,
    TUNE_CODES,
    Another,
    AnthologyAny,
    AnthologyAt,
    AnthologyRemove,
    AnthologyRestore,
    AnthologySort,
    AskExport,
    BroadcastCancel,
    BroadcastSend,
    BroadcastTo,
    CardOn,
    Choice,
    Drop,
    ExportAs,
    ExportFrom,
    Face,
    FavouritesAt,
    ForgetAll,
    ForgetNothing,
    GameEnd,
    GameLatest,
    GamePoet,
    GameUndo,
    HideTunes,
    HistoryAt,
    InForm,
    Keep,
    Look,
    MeantForm,
    MeantOnly,
    MeantTheme,
    OpenFavourite,
    OpenFromHistory,
    PaperName,
    RemoveFavourite,
    Reread,
    Retry,
    SameLine,
    Script,
    Share,
    ShowCard,
    ShowForms,
    ShowTunes,
    ShowTunesOf,
    Sorting,
    Tap,
    UnknownTap,
    read_tap,
    write_tap,
)
from bot.services.export import FileKind
from bot.storage import Audience, Shelf
from poetry_model import TUNES

numbers = some.integers(0, 10**18 - 1)
# As they come: ids of people have at most 52 bits, those of poems grow one by one.
people, poem_ids = some.integers(1, 2**52 - 1), some.integers(1, 10**12 - 1)
offsets, seconds = some.integers(0, 10**5 - 1), some.integers(10**9, 10**10 - 1)
known_choices = some.sampled_from([f"hof{code}" for code in FORM_CODES]).map(Choice)
choices = some.from_regex(Choice.PATTERN, fullmatch=True).map(Choice)
taps = some.one_of(
    some.builds(AskExport, people, some.sampled_from(Shelf)),
    some.builds(ExportFrom, people, some.sampled_from(Shelf)),
    some.builds(ExportAs, people, some.sampled_from(Shelf), some.sampled_from(FileKind)),
    some.builds(ShowCard, numbers, some.sampled_from(Script)),
    some.builds(CardOn, numbers, some.sampled_from(Script), some.sampled_from(PaperName)),
    some.builds(AnthologyAt, people, choices, offsets),
    some.builds(AnthologySort, people, choices, some.sampled_from(Sorting)),
    some.builds(AnthologyAny, people, choices),
    some.builds(
        AnthologyRestore, people, known_choices, offsets, some.integers(1, 10**9 - 1), seconds
    ),
    some.builds(AnthologyRemove, people, choices, offsets, poem_ids),
    some.builds(Keep, numbers),
    some.builds(Drop, numbers),
    some.builds(Another, numbers),
    some.builds(InForm, numbers, some.sampled_from(sorted(FORM_CODES))),
    some.builds(ShowTunes, numbers),
    some.builds(HideTunes, numbers),
    some.builds(Reread, numbers),
    some.builds(Look, numbers, some.sampled_from(Script), some.sampled_from(Face)),
    some.builds(ShowForms, numbers, some.sampled_from(Script), some.sampled_from(Face)),
    some.builds(ShowTunesOf, numbers, some.sampled_from(Script), some.sampled_from(Face)),
    some.builds(SameLine, numbers),
    some.builds(Share, numbers, some.sampled_from(Script), some.sampled_from(Face)),
    some.builds(GamePoet, numbers, numbers),
    some.builds(GameUndo, numbers, numbers),
    some.builds(GameEnd, numbers),
    some.builds(GameLatest, numbers),
    some.builds(FavouritesAt, numbers, numbers),
    some.builds(OpenFavourite, numbers, numbers),
    some.builds(RemoveFavourite, numbers, numbers, numbers),
    some.builds(HistoryAt, numbers, numbers),
    some.builds(OpenFromHistory, numbers, numbers),
    some.builds(Retry),
    some.builds(MeantForm),
    some.builds(MeantTheme),
    some.builds(MeantOnly, some.sampled_from(sorted(FORM_CODES))),
    some.builds(BroadcastTo, numbers, some.sampled_from(Audience)),
    some.builds(BroadcastSend, numbers),
    some.builds(BroadcastCancel, numbers),
    some.builds(ForgetAll, numbers, numbers),
    some.builds(ForgetNothing, numbers),
)


@given(taps)
def test_what_is_written_is_read_back_and_fits(tap: Tap) -> None:
    data = write_tap(tap)
    assert read_tap(data) == tap
    assert len(data.encode()) <= 64
    assert data.isascii()


def test_every_tune_has_a_code_of_its_own() -> None:
    assert set(TUNE_CODES.values()) == set(TUNES)
    assert len(set(TUNE_CODES.values())) == len(TUNE_CODES)


@given(some.text())
def test_anything_else_is_refused_or_means_exactly_what_it_says(data: str) -> None:
    try:
        tap = read_tap(data)
    except UnknownTap:
        return
    assert write_tap(tap) == data


@pytest.mark.parametrize(
    "data",
    ["", "k", "k:", "k:01", "k:-1", "k:1:2", "k:qijue", "f:1:2", "f:1:x", "q:1", "k:１", "v:1:x:v"],
)
def test_near_misses_are_refused(data: str) -> None:
    with pytest.raises(UnknownTap):
        read_tap(data)
