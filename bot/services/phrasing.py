"""How people ask in a sentence of their own: 帮我写一首关于秋天的五绝. Pure.

Only what begins as such a request is read; anything else is left as it stands, since a theme
may be any words. It knows how forms are called, and not what can be written.
"""

import re
from collections.abc import Iterable

from bot.services.form_names import named_form
from poetry_model import FORMS, to_script

_REQUEST = re.compile(
    "(?:你好|您好)?[,\\s]*"
    "(?:[请請]|能不能|可以|能|麻[烦煩]|我想(?:要|[让讓]你)?|我要)?你?(?:再)?"
    "(?:[帮幫]我|[给給]我|[为為]我|替我|[帮幫]忙)?(?:再)?"
    "(?:[以用](?P<theme>.{1,20}?)[为為作](?:[题題]目?|主[题題])[,，]?)?"
    "(?:[写寫]|作|[来來]|吟|[赋賦]|[创創]作)(?:一|1)?(?:首|[阕闋]|副|篇)"
    "(?P<rest>.*?)(?:吧|[吗嗎]|好[吗嗎])?[。！!？?]*",
    re.S,
)
_ABOUT = re.compile(
    "(?:[关關][于於]|有[关關](?:于|於)?|描[写寫]|歌[颂頌]|[赞讚][美颂頌]|[写寫]|[题題]目是|"
    "主[题題]是|以|用)(?P<about>.+)"
)
_AS_THEME = re.compile("(?:[为為作做](?:[题題]目?|主[题題])|[写寫]的)$")
_POEM = {"诗", "古诗", "诗词", "古诗词", "古体诗", "小诗", "诗歌"}
_ENDS = "的, 　"
_LONGEST_NAME = 6


def plainly(text: str) -> str:
    """A request in a sentence as the words a command takes; other texts as they are.

    >>> plainly("帮我写一首关于秋天的五绝"), plainly("写首七律，江雪"), plainly("来一首诗")
    ('五绝 秋天', '七律 江雪', '')
    >>> plainly("秋天的五绝")
    '秋天的五绝'
    """
    match = _REQUEST.fullmatch(text.strip())
    if match is None:
        return text
    form, theme = _form_apart(re.sub("[，、：:]", ",", match["rest"]).strip(_ENDS))
    about = _ABOUT.fullmatch(theme)
    theme = match["theme"] or _AS_THEME.sub("", about["about"] if about else theme).strip(_ENDS)
    return " ".join(filter(None, (form, theme.replace(",", " "))))


def _form_apart(words: str) -> tuple[str, str]:
    """The form that opens or closes the words, "" for any poem, and the rest."""
    for name, rest in _ends_of(words):
        plain = to_script(name, "simplified")
        if plain in _POEM or named_form(name) is not None or plain == "词":
            return "" if plain in _POEM else name, rest.strip(_ENDS)
    return "", words


def _ends_of(words: str) -> Iterable[tuple[str, str]]:
    """Each end that may be a name, and what is left; the longest first, the last ones first."""
    for length in range(min(_LONGEST_NAME, len(words)), 0, -1):
        yield words[-length:], words[:-length]
    for length in range(min(_LONGEST_NAME, len(words)), 1, -1):
        yield words[:length], words[length:]


def forms_apart(words: Iterable[str]) -> list[str]:
    """The words with 七绝月 or 月七绝 cut in two, where no word is a form by itself. The name of a
    tune is left in its word: 如梦令人愁 is a theme.

    >>> forms_apart(["七绝月"]), forms_apart(["七律诗"]), forms_apart(["五律", "七绝月"])
    (['七绝', '月'], ['七律诗'], ['五律', '七绝月'])
    """
    kept = list(words)
    if any(named_form(word) is not None for word in kept):
        return kept
    for place, word in enumerate(kept):
        for name, rest in ((word[:2], word[2:]), (word[-2:], word[:-2])):
            if rest and to_script(name, "simplified") in FORMS:
                return [*kept[:place], name, rest, *kept[place + 1 :]]
    return kept
