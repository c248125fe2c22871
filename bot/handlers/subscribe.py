"""/subscribe, /unsubscribe, and what is written or sent because of them: replies, locations.

In a group administrators change the daily poems; everyone may look.
"""

import asyncio

from telegram import InlineKeyboardMarkup, KeyboardButton, ReplyKeyboardMarkup, ReplyKeyboardRemove

from bot.handlers.admins import for_admins, may_change_chat, refuse_member
from bot.handlers.daily_keyboards import (
    ended_keyboard,
    ending_keyboard,
    list_keyboard,
    moving_keyboard,
    panel,
    places_keyboard,
)
from bot.handlers.daily_text import list_text, next_text, state_text, wish_text, zone_text
from bot.handlers.keyboards import button
from bot.handlers.questions import asked
from bot.handlers.sentences import shortened
from bot.handlers.taps import AskLocation, Aspect, Do, Doing, MoveTo, StayHere
from bot.handlers.visit import Visit
from bot.locales import LANGUAGES, speak
from bot.services.asking import DailyWish, NotUnderstood, read_daily, read_poem
from bot.services.hours import read_hour
from bot.services.subscriptions import Standing
from bot.services.zones import places_at, read_places, zone_at
from poetry_model.requests import checked_theme

STAY = tuple(speak(language)("location-no") for language in LANGUAGES)


async def subscribe(visit: Visit) -> None:
    """`/subscribe 08:00 月 五绝 工作日 东京`; without words what there is, or the morning."""
    current = await visit.parts.subscriptions.of_chat(visit.chat_id)
    if current and not visit.words:
        await _show_current(visit, current)
    elif await may_change_chat(visit):
        here = visit.parts.subscriptions.zone_of(visit.chat)
        await _begin(visit, read_daily(visit.words, here))
    elif visit.words:
        await refuse_member(visit)
    else:
        await visit.answer(visit.say("not-subscribed-group"))


async def _show_current(visit: Visit, current: tuple[Standing, ...]) -> None:
    """What there is; with buttons for those who may use them."""
    now, say, script = visit.parts.clock(), visit.say, visit.script
    several = len(current) > 1
    text = (
        list_text(current, now, say, script)
        if several
        else state_text(current[0], now, say, script)
    )
    if not await may_change_chat(visit):
        await visit.answer(text)
    elif several:
        await visit.answer(text, list_keyboard(current, say, script))
    else:
        await visit.answer(text, panel(current[0], say, several=False))


async def _begin(visit: Visit, wish: DailyWish) -> None:
    begun = await visit.parts.subscriptions.subscribe(
        visit.chat, visit.user_id, wish, visit.script, visit.thread_id
    )
    # The daily poem comes unasked: its buttons speak the language heard last.
    await visit.parts.store.chats.hear(visit.chat_id, visit.say.language)
    count = len(await visit.parts.subscriptions.of_chat(visit.chat_id))
    told = wish_text(begun.subscription, visit.say, visit.script)
    told |= next_text(begun, visit.parts.clock(), visit.say)
    text = visit.say("subscribed", **told)
    if count > 1:
        text = f"{text}\n{visit.say('subscribed-several', count=count)}"
    await visit.answer(text, panel(begun, visit.say, several=count > 1, new=True))
    if len(wish.places) > 1:
        await _ask_which_place(visit, begun, wish)


async def _ask_which_place(visit: Visit, begun: Standing, wish: DailyWish) -> None:
    now = visit.parts.clock()
    zone = zone_text(begun.subscription.timezone, now, visit.say)
    keyboard = places_keyboard(begun.subscription.id, wish.places, now, visit.say)
    await visit.answer(visit.say("which-place-meanwhile", zone=zone), keyboard)


async def unsubscribe(visit: Visit) -> None:
    """Ends the daily poem of this chat; of several, asks which."""
    current = await visit.parts.subscriptions.of_chat(visit.chat_id)
    if not current:
        begin = InlineKeyboardMarkup([[button(visit.say("do-daily"), Do(Doing.DAILY))]])
        await visit.answer(visit.say("not-subscribed"), begin)
    elif not await may_change_chat(visit):
        await refuse_member(visit)
    elif len(current) > 1:
        keyboard = ending_keyboard(current, visit.say, visit.script)
        await visit.answer(visit.say("unsubscribe-which"), keyboard)
    else:
        ended = await visit.parts.subscriptions.end(visit.chat_id, current[0].subscription.id)
        await visit.answer(visit.say("unsubscribed"), ended_keyboard(ended.id, visit.say))


# Replies to questions


async def answered(visit: Visit) -> None:
    """The reply to one of our questions."""
    question = asked(visit.message)
    if question is None or not _is_ours(visit):
        return
    if not await may_change_chat(visit):
        await refuse_member(visit)
        return
    aspect, subscription_id = question
    if aspect is Aspect.ZONE:
        await _answer_zone(visit, subscription_id)
    elif aspect is Aspect.THEME:
        await _answer_theme(visit, subscription_id)
    else:
        await _answer_hour(visit, subscription_id)


