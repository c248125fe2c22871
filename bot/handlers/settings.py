"""/settings: one message in which a chat chooses its language, script, form, boldness, paper
and layout. In a group everyone may look; administrators choose.

What was chosen is committed before the message shows it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.handlers.admins import for_admins, may_change_chat, refuse_member
from bot.handlers.daily_keyboards import ZONES, moving_keyboard
from bot.handlers.daily_text import zone_text
from bot.handlers.keyboards import button, in_rows
from bot.handlers.questions import Wanted, ask_for_words
from bot.handlers.rendering import beside
from bot.handlers.taps import (
    VERSE_CODES,
    AskZone,
    ChooseOption,
    Do,
    Doing,
    MoveTo,
    Option,
    ShowSettings,
    ShowTopic,
    ShowZones,
    Topic,
    ZoneName,
)
from bot.handlers.visit import Visit
from bot.services.asking import ANY_TUNE, NotUnderstood
from bot.services.cards import PAPER_NAMES, paper_or_default
from bot.services.zones import read_places
from bot.storage import Chat

_OPEN = "auto"  # nothing is chosen


@dataclass(frozen=True)
class Setting:
    """What can be chosen: a field of Chat, and for the code of each option what is stored.
    `usual` is the code that holds where nothing is stored."""

    field: str
    options: Mapping[str, str | None]
    usual: str = _OPEN

    def chosen(self, chat: Chat) -> str:
        """The code of what the chat chose."""
        stored = getattr(chat, self.field)
        return next((code for code, value in self.options.items() if value == stored), self.usual)


SETTINGS = {
    Topic.LANGUAGE: Setting(
        "language", {_OPEN: None, "hans": "zh-Hans", "hant": "zh-Hant", "en": "en"}
    ),
    Topic.SCRIPT: Setting(
        "script", {_OPEN: None, "simplified": "simplified", "traditional": "traditional"}
    ),
    Topic.FORM: Setting("default_form", {_OPEN: None, **VERSE_CODES, "ci": ANY_TUNE}),
    Topic.BOLDNESS: Setting(
        "boldness", {"steady": "steady", "even": "even", "bold": "bold"}, "even"
    ),
    Topic.PAPER: Setting("paper", {name: name for name in PAPER_NAMES}, paper_or_default(None)),
    Topic.LAYOUT: Setting(
        "layout", {"vertical": "vertical", "horizontal": "horizontal"}, "vertical"
    ),
}
NAMES = {
    Topic.LANGUAGE: "setting-language",
    Topic.SCRIPT: "setting-script",
    Topic.FORM: "setting-form",
    Topic.BOLDNESS: "setting-boldness",
    Topic.PAPER: "setting-paper",
    Topic.LAYOUT: "setting-layout",
}
ABOUT = {topic: f"{key}-about" for topic, key in NAMES.items()}
LABELS = {
    (topic, code): f"paper-{code}"
    if topic is Topic.PAPER
    else f"form-{code}"
    if code in VERSE_CODES
    else f"{NAMES[topic]}-{code}"
    for topic, setting in SETTINGS.items()
    for code in setting.options
}
_WIDE = {Topic.LANGUAGE, Topic.SCRIPT, Topic.BOLDNESS, Topic.LAYOUT}  # an option a row


async def settings(visit: Visit) -> None:
    """`/settings`: all of them, as a new message."""
    await visit.answer(await _overview(visit), _topics(visit), html=True)


async def show_all(visit: Visit, _: ShowSettings) -> None:
    """All of them, in the message that was tapped."""
    await visit.edit(await _overview(visit), _topics(visit), html=True)


async def show_topic(visit: Visit, tap: ShowTopic) -> None:
    """What can be chosen."""
    await _show_topic(visit, tap.topic)


async def choose(visit: Visit, tap: ChooseOption) -> None:
    """Stores the choice, and shows it once it is stored."""
    setting = SETTINGS[tap.topic]
    if tap.option not in setting.options:  # a paper there is no longer
        await visit.toast(visit.say("expired"))
    elif not await may_change_chat(visit):
        await visit.toast(visit.say("only-admins"))
    else:
        await visit.choose(**{setting.field: setting.options[tap.option]})
        await visit.toast(visit.say("setting-saved"))
    await _show_topic(visit, tap.topic)


async def show_zones(visit: Visit, _: ShowZones) -> None:
    """Zones that the chat's clock can go by."""
    now, here = visit.parts.clock(), visit.parts.subscriptions.zone_of(visit.chat)
    zones = [
        button(zone_text(zone, now, visit.say), MoveTo(ZoneName(zone)))
        for zone in ZONES
        if zone != here
    ]
    others = [button(visit.say("setting-zone-other"), AskZone())]
    back = [button(visit.say("button-back"), ShowSettings())]
    keyboard = InlineKeyboardMarkup([*in_rows(zones, 2), others, back])
    about = visit.say("setting-zone-about-html", zone=zone_text(here, now, visit.say))
    await visit.edit(about, keyboard, html=True)


