"""How people ask in a sentence of their own: 帮我写一首关于秋天的五绝. Pure.

Only what begins as such a request is read; anything else is left as it stands, since a theme
may be any words. It knows how forms are called, and not what can be written.
"""

import re
from collections.abc import Iterable

from bot.services.form_names import named_form
from poetry_model import FORMS, to_script

_OPEN, _CLOSE = "[“「『《‘\"']", "[”」』》’\"']"
_REQUEST = re.compile(
    "(?:你好|您好)?[,，\\s]*"
    "(?:[请請]|能不能|可以|能|麻[烦煩]|我想(?:要|[让讓]你)?|我要)?你?(?:再)?"
    "(?:[帮幫]我|[给給]我|[为為]我|替我|[帮幫]忙)?(?:再)?"
    f"(?:[以用](?:(?P<theme>.{{1,20}}?)[为為作](?:[题題]目?|主[题題]|[头頭])"
    f"|{_OPEN}?(?P<sign>.{{1,16}}?){_CLOSE}?[这這]?[一二两兩三四五六七八]?[个個]?字"
    f"|{_OPEN}(?P<quoted>.{{1,16}}?){_CLOSE})[,，]?)?"
    "(?:[送献獻]?[给給为為](?P<whom>[^我你].{0,11}?))?"
    "(?:[写寫]|作|[来來]|吟|[赋賦]|[创創]作)(?:一|1)?"
    "(?P<measure>[首阕闋副篇]|幅(?=.*[联聯]))(?P<rest>.*?)(?:吧|[吗嗎]|好[吗嗎])?[。！!？?]*",
    re.S,
)
_TO = "[送献獻写寫]?[给給]"
_ABOUT = re.compile(
    "(?:[关關][于於]|有[关關](?:于|於)?|描[写寫]|歌[颂頌]|[赞讚][美颂頌]|[写寫]|[题題]目是|"
    f"主[题題]是|以|用|{_TO})(?P<about>.+)"
)
_AS_THEME = re.compile("(?:[为為作做](?:[题題]目?|主[题題])|[写寫]的)$")
_POEM_ABOUT = re.compile(f"(?:诗|詩)(?=歌[颂頌]|描[写寫]|[赞讚][美颂頌]|{_TO})")
_ACROSTIC = re.compile("(?P<before>.*?)的?[,\\s]*藏[头頭][诗詩]?[,\\s]*(?P<behind>.*)", re.S)
_COUPLET = re.compile("(?P<before>.*?)(?P<kind>春|楹|[门門]|[对對])[联聯](?P<behind>.*)", re.S)
_PAIR = "副"  # what is counted so is a couplet
_NEW_YEAR = "新春"  # what a 春联 is about that says no more
_QUOTES = re.compile(f"^{_OPEN}|{_CLOSE}$")
ACROSTIC = "藏头诗"
_POEM = {"诗", "古诗", "诗词", "古诗词", "古体诗", "小诗", "诗歌"}
_ENDS = "的, 　"
_LONGEST_NAME = 6


def plainly(text: str) -> str:
    """A request in a sentence as the words a command takes; other texts as they are.

    >>> plainly("帮我写一首关于秋天的五绝"), plainly("写首七律，江雪"), plainly("来一首诗")
    ('五绝 秋天', '七律 江雪', '')
    >>> plainly("秋天的五绝")
    '秋天的五绝'
    >>> plainly("写一首藏头诗：我爱妈妈"), plainly("写一副春联"), plainly("给妈妈写首诗")
    ('藏头诗 我爱妈妈', '对联 新春', '妈妈')
    """
    match = _REQUEST.fullmatch(text.strip())
    if match is None:
        return text
    told = match["theme"] or match["sign"] or match["quoted"] or ""
    rest = re.sub("[，、：:]", ",", match["rest"]).strip(_ENDS)
    if acrostic := _ACROSTIC.fullmatch(rest):
        heads = told or _about(acrostic["behind"]) or _about(acrostic["before"])
        return f"{ACROSTIC} {heads}".strip()
    form, theme = _form_apart(_as_couplet(rest, match["measure"]))
    theme = told or _AS_THEME.sub("", _about(theme)).strip(_ENDS) or match["whom"] or ""
    return " ".join(filter(None, (form, theme.replace(",", " "))))


def _about(words: str) -> str:
    """What the words are about, without the words that say so."""
    about = _ABOUT.fullmatch(words.strip(_ENDS))
    return _QUOTES.sub("", about["about"] if about else words).strip(_ENDS)


def _as_couplet(words: str, measure: str) -> str:
    """春联 and 楹联 are couplets, and so is whatever is counted as one; 春联 alone has a theme."""
    named = _COUPLET.fullmatch(words)
    if named is None:
        return f"对联,{words}" if measure in _PAIR else words
    theme = f"{named['before']},{named['behind']}".strip(_ENDS)
    return f"对联,{theme or (_NEW_YEAR if named['kind'] == '春' else '')}".strip(_ENDS)


def _form_apart(words: str) -> tuple[str, str]:
    """The form that opens or closes the words, "" for any poem, and the rest."""
    words = _POEM_ABOUT.sub("", words, count=1)
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
