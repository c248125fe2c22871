"""The buttons of daily poems. In a group only administrators' taps do anything.

Whatever is changed is committed before the message says so.
"""

from datetime import date, time
from typing import Any

from bot.handlers.admins import for_admins
from bot.handlers.daily_keyboards import (
    SCRIPTS,
    STYLES,
    beginning_keyboard,
    choice_keyboard,
    ended_keyboard,
    list_keyboard,
    panel,
)
from bot.handlers.daily_text import list_text, state_text
from bot.handlers.questions import ask
from bot.handlers.taps import (
    DAILY_THEMES,
    FORM_CODES,
    AddDaily,
    AskDaily,
    Aspect,
    BeginDaily,
    ChooseDaily,
    EndAllDaily,
    EndDaily,
    KeepOnlyDaily,
    OpenForm,
    PauseDaily,
    ResumeDaily,
    ReviveDaily,
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
    UnskipDay,
)
from bot.handlers.visit import Visit
from bot.scheduling.next_delivery import EVERY_DAY
from bot.services.asking import ANY_TUNE, DailyWish
from bot.services.subscriptions import Standing
from bot.services.zones import zone_at
from poetry_model import to_script


async def show(visit: Visit, standing: Standing) -> None:
    """The message becomes that daily poem as it stands."""
    others = await visit.parts.subscriptions.of_chat(visit.chat_id)
    keyboard = panel(standing, visit.say, several=len(others) > 1)
    await visit.edit(_state(visit, standing), keyboard, html=False)


@for_admins
async def show_one(visit: Visit, tap: ShowDaily) -> None:
    """One daily poem."""
    await show(visit, await visit.parts.subscriptions.get(visit.chat_id, tap.subscription_id))


@for_admins
async def show_all(visit: Visit, _: ShowAllDaily) -> None:
    """All of the chat's, or where there is one, that."""
    found = await visit.parts.subscriptions.of_chat(visit.chat_id)
    if len(found) == 1:
        await show(visit, found[0])
        return
    text = list_text(found, visit.parts.clock(), visit.say, visit.script)
    keyboard = list_keyboard(found, visit.say, visit.script)
    await visit.edit(text if found else visit.say("not-subscribed"), keyboard, html=False)


@for_admins
async def choose(visit: Visit, tap: ChooseDaily) -> None:
    """What there is to choose, under what there is."""
    await _choose(visit, tap.subscription_id, tap.aspect)


async def _choose(visit: Visit, subscription_id: int, aspect: Aspect) -> None:
    standing = await visit.parts.subscriptions.get(visit.chat_id, subscription_id)
    text = f"{_state(visit, standing)}\n\n{_prompt(visit, aspect)}"
    keyboard = choice_keyboard(
        standing.subscription, aspect, visit.parts.clock(), visit.say, private=visit.private
    )
    await visit.edit(text, keyboard, html=False)


def _prompt(visit: Visit, aspect: Aspect) -> str:
    return visit.say(
        {
            Aspect.HOUR: "choose-hour",
            Aspect.ZONE: "choose-zone",
            Aspect.DAYS: "choose-days",
            Aspect.THEME: "choose-theme",
            Aspect.FORM: "choose-form",
            Aspect.TUNE: "choose-tune",
        }[aspect]
    )


@for_admins
async def ask_for(visit: Visit, tap: AskDaily) -> None:
    """Asks for words; what is replied is the choice."""
    standing = await visit.parts.subscriptions.get(visit.chat_id, tap.subscription_id)
    hour = f"{standing.subscription.local_time:%H:%M}"
    aspect = tap.aspect if tap.aspect in (Aspect.ZONE, Aspect.THEME) else Aspect.HOUR
    text = visit.say(
        {
            Aspect.HOUR: "ask-hour-html",
            Aspect.ZONE: "ask-zone-html",
            Aspect.THEME: "ask-theme-html",
        }[aspect],
        hour=hour,
    )
    await ask(visit, aspect, tap.subscription_id, text)


@for_admins
async def set_hour(visit: Visit, tap: SetHour) -> None:
    """Its hour."""
    await _change(visit, tap.subscription_id, local_time=time(*divmod(tap.minutes, 60)))


@for_admins
async def set_zone(visit: Visit, tap: SetZone) -> None:
    """Its clock, which is the chat's from now on."""
    if zone_at(tap.zone) is None:
        await visit.toast(visit.say("expired"))
        return
    standing = await visit.parts.subscriptions.set_zone(
        visit.chat_id, tap.subscription_id, tap.zone
    )
    await _changed(visit, standing)


@for_admins
async def set_days(visit: Visit, tap: SetDays) -> None:
    """Its days; the choice stays open, since there may be more to choose."""
    if tap.week == 0:
        await visit.toast(visit.say("days-none"))
        return
    week = None if tap.week == EVERY_DAY else tap.week
    await visit.parts.subscriptions.change(visit.chat_id, tap.subscription_id, weekdays=week)
    await visit.toast(visit.say("daily-changed"))
    await _choose(visit, tap.subscription_id, Aspect.DAYS)


@for_admins
async def set_theme(visit: Visit, tap: SetTheme) -> None:
    """One of the themes there are buttons for."""
    theme = to_script(DAILY_THEMES[tap.number], visit.script)
    await _change(visit, tap.subscription_id, theme=theme)


