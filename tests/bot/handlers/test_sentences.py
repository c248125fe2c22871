"""Every error a user can meet has a sentence in every language."""

import pytest

from bot.errors import PoemNotFound, TooBusy, TooSoon
from bot.handlers.offers import offer
from bot.handlers.sentences import MISUNDERSTANDINGS, REFUSALS, sentence
from bot.locales import LANGUAGES, Language, speak
from bot.services.asking import NearMiss, NotUnderstood
from poetry_model import BadRequest, NoCharacterFits

ERRORS = [
    *(BadRequest("argument", reason, "in English") for reason in REFUSALS),
    BadRequest("argument", "a_reason_of_tomorrow", "in English"),
    *(NotUnderstood(reason, "七言" if "form" in reason else "") for reason in MISUNDERSTANDINGS),
    NearMiss("七" * 5000, "七绝"),
    NearMiss("六绝", ""),
    NoCharacterFits("七绝", 1, 2),
    TooBusy(32),
    TooSoon(12),
    PoemNotFound(7),
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("error", ERRORS, ids=repr)
def test_every_error_is_one_short_sentence(error: Exception, language: Language) -> None:
    said = sentence(error, speak(language))
    assert said
    assert "\n" not in said
    assert len(said) < 200


def test_a_suggestion_comes_in_the_readers_script() -> None:
    error = NearMiss("七決", "七绝")
    assert "是不是七絕" in sentence(error, speak("zh-Hant"), "traditional")


@pytest.mark.parametrize("reason", ["tune_first_line", "tune_heads"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_tune_cannot_take_has_a_sentence_of_its_own_with_an_example(
    reason: str, language: Language
) -> None:
    say = speak(language)
    error = BadRequest("argument", reason, "in English")
    assert sentence(error, say) != say("request-impossible")
    assert "/" in sentence(error, say)
    assert offer(error, say, "simplified", "春夏秋冬", None) is not None
