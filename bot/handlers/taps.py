"""What a button says when it is tapped: a few ASCII bytes that refer to what is stored.

Old messages keep their buttons for ever: add actions freely, rename none. It does not know
what a tap does.
"""

import re
from collections.abc import Callable
from dataclasses import astuple, dataclass, fields
from datetime import date
from enum import StrEnum
from typing import ClassVar, NewType

from bot.scheduling.next_delivery import EVERY_DAY
from bot.services.export import FileKind
from bot.storage import Audience, Shelf

VERSE_CODES = {"wujue": "五绝", "qijue": "七绝", "wulv": "五律", "qilv": "七律"}
COUPLET_CODES = {"wulian": "五言联", "qilian": "七言联"}
TUNE_CODES = {
    "huanxisha": "浣溪沙",
    "shuidiaogetou": "水调歌头",
    "zhegutian": "鹧鸪天",
    "pusaman": "菩萨蛮",
    "manjianghong": "满江红",
    "xijiangyue": "西江月",
    "linjiangxian": "临江仙",
    "jianzimulanhua": "减字木兰花",
    "niannujiao": "念奴娇",
    "qinyuanchun": "沁园春",
    "dielianhua": "蝶恋花",
    "dianjiangchun": "点绛唇",
    "qingpingyue": "清平乐",
    "yumeiren": "虞美人",
    "yujiaao": "渔家傲",
    "busuanzi": "卜算子",
    "yulouchun": "玉楼春",
    "nanxiangzi": "南乡子",
    "tasuoxing": "踏莎行",
    "yijiangnan": "忆江南",
    "shengzhazi": "生查子",
    "langtaosha": "浪淘沙",
    "rumengling": "如梦令",
    "caisangzi": "采桑子",
    "changxiangsi": "长相思",
    "yiqine": "忆秦娥",
}
FORM_CODES = VERSE_CODES | COUPLET_CODES | TUNE_CODES
CODE_OF_FORM = {form: code for code, form in FORM_CODES.items()}
_LAST_SECOND = 32_503_680_000  # the year 3000
_NUMBER = re.compile(r"0|[1-9][0-9]{0,17}")


class Script(StrEnum):
    """The script a poem is looked at in."""

    SIMPLIFIED = "s"
    TRADITIONAL = "t"


class Face(StrEnum):
    """What of a poem is looked at."""

    VERSE = "v"
    TONES = "z"
    PINYIN = "y"


class PaperName(StrEnum):
    """The paper of a card."""

    XUAN = "xuan"
    LAN = "lan"
    SAJIN = "sajin"
    DOUQING = "douqing"
    CIQING = "ciqing"
    HONG = "hong"
    YE = "ye"


@dataclass(frozen=True)
class View:
    """How a message shows its poem. The buttons hold it, so that nobody has to remember it."""

    script: Script
    face: Face = Face.VERSE


class Aspect(StrEnum):
    """What of a daily poem is chosen."""

    HOUR = "h"
    ZONE = "z"
    DAYS = "d"
    THEME = "t"
    FORM = "f"
    TUNE = "c"


class OpenForm(StrEnum):
    """A form that is left open, wholly or up to which 词牌."""

    ANY = "any"
    TUNE = "ci"


class Style(StrEnum):
    """A manner to write in."""

    NONE = "-"
    TANG = "t"
    SONG = "s"


ZoneName = NewType("ZoneName", str)  # an IANA name
_ZONE_NAME = re.compile(r"[A-Za-z0-9_+\-/]{1,40}")
# Themes a daily poem can be given by a button, which holds their number: only add at the end.
DAILY_THEMES = ("月", "秋夜", "山居", "春风", "江南", "思乡", "饮酒", "听雨", "梅花")


class Topic(StrEnum):
    """What of a chat can be set."""

    LANGUAGE = "l"
    SCRIPT = "s"
    FORM = "f"
    BOLDNESS = "b"
    PAPER = "p"
    LAYOUT = "y"