@for_admins
async def set_no_theme(visit: Visit, tap: SetNoTheme) -> None:
    """The season chooses."""
    await _change(visit, tap.subscription_id, theme="")


@for_admins
async def set_form(visit: Visit, tap: SetForm) -> None:
    """Its form."""
    await _change(visit, tap.subscription_id, form=FORM_CODES[tap.form])


@for_admins
async def set_open_form(visit: Visit, tap: SetOpenForm) -> None:
    """Any form, or any 词牌."""
    form = ANY_TUNE if tap.form is OpenForm.TUNE else None
    await _change(visit, tap.subscription_id, form=form)


@for_admins
async def set_style(visit: Visit, tap: SetStyle) -> None:
    """Its manner."""
    await _change(visit, tap.subscription_id, dynasty=STYLES[tap.style])


@for_admins
async def set_script(visit: Visit, tap: SetScript) -> None:
    """The script of its poems."""
    await _change(visit, tap.subscription_id, script=SCRIPTS[tap.script])


@for_admins
async def pause(visit: Visit, tap: PauseDaily) -> None:
    """Nothing comes until it is resumed."""
    await _changed(visit, await visit.parts.subscriptions.pause(visit.chat_id, tap.subscription_id))


@for_admins
async def resume(visit: Visit, tap: ResumeDaily) -> None:
    """It goes on."""
    await _changed(
        visit, await visit.parts.subscriptions.resume(visit.chat_id, tap.subscription_id)
    )


@for_admins
async def skip(visit: Visit, tap: SkipDay) -> None:
    """Nothing comes on that day."""
    day = date.fromordinal(tap.day)
    done = await visit.parts.subscriptions.skip(visit.chat_id, tap.subscription_id, day)
    await _changed_or_too_late(visit, tap.subscription_id, done=done)


@for_admins
async def unskip(visit: Visit, tap: UnskipDay) -> None:
    """It comes on that day after all."""
    day = date.fromordinal(tap.day)
    done = await visit.parts.subscriptions.unskip(visit.chat_id, tap.subscription_id, day)
    await _changed_or_too_late(visit, tap.subscription_id, done=done)


@for_admins
async def end(visit: Visit, tap: EndDaily) -> None:
    """No more of it; the way back stays."""
    ended = await visit.parts.subscriptions.end(visit.chat_id, tap.subscription_id)
    text = visit.say("unsubscribed-one", time=f"{ended.local_time:%H:%M}")
    await visit.edit(text, ended_keyboard(ended.id, visit.say), html=False)


@for_admins
async def end_all(visit: Visit, _: EndAllDaily) -> None:
    """No daily poem any more."""
    ended = await visit.parts.subscriptions.end_all(visit.chat_id)
    text = visit.say("unsubscribed") if ended else visit.say("not-subscribed")
    await visit.edit(text, None, html=False)


@for_admins
async def keep_only(visit: Visit, tap: KeepOnlyDaily) -> None:
    """The others beside it end: it was meant to be changed, not to be one more."""
    await _changed(
        visit, await visit.parts.subscriptions.end_others(visit.chat_id, tap.subscription_id)
    )


@for_admins
async def revive(visit: Visit, tap: ReviveDaily) -> None:
    """It was ended, and goes on after all."""
    await _changed(
        visit, await visit.parts.subscriptions.revive(visit.chat_id, tap.subscription_id)
    )


@for_admins
async def add(visit: Visit, _: AddDaily) -> None:
    """Hours for another one."""
    await visit.edit(visit.say("choose-another-hour"), beginning_keyboard(visit.say), html=False)


@for_admins
async def begin(visit: Visit, tap: BeginDaily) -> None:
    """Another one; at an hour that has one already, that."""
    at = time(*divmod(tap.minutes, 60))
    found = await visit.parts.subscriptions.of_chat(visit.chat_id)
    there = [
        each
        for each in found
        if (each.subscription.local_time, each.subscription.thread_id) == (at, visit.thread_id)
    ]
    if there:
        await show(visit, there[0])
        return
    await visit.parts.store.chats.hear(visit.chat_id, visit.say.language)
    wish = DailyWish(at, None, "")
    begun = await visit.parts.subscriptions.subscribe(
        visit.chat, visit.user_id, wish, visit.script, visit.thread_id
    )
    await _changed(visit, begun)


async def _change(visit: Visit, subscription_id: int, **values: Any) -> None:
    changed = await visit.parts.subscriptions.change(visit.chat_id, subscription_id, **values)
    await _changed(visit, changed)


async def _changed(visit: Visit, standing: Standing) -> None:
    """Says that it is done, which it is by now."""
    await visit.toast(visit.say("daily-changed"))
    await show(visit, standing)


async def _changed_or_too_late(visit: Visit, subscription_id: int, *, done: bool) -> None:
    standing = await visit.parts.subscriptions.get(visit.chat_id, subscription_id)
    if done:
        await _changed(visit, standing)
    else:
        await visit.toast(visit.say("daily-too-late"))
        await show(visit, standing)


def _state(visit: Visit, standing: Standing) -> str:
    return state_text(standing, visit.parts.clock(), visit.say, visit.script)
