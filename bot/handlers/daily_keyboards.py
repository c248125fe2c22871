"""The buttons of daily poems: what can be done with them, and what there is to choose.

Everything a button needs stands in it, so that it works after any restart.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, time

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.handlers.daily_text import (
    days_text,
    form_text,
    place_text,
    style_text,
    weekday_text,
    zone_text,
)
from bot.handlers.keyboards import button
from bot.handlers.rendering import beside
from bot.handlers.taps import (
    COUPLET_CODES,
    DAILY_THEMES,
    TUNE_CODES,
    VERSE_CODES,
    AddDaily,
    AskDaily,
    AskLocation,
    Aspect,
    BeginDaily,
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
    UnskipDay,
    ZoneName,
)
from bot.locales import Say
from bot.locales.clocks import short_day_name
from bot.scheduling.next_delivery import EVERY_DAY
from bot.services.asking import ANY_TUNE
from bot.services.subscriptions import Standing
from bot.services.weekdays import WEEKEND, WORKDAYS
from bot.services.zones import Place, same_clock
from bot.storage import Subscription
from poetry_model import as_read, to_script

_MORNING = ("06:00", "06:30", "07:00", "07:30", "08:00", "08:30", "09:00", "12:00")
HOURS = (*_MORNING, "15:00", "18:00", "19:00", "20:00", "21:00", "22:00", "23:00")
ZONES = (
    "Asia/Shanghai",
    "Asia/Hong_Kong",
    "Asia/Taipei",
    "Asia/Singapore",
    "Asia/Tokyo",
    "Australia/Sydney",
    "Europe/London",
    "Europe/Paris",
    "America/New_York",
    "America/Chicago",
    "America/Los_Angeles",
    "America/Vancouver",
)
STYLES = {Style.NONE: None, Style.TANG: "唐", Style.SONG: "宋"}
SCRIPTS = {Script.SIMPLIFIED: "simplified", Script.TRADITIONAL: "traditional"}
_HERE = "✓ "
Row = list[InlineKeyboardButton]


def panel(
    standing: Standing, say: Say, *, several: bool, new: bool = False
) -> InlineKeyboardMarkup:
    """What can be done with it; a new one beside others may have been meant to replace them."""
    number = standing.subscription.id
    chosen = (
        (say("daily-hour"), Aspect.HOUR),
        (say("daily-zone"), Aspect.ZONE),
        (say("daily-days"), Aspect.DAYS),
        (say("daily-theme"), Aspect.THEME),
        (say("daily-form"), Aspect.FORM),
    )
    choices = [button(text, ChooseDaily(number, aspect)) for text, aspect in chosen]
    last = [button(say("daily-add"), AddDaily()), button(say("daily-end"), EndDaily(number))]
    if several:
        last.insert(0, button(say("daily-all"), ShowAllDaily()))
    alone = [button(say("daily-keep-only"), KeepOnlyDaily(number))] if new and several else []
    return _keyboard(
        alone,
        choices[:2],
        choices[2:4],
        [choices[4], _script_button(standing, say)],
        _rest_buttons(standing, say),
        last,
    )


def _script_button(standing: Standing, say: Say) -> InlineKeyboardButton:
    """The script that there is; a tap changes it to the other."""
    traditional = standing.subscription.script == "traditional"
    other = Script.SIMPLIFIED if traditional else Script.TRADITIONAL
    text = say("daily-traditional") if traditional else say("daily-simplified")
    return button(text, SetScript(standing.subscription.id, other))


def _rest_buttons(standing: Standing, say: Say) -> Row:
    number, day = standing.subscription.id, standing.later.toordinal()
    if standing.subscription.paused_at is not None:
        return [button(say("daily-resume"), ResumeDaily(number))]
    date = short_day_name(standing.later, say.language)
    if standing.skips_later:
        skip = button(say("daily-unskip", date=date), UnskipDay(number, day))
    else:
        skip = button(say("daily-skip", date=date), SkipDay(number, day))
    return [button(say("daily-pause"), PauseDaily(number)), skip]


def list_keyboard(all_of_them: Iterable[Standing], say: Say, script: str) -> InlineKeyboardMarkup:
    """One to look at, or another one."""
    rows = [
        [button(_short(each.subscription, say, script), ShowDaily(each.subscription.id))]
        for each in all_of_them
    ]
    return _keyboard(*rows, [button(say("daily-add"), AddDaily())])


def ending_keyboard(all_of_them: Iterable[Standing], say: Say, script: str) -> InlineKeyboardMarkup:
    """Which one is to end, or all."""
    rows = [
        [button(f"🗑 {_short(each.subscription, say, script)}", EndDaily(each.subscription.id))]
        for each in all_of_them
    ]
    return _keyboard(*rows, [button(say("daily-end-all"), EndAllDaily())])


def _short(subscription: Subscription, say: Say, script: str) -> str:
    """08:00 · 月 · 五绝"""
    parts = [f"{subscription.local_time:%H:%M}", as_read(subscription.theme, script)[:12]]
    if subscription.form is not None:
        parts.append(form_text(subscription.form, say, script))
    if subscription.weekdays is not None:
        parts.append(days_text(subscription.weekdays, say))
    return ("⏸ " if subscription.paused_at else "") + " · ".join(filter(None, parts))


def ended_keyboard(subscription_id: int, say: Say) -> InlineKeyboardMarkup:
    """The way back."""
    return _keyboard([button(say("daily-revive"), ReviveDaily(subscription_id))])


def beginning_keyboard(say: Say) -> InlineKeyboardMarkup:
    """An hour begins another one."""
    hours = [button(hour, BeginDaily(_minutes(hour))) for hour in HOURS]
    return _keyboard(*_rows(hours, 5), [button(say("button-back"), ShowAllDaily())])


def choice_keyboard(
    subscription: Subscription, aspect: Aspect, now: datetime, say: Say, *, private: bool
) -> InlineKeyboardMarkup:
    """What there is to choose, with a mark at what is chosen."""
    rows = {
        Aspect.HOUR: _hours,
        Aspect.ZONE: _zones,
        Aspect.DAYS: _days,
        Aspect.THEME: _themes,
        Aspect.FORM: _forms,
        Aspect.TUNE: _tunes,
    }[aspect](subscription, now, say)
    if aspect is Aspect.ZONE and private:
        rows.append([button(say("daily-send-location"), AskLocation())])
    if aspect in (Aspect.HOUR, Aspect.ZONE, Aspect.THEME):
        rows.append([button(say("daily-write"), AskDaily(subscription.id, aspect))])
    up = ChooseDaily(subscription.id, Aspect.FORM) if aspect is Aspect.TUNE else None
    rows.append([button(say("button-back"), up or ShowDaily(subscription.id))])
    return _keyboard(*rows)


def _hours(subscription: Subscription, _: datetime, __: Say) -> list[Row]:
    chosen = f"{subscription.local_time:%H:%M}"
    hours = [
        _choosable(hour, SetHour(subscription.id, _minutes(hour)), hour == chosen) for hour in HOURS
    ]
    return _rows(hours, 5)


def _zones(subscription: Subscription, now: datetime, say: Say) -> list[Row]:
    chosen = _zone_among(ZONES, subscription.timezone)
    zones = [
        _choosable(
            zone_text(zone, now, say), SetZone(subscription.id, ZoneName(zone)), zone == chosen
        )
        for zone in ZONES
    ]
    return _rows(zones, 2)


def _zone_among(zones: Sequence[str], chosen: str) -> str | None:
    """The one that is chosen, or the first that shows the same."""
    same = (zone for zone in zones if same_clock(zone, chosen))
    return chosen if chosen in zones else next(same, None)


def _days(subscription: Subscription, _: datetime, say: Say) -> list[Row]:
    """Each day is taken in or out; a tap on it says what the week is then."""
    week = EVERY_DAY if subscription.weekdays is None else subscription.weekdays
    days = [
        _choosable(
            weekday_text(day, say), SetDays(subscription.id, week ^ 1 << day), week >> day & 1
        )
        for day in range(7)
    ]
    named = (
        (say("days-every"), EVERY_DAY),
        (say("days-work"), WORKDAYS),
        (say("days-weekend"), WEEKEND),
    )
    weeks = [button(text, SetDays(subscription.id, each)) for text, each in named]
    return [*_rows(days, 4), weeks]


def _themes(subscription: Subscription, _: datetime, say: Say) -> list[Row]:
    script = subscription.script or "simplified"
    themes = [
        _choosable(
            to_script(theme, script),
            SetTheme(subscription.id, number),
            to_script(subscription.theme, "simplified") == theme,
        )
        for number, theme in enumerate(DAILY_THEMES)
    ]
    varied = _choosable(say("daily-varied"), SetNoTheme(subscription.id), not subscription.theme)
    return [[varied], *_rows(themes, 3)]


def _forms(subscription: Subscription, _: datetime, say: Say) -> list[Row]:
    number, form = subscription.id, subscription.form
    script = subscription.script or "simplified"
    codes, any_tune = {**VERSE_CODES, **COUPLET_CODES}, beside("form-any-tune", say, script)
    named = [
        _choosable(beside(f"form-{code}", say, script), SetForm(number, code), form == name)
        for code, name in codes.items()
    ]
    free = [
        _choosable(say("form-any"), SetOpenForm(number, OpenForm.ANY), form is None),
        _choosable(any_tune, SetOpenForm(number, OpenForm.TUNE), form == ANY_TUNE),
        button(beside("button-tunes", say, script), ChooseDaily(number, Aspect.TUNE)),
    ]
    styles = [
        _choosable(style_text(name, say), SetStyle(number, style), subscription.dynasty == name)
        for style, name in STYLES.items()
    ]
    return [free, named[:4], named[4:], styles]


def _tunes(subscription: Subscription, _: datetime, __: Say) -> list[Row]:
    script = subscription.script or "simplified"
    tunes = [
        _choosable(
            to_script(tune, script), SetForm(subscription.id, code), subscription.form == tune
        )
        for code, tune in TUNE_CODES.items()
    ]
    return _rows(tunes, 3)


def places_keyboard(
    subscription_id: int, places: Iterable[Place], now: datetime, say: Say
) -> InlineKeyboardMarkup:
    """Which of the places is meant."""
    rows = [
        [button(place_text(place, now, say), SetZone(subscription_id, ZoneName(place.zone)))]
        for place in places
    ]
    return _keyboard(*rows, [button(say("daily-stay"), ShowDaily(subscription_id))])


def moving_keyboard(places: Iterable[Place], now: datetime, say: Say) -> InlineKeyboardMarkup:
    """Whether the chat's clock is to go by where somebody is."""
    rows = [
        [
            button(
                say("daily-move", zone=zone_text(place.zone, now, say)),
                MoveTo(ZoneName(place.zone)),
            )
        ]
        for place in places
    ]
    return _keyboard(*rows, [button(say("daily-stay"), StayHere())])


def _choosable(text: str, tap: Tap, chosen: object) -> InlineKeyboardButton:
    return button(f"{_HERE}{text}" if chosen else text, tap)


def _minutes(hour: str) -> int:
    at = time.fromisoformat(hour)
    return at.hour * 60 + at.minute


def _rows(buttons: Sequence[InlineKeyboardButton], width: int) -> list[Row]:
    return [list(buttons[start : start + width]) for start in range(0, len(buttons), width)]


def _keyboard(*rows: Row) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([row for row in rows if row])