class Doing(StrEnum):
    """What a button of the guidance does; the words of each stand in doings.py."""

    AUTUMN = "a"
    SEASON = "s"
    RIVER = "r"
    SONG = "o"
    TUNE = "c"
    ANY_TUNE = "w"
    COUPLET = "l"
    ANSWER = "n"
    ACROSTIC = "k"
    BIRTHDAY = "i"
    CONTINUE = "b"
    ASK_HEADS = "h"
    ASK_LINE = "q"
    DAILY = "d"
    FAVOURITES = "f"
    HISTORY = "y"
    SETTINGS = "g"
    GAME = "j"
    EXPORT = "x"
    FORGET = "z"
    ABOUT = "m"


class Section(StrEnum):
    """A part of the help."""

    POEM = "p"
    TUNE = "t"
    COUPLET = "c"
    HEADS = "h"
    KEEP = "k"
    DAILY = "d"
    GROUP = "g"
    SETTINGS = "s"


class UnknownTap(ValueError):
    """Data that no button of ours holds, or holds no longer."""


@dataclass(frozen=True)
class Tap:
    """What a button says; each kind has the `name` its data begins with."""

    name: ClassVar[str]

    def __init_subclass__(cls, *, name: str) -> None:
        if name in _KINDS:
            raise TypeError(f"{name} is {_KINDS[name].__name__} already")
        cls.name = name
        _KINDS[name] = cls


_KINDS: dict[str, type[Tap]] = {}


@dataclass(frozen=True)
class Keep(Tap, name="k"):
    """❤️"""

    poem_id: int


@dataclass(frozen=True)
class Drop(Tap, name="u"):
    """💛: no longer kept"""

    poem_id: int


@dataclass(frozen=True)
class Another(Tap, name="a"):
    """🔄: the same wish, another poem"""

    poem_id: int


@dataclass(frozen=True)
class InForm(Tap, name="f"):
    """The same theme in a form, by its code"""

    poem_id: int
    form: str


@dataclass(frozen=True)
class ShowTunes(Tap, name="t"):
    """The 词牌 the same wish can take, in the place of the poem's buttons"""

    poem_id: int


@dataclass(frozen=True)
class HideTunes(Tap, name="th"):
    """The poem's own buttons again"""

    poem_id: int


@dataclass(frozen=True)
class Look(Tap, name="v"):
    """The message's poem in this script, as verse, with its tones or with pinyin"""

    poem_id: int
    script: Script
    face: Face


@dataclass(frozen=True)
class ShowForms(Tap, name="m"):
    """The forms the same wish can take, in the place of the poem's buttons; then back"""

    poem_id: int
    script: Script
    face: Face


@dataclass(frozen=True)
class ShowTunesOf(Tap, name="n"):
    """The 词牌, from the forms; then back to them"""

    poem_id: int
    script: Script
    face: Face


@dataclass(frozen=True)
class SameLine(Tap, name="l"):
    """✍️: another poem that begins with this one's first line"""

    poem_id: int


@dataclass(frozen=True)
class Reread(Tap, name="x"):
    """A couplet's first line as a theme, or its theme as a first line"""

    poem_id: int


@dataclass(frozen=True)
class Share(Tap, name="s"):
    """↗: ways to pass the poem on, in the place of its buttons; then back"""

    poem_id: int
    script: Script
    face: Face


@dataclass(frozen=True)
class GamePoet(Tap, name="gp"):
    """🖋: the network writes the next line of a 接龙 that has so many"""

    game_id: int
    lines: int


@dataclass(frozen=True)
class GameUndo(Tap, name="gu"):
    """↩️: the last of so many lines is taken back"""

    game_id: int
    lines: int


@dataclass(frozen=True)
class GameEnd(Tap, name="ge"):
    """🏁: the 接龙 is over"""

    game_id: int


@dataclass(frozen=True)
class GameLatest(Tap, name="gl"):
    """⬇️: the 接龙 as it stands"""

    game_id: int


@dataclass(frozen=True)
class FavouritesAt(Tap, name="fp"):
    """A page of somebody's favourites"""

    owner: int
    offset: int


@dataclass(frozen=True)
class OpenFavourite(Tap, name="fo"):
    """A favourite to read again"""

    owner: int
    poem_id: int


@dataclass(frozen=True)
class RemoveFavourite(Tap, name="fr"):
    """A favourite to let go, and the page it stands on"""

    owner: int
    poem_id: int
    offset: int


@dataclass(frozen=True)
class HistoryAt(Tap, name="hp"):
    """A page of what somebody asked for"""

    owner: int
    offset: int


