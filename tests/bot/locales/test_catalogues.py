"""The catalogues: whole, alike, and used."""

import ast
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from fluent.syntax import FluentParser
from fluent.syntax import ast as fluent
from fluent.syntax.visitor import Visitor

import bot
from bot.handlers.doings import KEYS
from bot.handlers.guidance import SECTIONS, TEXTS
from bot.handlers.menus import MENU, OPERATOR_MENU
from bot.handlers.other_messages import KINDS
from bot.handlers.returning import SHUT
from bot.handlers.sentences import MISUNDERSTANDINGS, REFUSALS
from bot.handlers.settings import ABOUT, LABELS, NAMES
from bot.handlers.taps import COUPLET_CODES, VERSE_CODES
from bot.locales import LANGUAGES, Language, catalogue, language_of, script_of, speak
from bot.services.cards import PAPER_NAMES

CODE = Path(str(bot.__file__)).parent


class Variables(Visitor):
    """Collects the variables of a message."""

    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_VariableReference(self, node: fluent.VariableReference) -> None:  # noqa: N802
        self.names.add(node.id.name)


def messages(language: Language) -> dict[str, set[str]]:
    """The keys of a catalogue, each with its variables."""
    found = {}
    for entry in FluentParser().parse(catalogue(language)).body:
        assert not isinstance(entry, fluent.Junk), entry.content
        if isinstance(entry, fluent.Message):
            variables = Variables()
            variables.visit(entry)
            found[entry.id.name] = variables.names
    return found


def keys_in_code() -> set[str]:
    """Every key the code says, literally or by one of its tables."""
    said = set(REFUSALS.values()) | set(MISUNDERSTANDINGS.values())
    said |= {*KEYS, *SECTIONS.values(), *TEXTS.values(), *KINDS.values()}
    said |= {*NAMES.values(), *ABOUT.values(), *LABELS.values(), *SHUT.values()}
    said |= {f"form-{code}" for code in VERSE_CODES | COUPLET_CODES} | {
        f"menu-{name}" for name in (*MENU, *OPERATOR_MENU)
    }
    said |= {f"paper-{name}" for name in PAPER_NAMES}
    for path in CODE.rglob("*.py"):
        if "playground" not in path.parts:
            said |= _literal_keys(ast.parse(path.read_text("utf-8")))
    return said


_SAYING = {"say", "say_there", "beside"}  # what is called with a key


def _literal_keys(tree: ast.AST) -> set[str]:
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    says = [call for call in calls if ast.unparse(call.func).split(".")[-1] in _SAYING]
    inside = [node for call in says for node in ast.walk(call.args[0])]
    texts = [node.value for node in inside if isinstance(node, ast.Constant)]
    return {
        text for text in texts if isinstance(text, str) and re.fullmatch(r"[a-z]+(-\w+)*", text)
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_key_is_missing_and_each_takes_the_same_values(language: Language) -> None:
    assert messages(language) == messages("zh-Hans")


def test_every_key_the_code_says_exists_and_none_is_left_over() -> None:
    in_code = {key for key in keys_in_code() if key not in {"form", "menu"}}
    assert in_code == set(messages("zh-Hans"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_can_be_said(language: Language) -> None:
    for key, variables in messages(language).items():
        said = speak(language)(key, **dict.fromkeys(variables, "<7>"))
        assert "{" not in said
        assert ("&lt;7&gt;" in said) == (key.endswith("-html") and bool(variables))


@pytest.mark.parametrize("language", LANGUAGES)
def test_markup_is_closed_and_known_to_telegram(language: Language) -> None:
    for key in messages(language):
        if key.endswith("-html"):
            told = speak(language)(key, **dict.fromkeys(messages(language)[key], "x"))
            _Balanced().feed(told)


class _Balanced(HTMLParser):
    """Fails on a tag that is unknown, not closed, or closed twice."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in {"b", "i", "code"}
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("language", LANGUAGES)
def test_menu_descriptions_and_toasts_fit(language: Language) -> None:
    for name in (*MENU, *OPERATOR_MENU):
        assert len(speak(language)(f"menu-{name}")) <= 256
    for key in ("kept", "kept-already", "dropped", "expired", "poem-gone", "once-is-enough"):
        assert len(speak(language)(key)) <= 200


@pytest.mark.parametrize(
    ("code", "language"),
    [
        ("zh", "zh-Hans"),
        ("zh-hans", "zh-Hans"),
        ("zh-CN", "zh-Hans"),
        ("zh-SG", "zh-Hans"),
        ("zh-hant", "zh-Hant"),
        ("zh-TW", "zh-Hant"),
        ("zh_HK", "zh-Hant"),
        ("yue", "zh-Hant"),
        ("en-GB", "en"),
        ("de", "en"),
        ("", "zh-Hans"),
        (None, "zh-Hans"),
    ],
)
def test_the_language_follows_telegrams_code(code: str | None, language: Language) -> None:
    assert language_of(code) == language


def test_only_traditional_telegrams_get_traditional_poems() -> None:
    assert [script_of(each) for each in LANGUAGES] == ["simplified", "traditional", "simplified"]


@pytest.mark.parametrize(
    ("key", "one", "several"),
    [
        ("export-colophon", "1 poem,", "2 poems,"),
        ("export-caption-volume", "with 1 poem.", "with 2 poems."),
        ("jielong-overtaken", "there is 1 line now", "there are 2 lines now"),
        ("broadcast-to-people-html", "<b>1</b> person", "<b>2</b> people"),
        ("broadcast-to-everyone-html", "<b>1</b> chat ", "<b>2</b> chats "),
        ("report-held-back-html", "1 more was", "2 more were"),
    ],
)
def test_one_is_one_in_english(key: str, one: str, several: str) -> None:
    values = dict.fromkeys(messages("en")[key], "x")
    for count, words in ((1, one), (2, several)):
        assert words in speak("en")(key, **(values | {"count": count}))


def test_numbers_are_plain_digits() -> None:
    assert speak("en")("export-caption", count=12345) == "Poems: 12345."


def test_an_unknown_key_is_a_bug() -> None:
    with pytest.raises(LookupError):
        speak("en")("no-such-key")


def test_a_forgotten_value_is_a_bug() -> None:
    with pytest.raises(LookupError, match="rhyme"):
        speak("en")("poem-rhyme")
