"""/subscribe and /unsubscribe: the daily poem of a chat."""

from bot.handlers.admins import may_change_chat, refuse_member
from bot.handlers.visit import Visit
from bot.services.asking import read_daily
from bot.services.subscriptions import Standing
from bot.storage import Subscription
from poetry_model import to_script

_DAYS = {0: "today", 1: "tomorrow"}


async def subscribe(visit: Visit) -> None:
    """`/subscribe 08:00 月 五绝`; without words, what is subscribed already or the morning."""
    subscriptions = visit.parts.subscriptions
    wish = read_daily(visit.words, subscriptions.zone_of(visit.chat))
    current = () if visit.words else await subscriptions.of_chat(visit.chat_id)
    if current:
        await visit.answer(visit.say("subscription-state", **_told(current[0], visit)))
        return
    if not await may_change_chat(visit):
        await refuse_member(visit)
        return
    coming = await subscriptions.subscribe(
        visit.chat, visit.user_id, wish, visit.script, visit.thread_id
    )
    # The daily poem comes unasked: its buttons speak the language heard last.
    await visit.parts.store.chats.hear(visit.chat_id, visit.say.language)
    await visit.answer(visit.say("subscribed", **_told(coming, visit)))


async def unsubscribe(visit: Visit) -> None:
    """Ends the daily poem of this chat."""
    if not await may_change_chat(visit):
        await refuse_member(visit)
        return
    ended = await visit.parts.subscriptions.end_all(visit.chat_id)
    await visit.answer(visit.say("unsubscribed" if ended else "not-subscribed"))


def _topic(subscription: Subscription, visit: Visit) -> str:
    """The theme, and the form where one is wished for."""
    say, theme = visit.say, subscription.theme
    topic = say("topic-theme", theme=theme) if theme else say("topic-varied")
    if subscription.form is None:
        return topic
    return say("topic-form", topic=topic, form=to_script(subscription.form, visit.script))


def _told(coming: Standing, visit: Visit) -> dict[str, str]:
    """What is wished for; hour and day as the clock of the zone shows them."""
    assert coming.due is not None
    return {
        "topic": _topic(coming.subscription, visit),
        "time": f"{coming.subscription.local_time:%H:%M}",
        "day": _DAYS.get(coming.days_ahead, "later"),
        "date": f"{coming.due:%Y-%m-%d}",
        "zone": f"{coming.subscription.timezone}, UTC{coming.due.isoformat()[19:]}",
    }
