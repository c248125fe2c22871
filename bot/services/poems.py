"""Writing a poem for somebody: seed, poet, store.

A poem is stored before anyone sees it. This module knows neither Telegram nor SQL, and not how
a poem is made.
"""

import secrets
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.errors import BotError, NothingNew, PoemNotFound, TooBusy
from bot.metrics import Metrics
from bot.services.asking import ANY_TUNE, Wish, is_line
from bot.services.deep_links import fresh_token
from bot.services.fairness import Fairness
from bot.services.form_names import couplet_form, is_couplet
from bot.services.poet_thread import PoetThread
from bot.services.scripts import in_script
from bot.services.seasons import theme_for
from bot.storage import NewPoem, NewRequest, Store, StoredPoem, Subscription
from poetry_model import FORMS, BadRequest, Poem, PoemRequest, PoetryModelError, as_read, find_form
from poetry_model.requests import check_request
from poetry_model.verse_forms import verse_form

Clock = Callable[[], datetime]
Notice = Callable[[int], Awaitable[None]]  # is told how many poems are ahead
Failure = PoetryModelError | BotError
SEEDS = 2**31
_TRIES = 4  # for words that a chat has not seen
_ANOTHER_SEED = 0x9E3779B1  # far away: seeds beside each other are other subscriptions'
# Who asks for some 词 gets one of these, the best loved of the short ones.
LOVED_TUNES = (
    "浣溪沙",
    "菩萨蛮",
    "如梦令",
    "忆江南",
    "卜算子",
    "蝶恋花",
    "鹧鸪天",
    "西江月",
    "清平乐",
    "采桑子",
    "浪淘沙",
    "虞美人",
)


@dataclass(frozen=True)
class Ask:
    """Who wants which poem, and where. An empty theme leaves the choice to the season."""

    kind: str  # "poem" | "acrostic" | "continue" | "daily" | "inline"; a couplet is none of its own
    chat_id: int | None  # None: asked inline, in a chat that is not ours to know
    user_id: int | None
    script: str
    form: str | None = None
    theme: str = ""
    heads: str | None = None
    first_line: str | None = None
    dynasty: str | None = None  # the manner; None leaves it to the poet
    register: str | None = None
    boldness: str | None = None
    usual_form: str | None = None  # for who names none, where it fits what they named
    counts: bool = True  # for the limits; False: it belongs to what was let in already

    def wanting(self, wish: Wish) -> "Ask":
        """The same person asking for what they wrote; a poem in one script has no heads in the
        other, nor begins with such a line."""
        line = wish.first_line and as_read(wish.first_line, self.script)
        heads = wish.heads and as_read(wish.heads, self.script)
        read = replace(wish, first_line=line, heads=heads)
        wanted = replace(self, kind=_kind(heads, line), **vars(read))
        if wish.form is None and self.usual_form and _takes(self.usual_form, wish):
            return replace(wanted, form=self.usual_form)
        return wanted

    def like(self, poem: StoredPoem) -> "Ask":
        """The same person asking for another poem on what `poem` was asked for, in the script
        that they read."""
        poem = in_script(poem, self.script)
        return replace(
            self,
            kind=_kind(poem.heads, poem.first_line),
            form=self.form or find_form(poem.form),  # none for an acrostic of, say, three lines
            theme=poem.theme,
            heads=poem.heads,
            first_line=poem.first_line,
            dynasty=poem.dynasty,
            register=poem.register,
            boldness=poem.boldness,
        )

    def beginning_like(self, poem: StoredPoem) -> "Ask":
        """The same person asking for another poem with the first line of `poem`."""
        first_line = in_script(poem, self.script).lines[0]
        return replace(self.like(poem), kind="continue", first_line=first_line)

    def reread(self, poem: StoredPoem) -> "Ask":
        """The same person asking for `poem`, a couplet, with its line read as a theme, or its
        theme as a line."""
        alike = self.like(poem)
        text = alike.first_line or alike.theme
        line = None if alike.first_line else text
        return replace(
            alike,
            kind=_kind(None, line),
            form=couplet_form(len(text)),
            theme="" if line else text,
            first_line=line,
        )


def _takes(form: str, wish: Wish) -> bool:
    """Whether heads and first line, if any, fit the form; 词 are written on themes."""
    if wish.heads is None and wish.first_line is None:
        return True
    if form not in FORMS:
        return False
    verse = verse_form(form)
    heads, line = len(wish.heads or ""), len(wish.first_line or "")
    return heads in (0, verse.line_count) and line in (0, verse.line_length)


