"""What buttons of daily poems hold."""

from datetime import date
from zoneinfo import available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bot.handlers.taps import (
    DAILY_THEMES,
    FORM_CODES,
    AddDaily,
    AskDaily,
    AskLocation,
    Aspect,
    BeginDaily,
    BringBackDaily,
    ChooseDaily,
    EndAllDaily,
    EndDaily,
    KeepOnlyDaily,
    MoveTo,
    OpenForm,
    PauseDaily,
    ResumeDaily,
    ReviveDaily,
    Script,
    SetDays,
    SetForm,
    SetHour,
    SetNoTheme,
    SetOpenForm,
    SetScript,
    SetStyle,
    SetTheme,
    SetZone,
    ShowAllDaily,
    ShowDaily,
    SkipDay,
    StayHere,
    Style,
    Tap,
    UnknownTap,
    UnskipDay,
    read_tap,
    write_tap,
)

numbers = some.integers(0, 10**18 - 1)
zones = some.sampled_from(sorted(available_timezones()))
days = some.integers(1, date.max.toordinal())
taps = some.one_of(
    *(
        some.builds(kind, numbers)
        for kind in (
            ShowDaily,
            SetNoTheme,
            PauseDaily,
            ResumeDaily,
            EndDaily,
            KeepOnlyDaily,
            ReviveDaily,
        )
    ),
    *(some.builds(kind) for kind in (ShowAllDaily, EndAllDaily, AddDaily, AskLocation, StayHere)),
    some.builds(ChooseDaily, numbers, some.sampled_from(Aspect)),
    some.builds(AskDaily, numbers, some.sampled_from(Aspect)),
    some.builds(SetHour, numbers, some.integers(0, 24 * 60 - 1)),
    some.builds(BringBackDaily, some.integers(0, 2**34)),
    some.builds(BeginDaily, some.integers(0, 24 * 60 - 1)),
    some.builds(SetZone, numbers, zones),
    some.builds(MoveTo, zones),
    some.builds(SetDays, numbers, some.integers(0, 127)),
    some.builds(SetTheme, numbers, some.integers(0, len(DAILY_THEMES) - 1)),
    some.builds(SetForm, numbers, some.sampled_from(sorted(FORM_CODES))),
    some.builds(SetOpenForm, numbers, some.sampled_from(OpenForm)),
    some.builds(SetStyle, numbers, some.sampled_from(Style)),
    some.builds(SetScript, numbers, some.sampled_from(Script)),
    some.builds(SkipDay, numbers, days),
    some.builds(UnskipDay, numbers, days),
)


@given(taps)
def test_what_is_written_is_read_back_and_fits(tap: Tap) -> None:
    data = write_tap(tap)
    assert read_tap(data) == tap
    assert len(data.encode()) <= 64
    assert data.isascii()


@pytest.mark.parametrize(
    "data",
    ["dh:1:1440", "db:1440", "dd:1:128", "dt:1:99", "dk:1:0", "du:1:3652060", "dz:1:Asia Tokyo"],
)
def test_what_no_clock_or_calendar_shows_is_refused(data: str) -> None:
    with pytest.raises(UnknownTap):
        read_tap(data)
