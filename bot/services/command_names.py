"""What commands are called in Chinese, for those who write no Latin letters. Pure.

Behind a slash, full-width too, every name counts: /藏头 春夏秋冬. Without one only what cannot
well be a theme does: 帮助, or 藏头 with its characters behind it. A space, a new line or a colon
parts a name from its words; a comma only where verse follows, since 每日一诗，怡情养性 is a theme.
In quotation marks anything is a theme.
"""

import re

from poetry_model import to_script

COMMANDS = (
    *("poem", "acrostic", "continue", "couplet", "jielong", "favourites", "history", "subscribe"),
    *("unsubscribe", "export", "settings", "forget", "start", "help", "about"),
)
_ALIASES = {"favorites": "favourites"}
# Alone, or with words behind them where that makes sense.
_SAID = {
    "help": "帮助 用法 怎么用 使用说明 使用方法 功能 菜单 命令",
    "settings": "设置 设定",
    "favourites": "我的收藏 收藏夹",
    "history": "写过的诗 历史记录",
    "subscribe": "每日一诗 订阅",
    "unsubscribe": "退订 取消订阅",
    "export": "导出 汇出 导出诗集",
    "jielong": "接龙 诗词接龙",
}
_SAID_WITH_WORDS = {
    "acrostic": "藏头 藏头诗",
    "continue": "续写 续诗 续句",
    "couplet": "对对子 对下联",
    "jielong": "接龙 诗词接龙",
    "subscribe": "每日一诗 订阅",
}
_BEHIND_A_SLASH = {
    "poem": "诗 写诗 作诗 吟诗",
    "couplet": "对联 对子",
    "favourites": "收藏",
    "history": "历史",
    "forget": "忘记 忘记我",
    "start": "开始",
    "about": "关于",
}
# Marks between a command and its words are neither: /poem，秋夜.
_LATIN = re.compile(r"/([a-z_]{1,32})(?:@[a-z0-9_]+)?[\s，,：:、。]*(.*)", re.I | re.S)
_UNKNOWN = re.compile(
    r"(/(?:[a-z0-9_]+(?:@[a-z0-9_]+)?|[^\s，,：:、。]*))[\s，,：:、。]*(.*)", re.I | re.S
)

_PARTED = re.compile(r"([\s：:，,]+)")
_COMMAS = {"，", ","}
_VERSE_FOLLOWS = {"acrostic", "continue", "couplet"}


def _by_name(table: dict[str, str]) -> dict[str, str]:
    return {name: command for command, names in table.items() for name in names.split()}


_ALONE, _WITH_WORDS = _by_name(_SAID), _by_name(_SAID_WITH_WORDS)
_AFTER_SLASH = _by_name(_BEHIND_A_SLASH) | _ALONE | _WITH_WORDS


def command_called(text: str) -> tuple[str, str] | None:
    """The command that a text names, and the words behind it; None where it names none.

    >>> command_called("/藏頭 春夏秋冬"), command_called("/poem月"), command_called("帮助")
    (('acrostic', '春夏秋冬'), ('poem', '月'), ('help', ''))
    >>> command_called("／藏头：春夏秋冬"), command_called("续写，床前明月光")
    (('acrostic', '春夏秋冬'), ('continue', '床前明月光'))
    >>> command_called("收藏") is None, command_called("/收藏"), command_called("藏头") is None
    (True, ('favourites', ''), True)
    """
    text = re.sub("^／", "/", text.strip())
    latin = _LATIN.fullmatch(text)
    if latin is not None:
        name = _ALIASES.get(latin[1].lower(), latin[1].lower())
        return (name, latin[2]) if name in COMMANDS else None
    first, mark, rest = (*_PARTED.split(text, maxsplit=1), "", "")[:3]
    command = _by_chinese_name(to_script(first, "simplified"), mark, rest)
    return (command, rest) if command else None


def _by_chinese_name(name: str, mark: str, rest: str) -> str | None:
    if name.startswith("/"):
        return _AFTER_SLASH.get(name[1:])
    if not rest:
        return _ALONE.get(name)
    command = _WITH_WORDS.get(name)
    return None if _COMMAS & set(mark) and command not in _VERSE_FOLLOWS else command


def command_apart(text: str) -> tuple[str, str]:
    """The command in front of a text, by its own name where there is one and as it is written
    where there is none, "" for no command; and the words behind it.

    >>> command_apart("/POEM，秋夜"), command_apart("藏头诗 春夏秋冬"), command_apart("/fav 月")
    (('/poem', '秋夜'), ('/acrostic', '春夏秋冬'), ('/fav', '月'))
    >>> command_apart("秋夜 五绝")
    ('', '秋夜 五绝')
    """
    called = command_called(text)
    if called is not None:
        return f"/{called[0]}", called[1]
    unknown = _UNKNOWN.fullmatch(re.sub("^／", "/", text.strip()))
    return (unknown[1], unknown[2]) if unknown else ("", text.strip())