@dataclass(frozen=True)
class OpenFromHistory(Tap, name="ho"):
    """A poem of the history to read again"""

    owner: int
    poem_id: int


class Sorting(StrEnum):
    """What the poems of a list can be chosen by."""

    ALL = "a"
    FORM = "f"
    THEME = "t"
    MONTH = "m"


class Choice(str):
    """A shelf, an order, and what poems are chosen by: a form by its code, a theme by the id of
    a poem that has it, a month, or the words that stand in the message (see selections.py).

    >>> Choice("fn"), Choice("hofqijue"), Choice("fnm202604")
    ('fn', 'hofqijue', 'fnm202604')
    """

    __slots__ = ()
    PATTERN = re.compile(r"[fh][no](f[a-z]{1,20}|t[1-9][0-9]{0,11}|m[0-9]{6}|q)?")

    def __new__(cls, word: str) -> "Choice":
        """UnknownTap for anything else."""
        if not cls.PATTERN.fullmatch(word):
            raise UnknownTap(word)
        return super().__new__(cls, word)


@dataclass(frozen=True)
class AnthologyAt(Tap, name="aa"):
    """A page of somebody's poems, chosen and ordered"""

    owner: int
    choice: Choice
    offset: int


@dataclass(frozen=True)
class AnthologySort(Tap, name="as"):
    """What there is to choose from, in the place of the page"""

    owner: int
    choice: Choice
    by: Sorting


@dataclass(frozen=True)
class AnthologyAny(Tap, name="ag"):
    """🎲: one of the chosen poems"""

    owner: int
    choice: Choice


@dataclass(frozen=True)
class AnthologyRemove(Tap, name="ar"):
    """A favourite to let go, and the page it stands on"""

    owner: int
    choice: Choice
    offset: int
    poem_id: int


@dataclass(frozen=True)
class AnthologyRestore(Tap, name="au"):
    """A favourite to take back, which was kept at a Unix second"""

    owner: int
    choice: Choice
    offset: int
    poem_id: int
    kept_at: int


@dataclass(frozen=True)
class ShowCard(Tap, name="c"):
    """🖼: the poem as a picture, in the script it is looked at in"""

    poem_id: int
    script: Script


@dataclass(frozen=True)
class CardOn(Tap, name="cp"):
    """The same card on another paper"""

    poem_id: int
    script: Script
    paper: PaperName


class Option(str):
    """The code of what can be chosen in a setting.

    >>> Option("steady")
    'steady'
    """

    __slots__ = ()

    def __new__(cls, word: str) -> "Option":
        """UnknownTap for what can be no code."""
        if not re.fullmatch("[a-z]{1,20}", word):
            raise UnknownTap(word)
        return super().__new__(cls, word)


@dataclass(frozen=True)
class Do(Tap, name="w"):
    """As if its words had been written"""

    doing: Doing


@dataclass(frozen=True)
class OnTheme(Tap, name="wt"):
    """A poem on what an English word means"""

    word: Option


@dataclass(frozen=True)
class ShowHelp(Tap, name="h"):
    """The sections of the help"""


@dataclass(frozen=True)
class ShowSection(Tap, name="hs"):
    """One of them"""

    section: Section


@dataclass(frozen=True)
class ShowZones(Tap, name="ez"):
    """The zones that the chat's clock can go by"""


@dataclass(frozen=True)
class AskZone(Tap, name="eq"):
    """Let the zone be written"""


@dataclass(frozen=True)
class ShowSettings(Tap, name="e"):
    """All settings of the chat"""


@dataclass(frozen=True)
class ShowTopic(Tap, name="et"):
    """One setting and what can be chosen there"""

    topic: Topic


@dataclass(frozen=True)
class ChooseOption(Tap, name="ec"):
    """This, from now on"""

    topic: Topic
    option: Option


@dataclass(frozen=True)
class AskExport(Tap, name="ex"):
    """📤 by a list: its poems as a file"""

    owner: int
    shelf: Shelf


@dataclass(frozen=True)
class ExportFrom(Tap, name="ef"):
    """Which of somebody's poems are to be exported"""

    owner: int
    shelf: Shelf


@dataclass(frozen=True)
class ExportAs(Tap, name="ea"):
    """These poems, as a file"""

    owner: int
    shelf: Shelf
    kind: FileKind


