"""/jielong: a poem that people write together, line by line, by answering the game's message.

In groups the bot sees only what answers it, so the game is played in answers. In a private chat
the network is the partner, and a bare line is enough.
"""

from contextlib import suppress

from telegram import Message
from telegram.error import BadRequest as TelegramRefused

from bot.errors import TooBusy, TooSoon
from bot.handlers.admins import may_change_chat
from bot.handlers.jielong_message import (
    ended_html,
    finished_html,
    game_keyboard,
    game_of,
    latest_keyboard,
    refusal,
    state_html,
)
from bot.handlers.keyboards import poem_keyboard
from bot.handlers.sentences import sentence
from bot.handlers.taps import GameEnd, GameLatest, GamePoet, GameUndo
from bot.handlers.visit import Visit
from bot.locales import Say, known_language, speak
from bot.services.asking import read_poem
from bot.services.jielong import (
    NETWORK,
    GameOver,
    LineRefused,
    NotAllowed,
    NotYourTurn,
    Overtaken,
    Player,
    due_line,
    game_form,
    lines_in,
    proposed_line,
    stands_already,
)
from bot.services.poems import fresh_seed
from bot.storage import Game, NewGame
from poetry_model import NoCharacterFits


async def jielong(visit: Visit) -> None:
    """`/jielong 五绝 月`: begins a game, or shows the one that is open."""
    wish, seed = read_poem(visit.words), fresh_seed()
    new = NewGame(
        chat_id=visit.chat_id,
        thread_id=visit.thread_id,
        user_id=visit.user_id,
        form=game_form(wish, visit.chat.default_form, seed),
        theme=wish.theme,
        script=visit.script,
        language=visit.say.language,
        seed=seed,
    )
    game, is_new = await visit.parts.jielong.begin(new)
    if not is_new and visit.words:
        await visit.answer(visit.say("jielong-open-already"))
    await _post(visit, game)


async def plays(visit: Visit) -> bool:
    """Takes a message for a line where it is one: an answer to a game, or in a private chat a
    bare line that the game waits for. False where it has nothing to do with a game."""
    game = await _answered_game(visit)
    if game is None and visit.private and isinstance(visit.message, Message):
        text = visit.message.text or ""
        game = await visit.parts.jielong.meant_in(visit.chat_id, visit.thread_id, text)
    if game is None:
        return False
    await _play(visit, game)
    return True


async def _answered_game(visit: Visit) -> Game | None:
    """The game that the answered message shows, now or before."""
    message = visit.update.message
    answered = message.reply_to_message if message is not None else None
    if answered is None or answered.from_user is None or answered.from_user.id != visit.bot.id:
        return None
    games = visit.parts.store.jielong
    number = game_of(answered.reply_markup)
    if number is not None:
        return await games.get(number, chat_id=visit.chat_id)
    return await games.shown_as(visit.chat_id, answered.message_id)


async def _play(visit: Visit, game: Game) -> None:
    """Judges what was written; what is not meant for a line is let be."""
    text = (visit.message.text if visit.message else None) or ""
    if stands_already(game, visit.user_id, text):
        await _go_on(visit, game, game)
        return
    try:
        game = await visit.parts.jielong.find(game.id, visit.chat_id)
        line = proposed_line(text, due_line(game))
        if line is None:
            return
        if lines_in(text) > 1:
            await visit.answer(visit.say("jielong-one-line"), as_reply=True)
            return
        taken = await visit.parts.jielong.add(game, _player(visit), line)
    except LineRefused as error:
        await visit.answer(refusal(error, visit.say, game.script), html=True, as_reply=True)
    except (NotYourTurn, Overtaken, GameOver) as error:
        await _explain(visit, error)
    else:
        await _go_on(visit, game, taken)


async def _go_on(visit: Visit, before: Game, game: Game) -> None:
    """Shows the game with its new line; alone, after the network has answered. Where that has
    to wait, the line stands all the same, and the button under it asks for the answer later."""
    waits = ""
    if visit.private and game.ended_at is None:
        try:
            async with visit.typing():
                with suppress(Overtaken, GameOver, NotYourTurn, NoCharacterFits):
                    game = await visit.parts.jielong.add_from_poet(game, visit.user_id)
        except TooSoon as error:
            waits = visit.say("jielong-too-soon", seconds=error.seconds)
        except TooBusy:
            waits = visit.say("jielong-busy")
    await _post(visit, game, before)
    if waits:
        await visit.answer(waits)


def _voice(visit: Visit, game: Game) -> Say:
    """What is everybody's stays in the language of who began it, or what the chat chose."""
    if visit.chat.language is not None:
        return visit.say
    return speak(known_language(game.language) or visit.say.language)


def _player(visit: Visit) -> Player:
    return Player(visit.user_id, visit.first_name)