@dataclass(frozen=True)
class DueWish:
    """A subscription's wish for one day; the seed makes every day's poem another one."""

    subscription: Subscription
    local_date: date
    seed: int


def _kind(heads: str | None, first_line: str | None) -> str:
    return "acrostic" if heads else "continue" if first_line else "poem"


def can_be_reread(poem: StoredPoem) -> bool:
    """Whether what a couplet was asked with may be a theme as well as a first line."""
    return is_couplet(poem.form) and is_line(poem.first_line or poem.theme)


def fresh_seed() -> int:
    """A seed nobody can foresee."""
    return secrets.randbelow(SEEDS)


async def unnoticed(_: int) -> None:
    """For those who need not know how many poems are ahead."""


class PoemService:
    """Writes what is asked for and stores it."""

    def __init__(
        self,
        poet: PoetThread,
        store: Store,
        *,
        clock: Clock,
        default_zone: str,
        metrics: Metrics,
        choose_seed: Callable[[], int] = fresh_seed,
        fairness: Fairness | None = None,
    ) -> None:
        self._poet = poet
        self._fairness = fairness
        self._store = store
        self._clock = clock
        self._zone = default_zone
        self._metrics = metrics
        self._choose_seed = choose_seed

    async def model(self) -> str:
        """The name of the weights at work."""
        return await self._poet.name()

    async def find(self, poem_id: int, *, chat_id: int, user_id: int) -> StoredPoem:
        """A poem written in this chat, or one this user asked for or kept.

        PoemNotFound when it is not there, or is somebody else's.
        """
        poem = await self._store.poems.get_seen_by(poem_id, chat_id=chat_id, user_id=user_id)
        if poem is None:
            raise PoemNotFound(poem_id)
        return poem

    async def share_token(self, poem: StoredPoem) -> str:
        """What opens this poem for whoever is given it; made when it is first asked for."""
        return await self._store.sharing.token(poem.id, fresh_token())

    async def open_shared(self, token: str, *, chat_id: int, user_id: int) -> StoredPoem:
        """The poem of a token; its buttons work from now on for who opened it, and there.

        PoemNotFound where there is no such poem, or no longer.
        """
        poem = await self._store.sharing.find(token)
        if poem is None:
            raise PoemNotFound(0)
        await self._store.sharing.open(poem, chat_id=chat_id, user_id=user_id, now=self._clock())
        return poem

    async def chosen_inline(self, kind: str, poem_id: int, user_id: int) -> None:
        """A poem that was offered inline was sent: a new one, a favourite or a shared one."""
        self._metrics.chosen_inline(kind)
        await self._store.poems.chosen_inline(poem_id, user_id, now=self._clock())

    async def write(self, ask: Ask, notice: Notice = unnoticed) -> StoredPoem:
        """A new poem, stored. Raises BadRequest, TooBusy, TooSoon and NoCharacterFits, in this
        order: what cannot be written counts for nobody."""
        seed, started = self._choose_seed(), time.perf_counter()
        today = self._clock().astimezone(ZoneInfo(self._zone)).date()
        request = self._request(ask, seed, today)
        try:
            check_request(request)
            await self._let_in(ask)
            await notice(self._poet.ahead)
            poem = await self._poet.write(request)
        except (PoetryModelError, TooBusy) as error:
            await self._note_failure(ask, error)
            raise
        stored = await self._store.poems.add(
            _to_store(poem, ask), _asked(ask, poem.ms), now=self._clock()
        )
        self._metrics.poem_written(ask.kind, poem.form, time.perf_counter() - started)
        return stored

    async def _let_in(self, ask: Ask) -> None:
        self._poet.check_room()
        if self._fairness is not None and ask.counts:
            await self._fairness.admit(ask.user_id, ask.chat_id)

    async def another(self, poem_id: int, ask: Ask, notice: Notice = unnoticed) -> StoredPoem:
        """A new poem on what an earlier one was asked for, in the form of `ask` if it has one."""
        earlier = await self.find(poem_id, chat_id=ask.chat_id or 0, user_id=ask.user_id or 0)
        return await self.write(ask.like(earlier), notice)

    async def same_line(self, poem_id: int, ask: Ask, notice: Notice = unnoticed) -> StoredPoem:
        """A new poem in the same form that begins with the same line."""
        earlier = await self.find(poem_id, chat_id=ask.chat_id or 0, user_id=ask.user_id or 0)
        if earlier.heads:
            raise PoemNotFound(poem_id)
        return await self.write(ask.beginning_like(earlier), notice)

    async def reread(self, poem_id: int, ask: Ask, notice: Notice = unnoticed) -> StoredPoem:
        """A new couplet, with what the earlier one was asked with read the other way."""
        earlier = await self.find(poem_id, chat_id=ask.chat_id or 0, user_id=ask.user_id or 0)
        if not can_be_reread(earlier):
            raise PoemNotFound(poem_id)
        return await self.write(ask.reread(earlier), notice)

    async def write_daily(self, wishes: Sequence[DueWish]) -> tuple[NewPoem | Failure, ...]:
        """A poem for each wish, or why there is none. They are not stored yet.

        None has the words of a poem that its chat has seen: another seed writes another one.
        """
        poems = [await self._draft(wish, wish.seed) for wish in wishes]
        for attempt in range(1, _TRIES):
            for index in await self._seen(wishes, poems):
                other = (wishes[index].seed + attempt * _ANOTHER_SEED) % SEEDS
                poems[index] = await self._draft(wishes[index], other)
        for index in await self._seen(wishes, poems):
            poems[index] = NothingNew(wishes[index].subscription.id)
        return tuple(poems)

    async def _draft(self, wish: DueWish, seed: int) -> NewPoem | Failure:
        ask, started = _ask_of(wish.subscription), time.perf_counter()
        try:
            poem = await self._poet.write(self._request(ask, seed % SEEDS, wish.local_date))
        except (PoetryModelError, TooBusy) as error:
            await self._note_failure(ask, error)
            return error
        self._metrics.poem_written(ask.kind, poem.form, time.perf_counter() - started)
        return _to_store(poem, ask)

    async def _seen(
        self, wishes: Sequence[DueWish], poems: Sequence[NewPoem | Failure]
    ) -> list[int]:
        """Which of the poems their chat has seen, or gets by another of the wishes."""
        texts = {
            index: (wish.subscription.chat_id, poem.text)
            for index, (wish, poem) in enumerate(zip(wishes, poems, strict=True))
            if isinstance(poem, NewPoem)
        }
        seen = await self._store.deliveries.repeats(list(texts.values())) if texts else set()
        first = {text: index for index, text in reversed(texts.items())}
        return [index for index, text in texts.items() if text in seen or first[text] != index]

    def _request(self, ask: Ask, seed: int, today: date) -> PoemRequest:
        free = not (ask.theme or ask.heads or ask.first_line)
        return PoemRequest(
            form=LOVED_TUNES[seed % len(LOVED_TUNES)] if ask.form == ANY_TUNE else ask.form,
            theme=theme_for(today, seed) if free else ask.theme,
            heads=ask.heads,
            first_line=ask.first_line,
            script=ask.script,
            seed=seed,
            dynasty=ask.dynasty,
            register=ask.register,
            boldness=ask.boldness or "even",
        )

    async def _note_failure(self, ask: Ask, error: Exception) -> None:
        """Keeps what the poet could not do; what users mistyped is theirs and not kept."""
        if isinstance(error, BadRequest):
            return
        self._metrics.failed(type(error).__name__)
        await self._store.poems.record_failure(
            _asked(ask, None), type(error).__name__, now=self._clock()
        )


