"""/stats: the bot in numbers, for operators, with the days as a picture."""

from telegram.constants import ChatAction, ParseMode

from bot.handlers.visit import Visit
from bot.locales import Say
from bot.services.statistics import DAYS, RECENT, Overview
from bot.storage import DeliveryCounts, Statistics


async def stats(visit: Visit) -> None:
    """Counted now; days are those of the default zone."""
    async with visit.typing(ChatAction.UPLOAD_PHOTO):
        overview = await visit.parts.statistics.look()
        await visit.bot.send_photo(
            visit.chat_id,
            overview.picture,
            caption=_caption_html(overview, visit.say),
            parse_mode=ParseMode.HTML,
            message_thread_id=visit.thread_id,
            filename="days.png",
        )


def _caption_html(overview: Overview, say: Say) -> str:
    numbers, days = overview.numbers, overview.numbers.poems_by_day
    lines = (
        say("stats-title-html", date=f"{overview.today:%Y-%m-%d}", zone=overview.zone),
        say(
            "stats-people-html",
            all=numbers.people,
            active=numbers.active_people,
            new=numbers.new_people,
            days=RECENT.days,
        ),
        say("stats-chats-html", groups=numbers.groups, blocked=numbers.blocked),
        say(
            "stats-poems-html",
            today=days[-1],
            all=sum(days),
            days=DAYS,
            favourites=numbers.favourites,
        ),
        _inline_html(numbers, say),
        say("stats-daily-html", active=numbers.subscriptions, paused=numbers.paused),
        _deliveries_html(numbers.deliveries, say),
        _waiting_html(numbers, say),
        _failures_html(numbers, say),
    )
    return "\n".join(line for line in lines if line)


def _inline_html(numbers: Statistics, say: Say) -> str:
    if not numbers.inline_offered:
        return ""
    offered, sent = numbers.inline_offered, numbers.inline_sent
    return say("stats-inline-html", days=RECENT.days, offered=offered, sent=sent)


def _deliveries_html(counts: DeliveryCounts, say: Say) -> str:
    """Those that were due; of what did not go well, only what there was."""
    said = {
        "sent": say("stats-sent", count=counts.sent),
        "waiting": say("stats-waiting", count=counts.waiting),
        "late": say("stats-late", count=counts.late),
        "retried": say("stats-retried", count=counts.retried),
        "unknown": say("stats-unknown", count=counts.unknown),
        "missed": say("stats-missed", count=counts.missed),
        "blocked": say("stats-blocked", count=counts.blocked),
        "failed": say("stats-failed", count=counts.failed),
    }
    some = [words for name, words in said.items() if name == "sent" or getattr(counts, name)]
    return say("stats-deliveries-html", due=counts.due, ended=" · ".join(some))


def _waiting_html(numbers: Statistics, say: Say) -> str:
    if numbers.median_ms is None or numbers.slow_ms is None:
        return ""
    half, most = round(numbers.median_ms), round(numbers.slow_ms)
    return say("stats-latency-html", half=half, most=most)


def _failures_html(numbers: Statistics, say: Say) -> str:
    if not numbers.failures:
        return ""
    reasons = " · ".join(f"{reason} {count}" for reason, count in numbers.failures.items())
    return say("stats-failures-html", reasons=reasons)