def _is_ours(visit: Visit) -> bool:
    """Whether it was this bot who asked."""
    question = visit.message.reply_to_message if visit.message else None
    asker = question.from_user if question else None
    return asker is not None and asker.id == visit.bot.id


async def _answer_hour(visit: Visit, subscription_id: int) -> None:
    at = read_hour(visit.words.replace(" ", ""))
    if at is None:
        raise NotUnderstood("bad_hour", visit.words)
    subscriptions = visit.parts.subscriptions
    await _told(visit, await subscriptions.change(visit.chat_id, subscription_id, local_time=at))


async def _answer_theme(visit: Visit, subscription_id: int) -> None:
    """A theme, and a form or manner where it names one."""
    wish = read_poem(visit.words)
    theme = wish.theme or wish.first_line or ""
    checked_theme(theme)
    values = {"theme": theme, "form": wish.form, "dynasty": wish.dynasty}
    named = {name: value for name, value in values.items() if value is not None}
    subscriptions = visit.parts.subscriptions
    await _told(visit, await subscriptions.change(visit.chat_id, subscription_id, **named))


async def _answer_zone(visit: Visit, subscription_id: int) -> None:
    places = read_places(visit.words)
    if not places:
        raise NotUnderstood("unknown_place", visit.words)
    if len(places) > 1:
        keyboard = places_keyboard(subscription_id, places, visit.parts.clock(), visit.say)
        await visit.answer(visit.say("which-place", word=shortened(visit.words)), keyboard)
        return
    subscriptions = visit.parts.subscriptions
    await _told(visit, await subscriptions.set_zone(visit.chat_id, subscription_id, places[0].zone))


async def _told(visit: Visit, standing: Standing) -> None:
    """What is so now, with its buttons."""
    several = len(await visit.parts.subscriptions.of_chat(visit.chat_id)) > 1
    state = state_text(standing, visit.parts.clock(), visit.say, visit.script)
    await visit.answer(
        f"{visit.say('daily-changed')}\n\n{state}", panel(standing, visit.say, several=several)
    )


# Where somebody is


async def ask_location(visit: Visit, _: AskLocation) -> None:
    """Shows the button that sends a location, and one that does not."""
    rows = [
        [KeyboardButton(visit.say("location-send"), request_location=True)],
        [KeyboardButton(visit.say("location-no"))],
    ]
    keyboard = ReplyKeyboardMarkup(rows, resize_keyboard=True, one_time_keyboard=True)
    await visit.answer(visit.say("location-ask"), keyboard)


async def located(visit: Visit) -> None:
    """A location in a private chat may be where the person's clock stands."""
    location = visit.message.location if visit.message else None
    if location is None:
        return
    places = await asyncio.to_thread(places_at, location.latitude, location.longitude)
    if not places:
        await visit.answer(visit.say("location-unknown"), ReplyKeyboardRemove())
        return
    now = visit.parts.clock()
    zone = zone_text(places[0].zone, now, visit.say)
    if len(places) == 1 and await _goes_by(visit, places[0].zone):
        await visit.answer(visit.say("location-same", zone=zone), ReplyKeyboardRemove())
        return
    await visit.answer(
        visit.say("location-found", zone=zone), moving_keyboard(places, now, visit.say)
    )


async def _goes_by(visit: Visit, zone: str) -> bool:
    """Whether the chat and each of its daily poems go by this zone."""
    current = await visit.parts.subscriptions.of_chat(visit.chat_id)
    zones = {visit.parts.subscriptions.zone_of(visit.chat)}
    return zones | {each.subscription.timezone for each in current} == {zone}


async def not_located(visit: Visit) -> None:
    """Somebody would rather not say where they are."""
    await visit.answer(visit.say("location-fine"), ReplyKeyboardRemove())


@for_admins
async def move(visit: Visit, tap: MoveTo) -> None:
    """The chat's clock goes by another zone."""
    if zone_at(tap.zone) is None:
        await visit.toast(visit.say("expired"))
        return
    moved = "poems" if await visit.parts.subscriptions.move(visit.chat, tap.zone) else "nothing"
    zone = zone_text(tap.zone, visit.parts.clock(), visit.say)
    await visit.edit(visit.say("zone-moved", zone=zone, moved=moved), None, html=False)


@for_admins
async def stay(visit: Visit, _: StayHere) -> None:
    """It stays as it is."""
    here = visit.parts.subscriptions.zone_of(visit.chat)
    zone = zone_text(here, visit.parts.clock(), visit.say)
    await visit.edit(visit.say("zone-stays", zone=zone), None, html=False)
