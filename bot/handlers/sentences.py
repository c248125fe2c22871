"""From our errors to sentences: one table, so that no error reaches a user untranslated."""

from bot.errors import (
    HourTaken,
    PoemNotFound,
    SubscriptionGone,
    TooBusy,
    TooManySubscriptions,
    TooSoon,
)
from bot.locales import Say
from bot.services.asking import NearMiss, NotUnderstood, SeveralForms
from poetry_model import BadRequest, NoCharacterFits, to_script

# What the poet refuses, by its reason; some reasons need the argument to be told apart.
REFUSALS = {
    "unknown_form": "unknown-form",
    "theme_too_long": "theme-too-long",
    "theme_without_han": "theme-without-han",
    "heads_count": "heads-count",
    "heads_not_han": "heads-not-han",
    "heads_form_mismatch": "heads-form-mismatch",
    "heads_first_line_mismatch": "request-impossible",
    "first_line_length": "first-line-length",
    "first_line_not_han": "first-line-not-han",
    "unknown_script": "unknown-script",
    "tune_first_line": "tune-first-line",
    "tune_heads": "tune-heads",
}
MISUNDERSTANDINGS = {
    "unknown_form": "unknown-form",
    "several_forms": "several-forms",
    "bad_hour": "bad-hour",
    "unknown_place": "unknown-place",
    "heads_missing": "heads-missing",
    "first_line_missing": "first-line-missing",
    "tune_not_continued": "tune-not-continued",
    "couplet_form": "couplet-form",
    "jielong_form": "jielong-form",
    "quote_without_words": "quote-without-words",
    "quote_without_line": "quote-without-line",
    "quote_without_heads": "quote-without-heads",
}
Sayable = (
    NotUnderstood,
    BadRequest,
    NoCharacterFits,
    TooBusy,
    TooSoon,
    PoemNotFound,
    SubscriptionGone,
    HourTaken,
    TooManySubscriptions,
)
_LONGEST_QUOTE = 20  # characters of a user's own words that we repeat


def sentence(error: Exception, say: Say, script: str = "simplified") -> str:
    """What a user is told about one of the `Sayable` errors."""
    if isinstance(error, NotUnderstood):
        return _misunderstood(error, say, script)
    if isinstance(error, BadRequest):
        return _refused(error, say)
    if isinstance(error, TooSoon):
        return say("too-soon", seconds=error.seconds)
    if isinstance(error, TooManySubscriptions):
        return say("subscriptions-full", most=error.most)
    return say(
        {
            NoCharacterFits: "no-character-fits",
            TooBusy: "busy",
            PoemNotFound: "poem-gone",
            SubscriptionGone: "subscription-gone",
            HourTaken: "hour-taken",
        }[type(error)]
    )


def _misunderstood(error: NotUnderstood, say: Say, script: str) -> str:
    key = MISUNDERSTANDINGS[error.reason]
    word = shortened(error.word)
    if isinstance(error, NearMiss) and error.suggestion:
        return say("did-you-mean", word=word, suggestion=to_script(error.suggestion, script))
    return say(key, word=to_script(word, script) if isinstance(error, SeveralForms) else word)


def _refused(error: BadRequest, say: Say) -> str:
    key = REFUSALS.get(error.reason, "request-impossible")
    return say(key, word="…") if key == "unknown-form" else say(key)


def shortened(word: str) -> str:
    """Enough of a user's words to recognise them."""
    return word if len(word) <= _LONGEST_QUOTE else word[:_LONGEST_QUOTE] + "…"