@for_admins
async def ask_zone(visit: Visit, _: AskZone) -> None:
    """Lets the zone be written."""
    await ask_for_words(visit, Wanted.ZONE, visit.say("setting-zone-ask"))


async def zone_written(visit: Visit) -> None:
    """A zone, a city or an offset that was asked for."""
    if not await may_change_chat(visit):
        await refuse_member(visit)
        return
    now, places = visit.parts.clock(), read_places(visit.words)
    if not places:
        raise NotUnderstood("unknown_place", visit.words)
    if len(places) > 1:
        keyboard = moving_keyboard(places, now, visit.say)
        await visit.answer(visit.say("setting-zone-which"), keyboard)
        return
    await visit.parts.subscriptions.move(visit.chat, places[0].zone)
    zone = zone_text(places[0].zone, now, visit.say)
    await visit.answer(visit.say("setting-zone-saved", zone=zone))


async def _show_topic(visit: Visit, topic: Topic) -> None:
    text = f"<b>{visit.say(NAMES[topic])}</b>\n\n{visit.say(ABOUT[topic])}"
    await visit.edit(text, _options(visit, topic), html=True)


async def _overview(visit: Visit) -> str:
    say = visit.say
    lines = [f"{say(NAMES[topic])} · <b>{_value(visit, topic)}</b>" for topic in SETTINGS]
    here = visit.parts.subscriptions.zone_of(visit.chat)
    zone = zone_text(here, visit.parts.clock(), say)
    lines += [say("setting-zone-html", zone=zone), await _daily_html(visit)]
    hint = say("settings-hint-html") if visit.private else say("settings-hint-group-html")
    return "\n".join([f"<b>{say('settings-title')}</b>", "", *lines, "", hint])


async def _daily_html(visit: Visit) -> str:
    """When daily poems come, in the order of their hours."""
    standing = await visit.parts.subscriptions.of_chat(visit.chat_id)
    if not standing:
        return visit.say("setting-daily-none-html")
    each = sorted(one.subscription.local_time for one in standing if not one.subscription.paused_at)
    paused = sorted(one.subscription.local_time for one in standing if one.subscription.paused_at)
    hours = [*(f"{at:%H:%M}" for at in each), *(f"⏸ {at:%H:%M}" for at in paused)]
    return visit.say("setting-daily-html", hours=visit.say("days-between").join(hours))


def _value(visit: Visit, topic: Topic) -> str:
    """What is chosen; where nothing is, what then holds."""
    code = SETTINGS[topic].chosen(visit.chat)
    chosen = _label(visit, topic, code)
    if code != _OPEN or topic is Topic.FORM:
        return chosen
    stored = visit.say.language if topic is Topic.LANGUAGE else visit.script
    holds = next(code for code, value in SETTINGS[topic].options.items() if value == stored)
    return visit.say("setting-auto", chosen=chosen, holds=visit.say(LABELS[topic, holds]))


def _label(visit: Visit, topic: Topic, code: str) -> str:
    """What an option is called; forms are, where poems are the matter."""
    key = LABELS[topic, code]
    return beside(key, visit.say, visit.script) if topic is Topic.FORM else visit.say(key)


def _topics(visit: Visit) -> InlineKeyboardMarkup:
    buttons = [button(visit.say(NAMES[topic]), ShowTopic(topic)) for topic in SETTINGS]
    buttons.append(button(visit.say("setting-zone"), ShowZones()))
    buttons.append(button(visit.say("do-daily"), Do(Doing.DAILY)))
    return InlineKeyboardMarkup(in_rows(buttons, 2))


def _options(visit: Visit, topic: Topic) -> InlineKeyboardMarkup:
    setting = SETTINGS[topic]
    now = setting.chosen(visit.chat)
    options = [_option(visit, topic, code, chosen=code == now) for code in setting.options]
    back = button(visit.say("button-back"), ShowSettings())
    return InlineKeyboardMarkup([*in_rows(options, 1 if topic in _WIDE else 2), [back]])


def _option(visit: Visit, topic: Topic, code: str, *, chosen: bool) -> InlineKeyboardButton:
    label = _label(visit, topic, code)
    text = visit.say("setting-chosen", label=label) if chosen else label
    return button(text, ChooseOption(topic, Option(code)))
