"""接龙: people write a poem line by line, and the bot keeps form, tone and rhyme.

A line is judged, then committed, then spoken of. A line of the network counts as a poem for the
limits of who asks for it. Whoever plays alone has the network for a partner; in company nobody
writes two lines in a row. A game that nobody touches for a day is over. It knows neither Telegram
nor how a game is shown.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.errors import BotError
from bot.services.asking import ANY_TUNE, NotUnderstood, Wish
from bot.services.fairness import Fairness
from bot.services.poems import LOVED_TUNES, Clock, fresh_seed
from bot.services.poet_thread import PoetThread
from bot.storage import Game, NewGame, NewPoem, NewRequest, Store, StoredPoem
from poetry_model import NoCharacterFits, PoemRequest, as_read, is_han, to_script
from poetry_model.beginnings import NextLine, can_be_begun, line_report, next_line, rules_for
from poetry_model.prosody import Fault, check_poem
from poetry_model.requests import checked_theme, punctuate
from poetry_model.script import to_simplified

IDLE = timedelta(days=1)  # untouched for so long, a game is over; as old, anybody may end it
FRESH = timedelta(minutes=30)  # in a private chat a bare line is meant for a game this young
NETWORK = "bot"  # in the place of an author
USUAL_FORM = "七绝"
_TRIES = 3  # lines of the network
_LONGEST_NAME = 20
_TALK = 6  # characters more than the line has: then it is talk, and no line
_MARKS = re.compile(r"[\s，。、；：！？…,.;:!?“”\"'「」『』（）()~～—-]+")


class GameOver(BotError):
    """The game that was meant is over, or another one."""

    def __init__(self, game_id: int) -> None:
        super().__init__(f"game {game_id} is over")
        self.game_id = game_id


class Overtaken(BotError):
    """Somebody else's line, or a line taken back, came first; `game` is how it stands."""

    def __init__(self, game: Game) -> None:
        super().__init__(f"game {game.id} has moved on")
        self.game = game


class NotYourTurn(BotError):
    """Nobody writes twice in a row; `who` is the person, or the network."""

    def __init__(self, game_id: int, who: str) -> None:
        super().__init__(f"game {game_id}: not the turn of {who}")
        self.game_id = game_id
        self.who = who


class LineRefused(BotError):
    """The line does not fit; `faults` say where, `due` what would."""

    def __init__(self, line: str, faults: tuple[Fault, ...], due: NextLine) -> None:
        super().__init__(f"{len(faults)} faults")
        self.line = line
        self.faults = faults
        self.due = due


class NotAllowed(BotError):
    """Only who wrote or began it, or an administrator, may do this."""


@dataclass(frozen=True)
class Player:
    """A person, or all who write in the name of a chat, as the game shows them."""

    user_id: int
    name: str

    @property
    def author(self) -> str:
        """What a game keeps of them."""
        name = " ".join(self.name.split())[:_LONGEST_NAME]
        return f"{self.user_id} {name}".strip()


def author_id(author: str) -> int:
    """Their id, below zero in the name of a chat; 0 for the network and for who is forgotten.

    >>> author_id("10001 小月"), author_id("-20001 诗社"), author_id("bot"), author_id("0")
    (10001, -20001, 0, 0)
    """
    number = author.partition(" ")[0]
    return 0 if number == NETWORK else int(number)


def author_name(author: str) -> str:
    """The name a game shows; "" where none is known."""
    return author.partition(" ")[2]


def is_full(game: Game) -> bool:
    """Whether every line stands."""
    return len(game.lines) == len(rules_for(game.form).lengths)


def due_line(game: Game) -> NextLine:
    """What the next line must be."""
    return next_line(rules_for(game.form), game.lines)


def proposed_line(text: str, due: NextLine) -> str | None:
    """The line in what somebody wrote; None where it is talk.

    Marks and emoji do not count; words in letters make it a line that is refused.
    """
    bare = _MARKS.sub("", text)
    letters = "".join(character for character in bare if character.isalnum())
    if not any(map(is_han, letters)) or len(letters) > due.length + _TALK:
        return None
    return letters


