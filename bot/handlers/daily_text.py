"""What daily poems say of themselves in the chat: the wish, the next poem, the clock.

It reads what is stored, and decides nothing.
"""

from collections.abc import Sequence
from datetime import datetime

from bot.handlers.rendering import beside
from bot.handlers.taps import CODE_OF_FORM, TUNE_CODES
from bot.locales import Say
from bot.locales.clocks import country_name, day_name, offset_name, zone_name
from bot.scheduling.next_delivery import EVERY_DAY
from bot.services.asking import ANY_TUNE
from bot.services.subscriptions import Standing
from bot.services.weekdays import WEEKEND, WORKDAYS, days_of
from bot.services.zones import Place
from bot.storage import Subscription
from poetry_model import as_read, to_script

_DAYS = {0: "today", 1: "tomorrow"}


def wish_text(subscription: Subscription, say: Say, script: str) -> dict[str, str]:
    """The values of a sentence about a wish."""
    return {
        "topic": _topic(subscription, say, script),
        "time": f"{subscription.local_time:%H:%M}",
        "days": days_text(subscription.weekdays, say),
    }


def next_text(standing: Standing, now: datetime, say: Say) -> dict[str, str]:
    """The values of a sentence about the next poem, on the clock of its zone."""
    subscription = standing.subscription
    values = {
        "time": f"{subscription.local_time:%H:%M}",
        "zone": zone_text(subscription.timezone, standing.due or now, say),
    }
    if standing.due is None:
        return values
    date = day_name(standing.due.date(), say.language)
    day = _DAYS.get(standing.days_ahead, "later")
    # In a gap of the clock the hour is not quite the one that was chosen.
    return values | {"time": f"{standing.due:%H:%M}", "day": day, "date": date}


def state_text(standing: Standing, now: datetime, say: Say, script: str) -> str:
    """What there is, and when it comes next."""
    lines = [say("subscription-wish", **wish_text(standing.subscription, say, script))]
    if standing.due is None:
        zone = zone_text(standing.subscription.timezone, now, say)
        return "\n".join([*lines, say("subscription-paused", zone=zone)])
    lines.append(say("subscription-next", **next_text(standing, now, say)))
    if standing.skips_later:
        lines.append(say("subscription-skips", date=day_name(standing.later, say.language)))
    return "\n".join(lines)


def list_text(all_of_them: Sequence[Standing], now: datetime, say: Say, script: str) -> str:
    """All daily poems of a chat."""
    states = [state_text(each, now, say, script) for each in all_of_them]
    return "\n\n".join([say("subscriptions-title", count=len(states)), *states])


def zone_text(zone: str, at: datetime, say: Say) -> str:
    """北京 UTC+8"""
    name = say("zone-beijing") if zone == "Asia/Shanghai" else zone_name(zone, say.language)
    return f"{name} {offset_name(at, zone)}".strip()


def place_text(place: Place, at: datetime, say: Say) -> str:
    """剑桥 · 英国 UTC+1"""
    if not place.name or not place.country:
        return zone_text(place.zone, at, say)
    country = country_name(place.country, say.language)
    return f"{place.name} · {country} {offset_name(at, place.zone)}"


def days_text(week: int | None, say: Say) -> str:
    """每天, 工作日, 每周一、三"""
    if week is None or week == EVERY_DAY:
        return say("days-every")
    if week in (WORKDAYS, WEEKEND):
        return say("days-work") if week == WORKDAYS else say("days-weekend")
    names = (weekday_text(day, say) for day in days_of(week))
    return say("days-some", days=say("days-between").join(names))


def weekday_text(day: int, say: Say) -> str:
    """A day of the week, 0 for Monday."""
    return say(["day-mon", "day-tue", "day-wed", "day-thu", "day-fri", "day-sat", "day-sun"][day])


def _topic(subscription: Subscription, say: Say, script: str) -> str:
    """The theme, and the form and manner where they are wished for."""
    theme = as_read(subscription.theme, script)
    topic = say("topic-theme", theme=theme) if theme else say("topic-varied")
    if subscription.form is not None:
        topic = say("topic-form", topic=topic, form=form_text(subscription.form, say, script))
    if subscription.dynasty is not None:
        style = style_text(subscription.dynasty, say)
        topic = say("topic-style", topic=topic, style=style)
    return topic


def form_text(form: str, say: Say, script: str) -> str:
    """A form in the reader's language; 词牌 have no other name."""
    code = CODE_OF_FORM.get(form)
    if form == ANY_TUNE:
        return beside("form-any-tune", say, script)
    if code is None or code in TUNE_CODES:
        return to_script(form, script)
    return beside(f"form-{code}", say, script)


def style_text(dynasty: str | None, say: Say) -> str:
    """A manner, or that it is left to the poet."""
    return say({None: "style-none", "唐": "style-tang", "宋": "style-song"}[dynasty])