async def _post(visit: Visit, game: Game, before: Game | None = None) -> None:
    """A new message with the game as it stands; the one before keeps a way to the latest."""
    if game.ended_at is not None:
        await _show_poem(visit, game)
    else:
        say = _voice(visit, game)
        text, keyboard = state_html(game, say), game_keyboard(game, say)
        sent = await visit.answer(text, keyboard, html=True)
        await visit.parts.store.jielong.show_as(game.id, sent.message_id)
    old = (before or game).message_id
    if old is not None:
        await _quieten(visit, game, old)


async def _show_poem(visit: Visit, game: Game) -> None:
    """The finished poem, with who wrote what, and the buttons of any poem."""
    poem = await visit.parts.jielong.poem(game)
    if poem is not None:
        say = _voice(visit, game)
        keyboard = poem_keyboard(poem, say, kept=False)
        await visit.answer(finished_html(poem, game, say), keyboard, html=True)


async def _quieten(visit: Visit, game: Game, message_id: int) -> None:
    """Takes the buttons off an earlier message of the game, where it is still there."""
    say = _voice(visit, game)
    keyboard = latest_keyboard(game, say) if game.ended_at is None else None
    with suppress(TelegramRefused):
        await visit.bot.edit_message_reply_markup(visit.chat_id, message_id, reply_markup=keyboard)


async def _explain(visit: Visit, error: NotYourTurn | Overtaken | GameOver) -> None:
    """Why a line was not taken; who was overtaken sees what to go on from."""
    if isinstance(error, Overtaken):
        await visit.tell(visit.say("jielong-overtaken", count=len(error.game.lines)))
    elif isinstance(error, GameOver):
        await visit.tell(visit.say("jielong-over"))
    elif error.who == NETWORK:
        await visit.tell(visit.say("jielong-your-turn"))
    else:
        await visit.tell(visit.say("jielong-not-your-turn"))


# The buttons


async def let_poet(visit: Visit, tap: GamePoet) -> None:
    """🖋: the network writes the next line."""
    try:
        game = await _as_seen(visit, tap.game_id, tap.lines)
        async with visit.typing():
            taken = await visit.parts.jielong.add_from_poet(game, visit.user_id)
    except (NotYourTurn, Overtaken, GameOver) as error:
        await _explain(visit, error)
    except NoCharacterFits as error:
        await visit.tell(sentence(error, visit.say))
    else:
        await _show_change(visit, taken)


async def take_back(visit: Visit, tap: GameUndo) -> None:
    """↩️: the last line, by who wrote it or an administrator."""
    try:
        game = await _as_seen(visit, tap.game_id, tap.lines)
        if not game.lines:
            return
        taken = await _take_back(visit, game)
    except (Overtaken, GameOver) as error:
        await _explain(visit, error)
    except NotAllowed:
        await visit.toast(visit.say("jielong-not-yours"))
    else:
        await _show_change(visit, taken)


async def _take_back(visit: Visit, game: Game) -> Game:
    """Telegram is asked for somebody's rank only where nothing else lets them."""
    undo, alone = visit.parts.jielong.take_back, visit.private
    try:
        return await undo(game, visit.user_id, may_change=False, alone=alone)
    except NotAllowed:
        rank = await may_change_chat(visit)
        return await undo(game, visit.user_id, may_change=rank, alone=alone)


async def end(visit: Visit, tap: GameEnd) -> None:
    """🏁: no more lines."""
    jielong = visit.parts.jielong
    try:
        game = await jielong.find(tap.game_id, visit.chat_id)
        try:
            await jielong.end(game, visit.user_id, may_change=False)
        except NotAllowed:
            await jielong.end(game, visit.user_id, may_change=await may_change_chat(visit))
    except GameOver as error:
        await _explain(visit, error)
    except NotAllowed:
        await visit.toast(visit.say("jielong-end-not-yours"))
    else:
        await visit.edit(ended_html(game, _voice(visit, game)), None, html=True)


async def show_latest(visit: Visit, tap: GameLatest) -> None:
    """⬇️ under an earlier message: the game as it stands, once more at the end of the chat."""
    try:
        game = await visit.parts.jielong.find(tap.game_id, visit.chat_id)
    except GameOver as error:
        await _explain(visit, error)
        await visit.edit_keyboard(None)
    else:
        await _post(visit, game)


async def _as_seen(visit: Visit, game_id: int, lines: int) -> Game:
    """The game, if it still stands as the tapped message shows it. Raises GameOver, Overtaken."""
    game = await visit.parts.jielong.find(game_id, visit.chat_id)
    if len(game.lines) != lines:
        raise Overtaken(game)
    return game


async def _show_change(visit: Visit, game: Game) -> None:
    """In the tapped message where that is the latest, else in a new one."""
    tapped = visit.message
    if game.ended_at is None and tapped is not None and tapped.message_id == game.message_id:
        say = _voice(visit, game)
        text, keyboard = state_html(game, say), game_keyboard(game, say)
        await visit.edit(text, keyboard, html=True)
    else:
        await _post(visit, game)