def _ask_of(subscription: Subscription) -> Ask:
    return Ask(
        "daily",
        subscription.chat_id,
        subscription.user_id,
        subscription.script or "simplified",
        form=subscription.form,
        theme=subscription.theme,
        dynasty=subscription.dynasty,
    )


def _asked(ask: Ask, ms: float | None) -> NewRequest:
    return NewRequest(
        chat_id=ask.chat_id,
        user_id=ask.user_id,
        kind=ask.kind,
        form=ask.form,
        theme=ask.theme,
        heads=ask.heads,
        first_line=ask.first_line,
        ms=ms,
        dynasty=ask.dynasty,
        register=ask.register,
        boldness=ask.boldness,
    )


def _to_store(poem: Poem, ask: Ask) -> NewPoem:
    return NewPoem(
        form=poem.form,
        theme=as_read(poem.theme, poem.script),  # which is told beside the verses
        heads=poem.heads,
        first_line=poem.first_line,
        lines=poem.lines,
        text=poem.text,
        script=poem.script,
        rhyme=poem.rhyme,
        seed=poem.seed,
        model=poem.model,
        title=poem.title or None,
        theme_reading=poem.theme_reading,
        theme_taken=poem.theme_taken or None,
        dynasty=ask.dynasty,
        register=ask.register,
        boldness=ask.boldness,
    )