def stands_already(game: Game, user_id: int, text: str) -> bool:
    """Whether this person's line was taken before: a message may be served again after the
    process died, and people send a line twice. A refrain is said again on purpose."""
    if game.ended_reason not in (None, "finished"):
        return False
    line = to_simplified("".join(filter(is_han, text)))
    if not is_full(game) and to_simplified(due_line(game).again) == line:
        return False
    pairs = zip(game.lines, game.authors, strict=True)
    return any(to_simplified(own) == line and author_id(by) == user_id for own, by in pairs)


def lines_in(text: str) -> int:
    """How many phrases somebody wrote."""
    return len([part for part in _MARKS.split(text) if any(map(is_han, part))])


def game_form(wish: Wish, usual: str | None, choice: int) -> str:
    """The form of a game. Raises NotUnderstood for one whose lines can't be judged alone."""
    if wish.form == ANY_TUNE:
        return LOVED_TUNES[choice % len(LOVED_TUNES)]
    form = wish.form or (usual if usual and can_be_begun(usual) else USUAL_FORM)
    if wish.first_line is not None or not can_be_begun(form):
        raise NotUnderstood("jielong_form", form)
    return form


class Jielong:
    """Keeps the games."""

    def __init__(
        self,
        store: Store,
        poet: PoetThread,
        *,
        clock: Clock,
        choose_seed: Callable[[], int] = fresh_seed,
        fairness: Fairness | None = None,
    ) -> None:
        self._fairness = fairness
        self._store = store
        self._games = store.jielong
        self._poet = poet
        self._clock = clock
        self._choose_seed = choose_seed

    async def begin(self, new: NewGame) -> tuple[Game, bool]:
        """A new game, and True; or the one that is open there already, and False."""
        checked_theme(new.theme)
        new = replace(new, theme=as_read(new.theme, new.script))
        now = self._clock()
        return await self._games.begin(new, idle_since=now - IDLE, now=now)

    async def open_in(self, chat_id: int, thread_id: int | None) -> Game | None:
        """The game that is played there now."""
        game = await self._games.open_in(chat_id, thread_id)
        return game if game and not self._is_idle(game) else None

    async def meant_in(self, chat_id: int, thread_id: int | None, text: str) -> Game | None:
        """The game that a bare line in a private chat is meant for: one just played, whose next
        line is as long."""
        game = await self.open_in(chat_id, thread_id)
        if game is None or self._clock() - game.updated_at > FRESH:
            return None
        line = proposed_line(text, due_line(game))
        fits = line and len(line) == due_line(game).length and all(map(is_han, line))
        return game if fits else None

    async def find(self, game_id: int, chat_id: int) -> Game:
        """The open game of a button. Raises GameOver."""
        game = await self._games.get(game_id, chat_id=chat_id)
        if game is None or game.ended_at is not None:
            raise GameOver(game_id)
        if self._is_idle(game):
            await self._games.end(game.id, "idle", now=self._clock())
            raise GameOver(game_id)
        return game

    def _is_idle(self, game: Game) -> bool:
        return self._clock() - game.updated_at > IDLE

    async def add(self, game: Game, player: Player, line: str) -> Game:
        """Takes a person's line. Raises NotYourTurn, LineRefused, Overtaken and GameOver."""
        if self._played_last(game, player.user_id):
            raise NotYourTurn(game.id, "person")
        line = as_read(line, game.script)
        faults = line_report(rules_for(game.form), game.lines, line)
        if faults:
            raise LineRefused(line, faults, due_line(game))
        return await self._take(game, line, player.author)

    @staticmethod
    def _played_last(game: Game, user_id: int) -> bool:
        """Whether they wrote the last line, and others play too."""
        others = {author_id(each) for each in game.authors if each != NETWORK} - {user_id}
        return bool(others) and author_id(game.authors[-1]) == user_id

    async def add_from_poet(self, game: Game, user_id: int) -> Game:
        """Lets the network write the next line, for who asked for it. Raises NotYourTurn,
        NoCharacterFits, TooBusy, TooSoon, Overtaken and GameOver."""
        if game.authors and game.authors[-1] == NETWORK:
            raise NotYourTurn(game.id, NETWORK)
        self._poet.check_room()
        if self._fairness is not None:
            await self._fairness.admit(user_id, game.chat_id)
        return await self._take(game, await self._line_of_poet(game), NETWORK)

    async def _line_of_poet(self, game: Game) -> str:
        """The next line of a poem that the network finishes from here."""
        form, number = rules_for(game.form), len(game.lines)
        for _ in range(_TRIES):
            poem = await self._poet.write(
                PoemRequest(
                    form=game.form,
                    theme=game.theme,
                    script=game.script,
                    seed=self._choose_seed(),
                    given_lines=game.lines,
                )
            )
            line = poem.lines[number]
            if not line_report(form, game.lines, line):
                return line
        raise NoCharacterFits(game.form, number + 1, form.lengths[number])

    async def _take(self, game: Game, line: str, author: str) -> Game:
        lines, authors, now = (*game.lines, line), (*game.authors, author), self._clock()
        if len(lines) == len(rules_for(game.form).lengths):
            poem = await self._finished(replace(game, lines=lines, authors=authors))
            taken = await self._games.finish(game, authors, poem, _asked(game), now=now)
        else:
            taken = await self._games.set_lines(game, lines, authors, now=now)
        return taken or await self._overtaken(game)

    async def _finished(self, game: Game) -> NewPoem:
        form = rules_for(game.form)
        rhyme = check_poem(game.form, game.lines).rhyme or ""
        people = [n for n, author in enumerate(game.authors, 1) if author != NETWORK]
        return NewPoem(
            form=game.form,
            theme=game.theme,
            heads=None,
            first_line=None,
            lines=game.lines,
            text=punctuate(game.lines, form.marks),
            script=game.script,
            rhyme=to_script(rhyme, game.script),
            seed=game.seed,
            model=await self._poet.name(),
            title=game.theme or None,
            people_lines=tuple(map(str, people)),
        )

    async def _overtaken(self, game: Game) -> Game:
        """Raises what happened meanwhile."""
        raise Overtaken(await self.find(game.id, game.chat_id))

    async def take_back(self, game: Game, user_id: int, *, may_change: bool, alone: bool) -> Game:
        """Takes the last line back: its author may, who plays on the network's, and an
        administrator. Who plays alone gets back to their own line. Raises NotAllowed, Overtaken
        and GameOver."""
        last = game.authors[-1]
        own = author_id(last) == user_id
        plays = last == NETWORK and user_id in {game.user_id, *map(author_id, game.authors)}
        if not (own or plays or may_change):
            raise NotAllowed
        count = len(game.lines) - 1
        if alone and last == NETWORK and count:
            count -= 1
        taken = await self._games.set_lines(
            game, game.lines[:count], game.authors[:count], now=self._clock()
        )
        return taken or await self._overtaken(game)

    async def end(self, game: Game, user_id: int, *, may_change: bool) -> None:
        """Ends a game unfinished: who began it may, an administrator, and after a day anybody.
        Raises NotAllowed and GameOver."""
        old = self._clock() - game.created_at > IDLE
        if not (user_id == game.user_id or may_change or old):
            raise NotAllowed
        if not await self._games.end(game.id, "ended", now=self._clock()):
            raise GameOver(game.id)

    async def poem(self, game: Game) -> StoredPoem | None:
        """The poem that came of it."""
        return await self._store.poems.get(game.poem_id) if game.poem_id else None


def _asked(game: Game) -> NewRequest:
    return NewRequest(
        game.chat_id, game.user_id, "jielong", game.form, game.theme, None, None, None
    )