@dataclass(frozen=True)
class Retry(Tap, name="r"):
    """The message this answers, once more"""


@dataclass(frozen=True)
class MeantForm(Tap, name="mf"):
    """The message this answers, once more: its near miss is the form that was proposed"""


@dataclass(frozen=True)
class MeantOnly(Tap, name="mv"):
    """The message this answers, once more: of the forms in it only this one, by its code, or this
    one for a form that is none"""

    form: str


@dataclass(frozen=True)
class MeantLess(Tap, name="mc"):
    """The message this answers, once more: with the beginning of its long theme"""


@dataclass(frozen=True)
class MeantHeads(Tap, name="mh"):
    """The message this answers, once more: with so many of its heads, in any form"""

    count: int


@dataclass(frozen=True)
class MeantLine(Tap, name="ml"):
    """The message this answers, once more: with so many characters as the first line"""

    count: int


@dataclass(frozen=True)
class MeantCommand(Tap, name="mm"):
    """The message this answers, once more: with another command"""

    command: Option


@dataclass(frozen=True)
class MeantHour(Tap, name="mo"):
    """The message this answers, once more: with this hour, in minutes, for what was none"""

    minutes: int


@dataclass(frozen=True)
class MeantHere(Tap, name="mw"):
    """The message this answers, once more: without the words that are no place"""


@dataclass(frozen=True)
class MeantTheme(Tap, name="mt"):
    """The message this answers, once more: what looked like a form is a theme"""


@dataclass(frozen=True)
class BroadcastTo(Tap, name="bt"):
    """Whom a broadcast is for"""

    broadcast_id: int
    audience: Audience


@dataclass(frozen=True)
class BroadcastSend(Tap, name="bs"):
    """Send it"""

    broadcast_id: int


@dataclass(frozen=True)
class BroadcastCancel(Tap, name="bc"):
    """Don't, or no more of it"""

    broadcast_id: int


@dataclass(frozen=True)
class ForgetAll(Tap, name="fg"):
    """Delete all that is known of somebody, who was asked at this Unix second"""

    owner: int
    asked_at: int


@dataclass(frozen=True)
class ForgetNothing(Tap, name="fgn"):
    """Leave it after all"""

    owner: int


@dataclass(frozen=True)
class ShowDaily(Tap, name="dp"):
    """A daily poem and what can be changed about it"""

    subscription_id: int


@dataclass(frozen=True)
class ShowAllDaily(Tap, name="dl"):
    """All daily poems of the chat"""


@dataclass(frozen=True)
class ChooseDaily(Tap, name="dc"):
    """What there is to choose from"""

    subscription_id: int
    aspect: Aspect


@dataclass(frozen=True)
class AskDaily(Tap, name="dq"):
    """Let it be written: the answer to the question that comes is the choice"""

    subscription_id: int
    aspect: Aspect


@dataclass(frozen=True)
class SetHour(Tap, name="dh"):
    """Its hour, in minutes since midnight"""

    subscription_id: int
    minutes: int

    def __post_init__(self) -> None:
        if self.minutes >= 24 * 60:
            raise UnknownTap(self.minutes)


@dataclass(frozen=True)
class SetZone(Tap, name="dz"):
    """The zone of its clock"""

    subscription_id: int
    zone: ZoneName


@dataclass(frozen=True)
class SetDays(Tap, name="dd"):
    """Its days of the week, as bits, Monday first; 0 is for the last day that was taken away"""

    subscription_id: int
    week: int

    def __post_init__(self) -> None:
        if self.week > EVERY_DAY:
            raise UnknownTap(self.week)


@dataclass(frozen=True)
class SetTheme(Tap, name="dt"):
    """One of DAILY_THEMES by its number"""

    subscription_id: int
    number: int

    def __post_init__(self) -> None:
        if self.number >= len(DAILY_THEMES):
            raise UnknownTap(self.number)


@dataclass(frozen=True)
class SetNoTheme(Tap, name="dn"):
    """The season chooses"""

    subscription_id: int


@dataclass(frozen=True)
class SetForm(Tap, name="df"):
    """A form by its code"""

    subscription_id: int
    form: str


@dataclass(frozen=True)
class SetOpenForm(Tap, name="do"):
    """A form that is left open"""

    subscription_id: int
    form: OpenForm


