"""Inline mode: somebody types in another chat, and a few poems are there within a second.

What is typed is read as /poem reads it; `#` and a token is a poem that somebody shares; nothing
is the season's themes and what the person kept last. As many poems are written as fit the time;
the first one is waited for. What was offered a moment ago for the same words is offered again,
so that a letter taken back costs nothing; a query counts for the limits once it has a poem written,
however many. It knows neither Telegram nor how a poem looks.
"""

import asyncio
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from bot.cards import DEFAULT_PAPER
from bot.errors import PoemNotFound, TooBusy, TooSoon
from bot.services.asking import (
    NearMiss,
    NotUnderstood,
    SeveralForms,
    Wish,
    in_one_form,
    read_poem,
    reworded,
)
from bot.services.deep_links import is_token, wish_payload
from bot.services.inline_cards import InlineCards
from bot.services.poems import Ask, PoemService
from bot.services.scripts import in_script
from bot.services.translations import in_chinese
from bot.storage import Store, StoredPoem
from poetry_model import NoCharacterFits
from poetry_model.imagery import names_something

BUDGET = 0.75  # seconds after which no further poem is begun or waited for
FIRST = 7.0  # seconds the first one may take when many wait; then Telegram lets the query go
SEVERAL = 4  # poems for one query
REMEMBERED = 60.0  # seconds
KEPT = 5  # favourites that are offered to who has typed nothing yet
_MOST_REMEMBERED = 500
_FORMS = ("七绝", "五绝", "七言联", "如梦令")
WRITTEN, FAVOURITE, SHARED = "written", "kept", "shared"


@dataclass(frozen=True)
class Offer:
    """A poem that can be sent, with the token that opens it for those who get it."""

    kind: str  # WRITTEN, FAVOURITE or SHARED
    poem: StoredPoem
    token: str
    picture: str | None = None  # Telegram's file_id of its card


@dataclass(frozen=True)
class Asker:
    """Who types, and what they chose: script, paper, the form they like best, boldness."""

    user_id: int
    script: str
    paper: str = DEFAULT_PAPER
    form: str | None = None
    boldness: str | None = None


def inline_wishes(text: str, liked: str | None = None) -> tuple[Wish, ...]:
    """What to write for what was typed: different forms of a theme, the one that is `liked`
    first, or the form it names several times. Raises NotUnderstood.

    >>> [wish.form for wish in inline_wishes("月")]
    ['七绝', '五绝', '七言联', '如梦令']
    >>> [wish.form for wish in inline_wishes("五律 月")]
    ['五律', '五律', '五律', '五律']
    """
    wish = _meant(text)
    if wish.form is not None or wish.heads is not None:
        return (wish,) * SEVERAL
    forms = dict.fromkeys([liked, *_FORMS] if liked else _FORMS)
    return tuple(replace(wish, form=form) for form in list(forms)[:SEVERAL])


def _meant(text: str) -> Wish:
    """Who is still typing cannot be asked: a near miss is the form it looks like, or a theme; an
    English word is what it is called in verse, where the poet knows nothing of it."""
    if not any(map(names_something, text.split())):
        text = in_chinese(text)
    try:
        return read_poem(text)
    except NearMiss as error:
        return read_poem(reworded(text, as_theme=not error.suggestion))
    except SeveralForms as error:
        return read_poem(in_one_form(text, error.forms[0]))


def wish_of(poem: StoredPoem) -> str | None:
    """What asks for another poem like this one, as the payload of a link; None where a link
    can't say it."""
    if not poem.theme or poem.heads or poem.first_line:
        return None
    for text in (f"{poem.form} {poem.theme}", f"{poem.form} “{poem.theme}”", poem.theme):
        with suppress(NotUnderstood):
            read = read_poem(text)
            if (read.theme, read.form or poem.form, read.dynasty) == (poem.theme, poem.form, None):
                payload = wish_payload(text)
                if payload is not None:
                    return payload
    return None


