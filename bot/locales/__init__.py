"""Every sentence a user can read, in three languages, as Project Fluent catalogues.

It knows which language a Telegram language code asks for. It does not know when a sentence
is said, nor Telegram.
"""

import html
from functools import cache
from importlib.resources import files
from typing import Literal

from fluent.runtime import FluentBundle, FluentResource
from fluent.runtime.types import FluentInt

Language = Literal["zh-Hans", "zh-Hant", "en"]
LANGUAGES: tuple[Language, ...] = ("zh-Hans", "zh-Hant", "en")
DEFAULT: Language = "zh-Hans"
_TRADITIONAL_PLACES = {"hant", "tw", "hk", "mo"}


def language_of(code: str | None) -> Language:
    """The language to speak with someone whose Telegram is set to `code`.

    >>> [language_of(code) for code in ("zh-hans", "zh-TW", "de", None)]
    ['zh-Hans', 'zh-Hant', 'en', 'zh-Hans']
    """
    if not code:
        return DEFAULT
    first, *rest = code.lower().replace("_", "-").split("-")
    if first == "yue":
        return "zh-Hant"
    if first != "zh":
        return "en"
    return "zh-Hant" if _TRADITIONAL_PLACES & set(rest) else "zh-Hans"


def known_language(stored: str | None) -> Language | None:
    """A language as the database holds it, None for what is none of ours."""
    return next((language for language in LANGUAGES if language == stored), None)


def script_of(language: Language) -> str:
    """The script of poems that a reader of `language` gets unless they chose one."""
    return "traditional" if language == "zh-Hant" else "simplified"


class Say:
    """Speaks one language: `say("busy")`; values stand where the catalogue wants them.

    Keys that end in `-html` hold markup: their values are escaped here, so that what a user
    wrote never becomes markup.
    """

    def __init__(self, language: Language) -> None:
        self.language = language
        self._bundle = _bundle(language)

    def __call__(self, key: str, **values: str | int) -> str:
        pattern = self._bundle.get_message(key).value
        if pattern is None:
            raise KeyError(key)
        safe = {name: _safe(key, value) for name, value in values.items()}
        text, faults = self._bundle.format_pattern(pattern, safe)
        if faults:
            raise LookupError(f"{key}: {faults[0]}")
        return str(text)


def _safe(key: str, value: str | int) -> str | FluentInt:
    """A number keeps its plural, and becomes plain digits: 1000 is never `1,000`."""
    if isinstance(value, int):
        return FluentInt(value, useGrouping=False)
    return html.escape(value) if key.endswith("-html") else value


@cache
def _bundle(language: Language) -> FluentBundle:
    bundle = FluentBundle([language], use_isolating=False)
    bundle.add_resource(FluentResource(catalogue(language)))
    return bundle


def catalogue(language: Language) -> str:
    """The text of the catalogue of `language`: all its files, one a part of the bot."""
    parts = sorted(files(__name__).joinpath(language).iterdir(), key=lambda part: part.name)
    return "\n".join(part.read_text(encoding="utf-8") for part in parts)


@cache
def speak(language: Language) -> Say:
    """The one speaker of `language`."""
    return Say(language)