@dataclass(frozen=True)
class SetStyle(Tap, name="dm"):
    """A manner, or none"""

    subscription_id: int
    style: Style


@dataclass(frozen=True)
class SetScript(Tap, name="ds"):
    """The script of its poems"""

    subscription_id: int
    script: Script


@dataclass(frozen=True)
class PauseDaily(Tap, name="dw"):
    """Nothing comes for a while"""

    subscription_id: int


@dataclass(frozen=True)
class ResumeDaily(Tap, name="dr"):
    """It goes on"""

    subscription_id: int


@dataclass(frozen=True)
class SkipDay(Tap, name="dk"):
    """Nothing comes on this day, by its ordinal"""

    subscription_id: int
    day: int

    def __post_init__(self) -> None:
        if not 0 < self.day <= date.max.toordinal():
            raise UnknownTap(self.day)


@dataclass(frozen=True)
class UnskipDay(SkipDay, name="du"):
    """It comes on this day after all"""


@dataclass(frozen=True)
class EndDaily(Tap, name="de"):
    """No more of it"""

    subscription_id: int


@dataclass(frozen=True)
class EndAllDaily(Tap, name="dx"):
    """No daily poem any more"""


@dataclass(frozen=True)
class KeepOnlyDaily(Tap, name="dj"):
    """No other daily poem beside it any more"""

    subscription_id: int


@dataclass(frozen=True)
class ReviveDaily(Tap, name="dv"):
    """It was ended, and goes on after all"""

    subscription_id: int


@dataclass(frozen=True)
class BringBackDaily(Tap, name="dy"):
    """What was lost at this Unix second, because the bot was not let in, goes on as it was"""

    lost_at: int

    def __post_init__(self) -> None:
        if self.lost_at > _LAST_SECOND:
            raise UnknownTap(self.lost_at)


@dataclass(frozen=True)
class AddDaily(Tap, name="da"):
    """Hours for another daily poem"""


@dataclass(frozen=True)
class BeginDaily(Tap, name="db"):
    """A daily poem at this hour, in minutes since midnight"""

    minutes: int

    def __post_init__(self) -> None:
        if self.minutes >= 24 * 60:
            raise UnknownTap(self.minutes)


@dataclass(frozen=True)
class AskLocation(Tap, name="dg"):
    """A button that sends where somebody is"""


@dataclass(frozen=True)
class MoveTo(Tap, name="zm"):
    """The chat's clock goes by this zone from now on"""

    zone: ZoneName


@dataclass(frozen=True)
class StayHere(Tap, name="zs"):
    """The chat's clock stays as it is"""


# The actions that serve the message once more which theirs replies to.
SERVING_AGAIN = {
    kind.name
    for kind in (
        Retry,
        MeantForm,
        MeantTheme,
        MeantOnly,
        MeantLess,
        MeantHeads,
        MeantLine,
        MeantCommand,
    )
}


def write_tap(tap: Tap) -> str:
    """The callback data of a button, at most 64 bytes.

    >>> write_tap(InForm(12, "qijue"))
    'f:12:qijue'
    """
    return ":".join([tap.name, *map(str, astuple(tap))])


def read_tap(data: str) -> Tap:
    """What a button meant; UnknownTap for anything else.

    >>> read_tap("k:12")
    Keep(poem_id=12)
    """
    name, *words = data.split(":")
    kind = _KINDS.get(name)
    if kind is None or len(words) != len(fields(kind)):
        raise UnknownTap(data)
    values = [_value(field.type, word) for field, word in zip(fields(kind), words, strict=True)]
    make: Callable[..., Tap] = kind
    return make(*values)


def _value(wanted: object, word: str) -> int | str:
    """The number, the code of a form or one of the few words that a field wants."""
    if wanted is int and _NUMBER.fullmatch(word):
        return int(word)
    if wanted is str and word in FORM_CODES:
        return word
    if wanted is ZoneName and _ZONE_NAME.fullmatch(word):
        return word
    if isinstance(wanted, type) and issubclass(wanted, StrEnum) and word in set(wanted):
        return wanted(word)
    if wanted is Choice:
        return Choice(word)
    if wanted is Option:
        return Option(word)
    raise UnknownTap(word)