class InlinePoems:
    """Offers poems for what is typed."""

    def __init__(
        self,
        poems: PoemService,
        store: Store,
        cards: InlineCards,
        *,
        budget: float = BUDGET,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._poems = poems
        self._store = store
        self._cards = cards
        self._budget = budget
        self._now = now
        self._recent: dict[tuple[Asker, str], tuple[float, list[Offer]]] = {}

    async def offers(self, asker: Asker, text: str, is_wanted: Callable[[], bool]) -> list[Offer]:
        """The poems to choose from in the asker's script, as many as are ready in time; none
        where the person has typed on meanwhile. Raises NotUnderstood, BadRequest,
        NoCharacterFits, TooBusy, TooSoon and PoemNotFound."""
        text, until = " ".join(text.split()), self._now() + self._budget
        if text.startswith("#"):
            return await self._pictured(asker, [await self._shared(asker, text[1:])], until)
        known = self._remembered(asker, text)
        wishes = inline_wishes(text, asker.form)[len(known) :]
        failure = await self._write(asker, wishes, known, until, is_wanted)
        self._remember(asker, text, known)
        offers = known if text else [*known, *await self._kept(asker)]
        if not offers and failure is not None:
            raise failure
        return await self._pictured(asker, offers, until)

    async def chosen(self, kind: str, poem_id: int, user_id: int) -> None:
        """Somebody sent this poem."""
        await self._poems.chosen_inline(kind, poem_id, user_id)

    async def _shared(self, asker: Asker, token: str) -> Offer:
        poem = await self._store.sharing.find(token) if is_token(token) else None
        if poem is None:
            raise PoemNotFound(0)
        return Offer(SHARED, in_script(poem, asker.script), token)

    async def _write(
        self,
        asker: Asker,
        wishes: Sequence[Wish],
        found: list[Offer],
        until: float,
        is_wanted: Callable[[], bool],
    ) -> Exception | None:
        """Writes into `found` while there is time; what went wrong, which is no matter where
        anything can be offered."""
        failure: Exception | None = None
        for number, wish in enumerate(wishes):
            left = until - self._now() if found else FIRST
            if left <= 0 or not is_wanted():
                break
            try:
                async with asyncio.timeout(left):
                    found.append(await self._one(asker, wish, counts=number == 0))
            except NoCharacterFits as error:
                failure = error
            except TimeoutError:
                failure = TooBusy(0)
                break
            except (TooBusy, TooSoon) as error:
                failure = error
                break
        return failure

    async def _one(self, asker: Asker, wish: Wish, *, counts: bool) -> Offer:
        ask = Ask(
            *("inline", None, asker.user_id, asker.script),
            boldness=asker.boldness,
            counts=counts,
        )
        poem = await self._poems.write(replace(ask.wanting(wish), kind="inline"))
        return await self._offer(WRITTEN, poem)

    async def _pictured(self, asker: Asker, offers: list[Offer], until: float) -> list[Offer]:
        """The offers with the cards that are ready in what is left of the time."""
        for offer in offers:
            self._cards.begin(offer.poem, asker.paper)
        await self._cards.wait(until - self._now())
        ready = self._cards.ready
        return [replace(offer, picture=await ready(offer.poem, asker.paper)) for offer in offers]

    async def _kept(self, asker: Asker) -> list[Offer]:
        page = await self._store.favourites.page(asker.user_id, offset=0, limit=KEPT)
        kept = [in_script(poem, asker.script) for poem in page.items]
        return [await self._offer(FAVOURITE, poem) for poem in kept]

    async def _offer(self, kind: str, poem: StoredPoem) -> Offer:
        return Offer(kind, poem, await self._poems.share_token(poem))

    def _remembered(self, asker: Asker, text: str) -> list[Offer]:
        since, offers = self._recent.get((asker, text), (0.0, []))
        return list(offers) if offers and self._now() - since < REMEMBERED else []

    def _remember(self, asker: Asker, text: str, offers: list[Offer]) -> None:
        self._recent.pop((asker, text), None)
        self._recent[asker, text] = (self._now(), list(offers))
        while len(self._recent) > _MOST_REMEMBERED:
            del self._recent[next(iter(self._recent))]
