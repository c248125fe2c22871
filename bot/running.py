"""The life of the process: start, serve until told to stop, stop in time.

It knows the order of things, and nothing of what the bot says.
"""

import asyncio
import logging
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from errno import EACCES, EADDRINUSE
from typing import Any

import structlog
from telegram.error import BadRequest, Conflict, InvalidToken, NetworkError, TelegramError

from bot.application import ALLOWED_UPDATES, PoetryBot, build, utc_now
from bot.errors import SettingsError, StorageError
from bot.handlers.menus import set_menus, spoken_to
from bot.health import Health
from bot.locales import Language
from bot.playground import Playground
from bot.services.poet_thread import PoetThread, Writes
from bot.settings import Settings
from bot.storage import Store, migrate
from bot.webhook import Webhook, WebhookWatch
from poetry_model import PoetryModelError

STOPPING = 6.0  # seconds for what is at work; what is cut off is served after the next start
_LONGEST_PAUSE = 30.0  # seconds between two tries to reach Telegram

log = structlog.stdlib.get_logger(__name__)
Announce = Callable[[str], None]


async def serve(settings: Settings, announce: Announce) -> None:
    """Runs the bot until SIGTERM or SIGINT. Raises BotError."""
    stop = _stop_on_signals()
    if settings.auto_migrate:
        await asyncio.to_thread(migrate, settings.database)
    async with AsyncExitStack() as stack:
        store = await Store.open(settings.database)
        stack.push_async_callback(store.close)
        poet = PoetThread(_loader(settings))
        stack.callback(poet.close)
        bot = build(settings, store, poet)
        await _serve(bot, settings, stop, announce)


async def serve_playground(
    settings: Settings, host: str, port: int, announce: Announce, *, next_ports: int = 0
) -> None:
    """The local Bot API with its chat page, and the very same bot talking to it."""
    playground = await _open_playground(host, port, next_ports)
    try:
        told = f"poetry-bot playground: {playground.url} — open it and type /poem 月"
        here = settings.for_playground(playground.url)
        await serve(here, lambda _: announce(told))
    finally:
        await playground.stop()


async def _open_playground(host: str, port: int, next_ports: int) -> Playground:
    for candidate in range(port, port + next_ports + 1):
        playground = Playground(host, candidate)
        try:
            await playground.start()
        except OSError as error:
            problem = error
        else:
            return playground
    raise SettingsError(f"port {port} on {host}: {problem.strerror or problem}")


def _loader(settings: Settings) -> Callable[[], Writes]:
    def load() -> Writes:
        from poetry_model import Poet

        return Poet.load(settings.model_dir, threads=settings.torch_threads)

    return load


def _stop_on_signals() -> asyncio.Event:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        with suppress(NotImplementedError):  # Windows: Ctrl-C raises KeyboardInterrupt instead
            loop.add_signal_handler(name, stop.set)
    return stop


async def _serve(
    bot: PoetryBot, settings: Settings, stop: asyncio.Event, announce: Announce
) -> None:
    async with AsyncExitStack() as stack:
        if settings.health_port is not None:
            health = health_of(bot, stop)
            _listen(health.start, "HEALTH", settings.health_host, settings.health_port)
            stack.push_async_callback(health.stop)
        if not await _insist(bot.application.initialize, stop):
            return
        stack.push_async_callback(_shut_down, bot)
        await stack.enter_async_context(_updates(bot, settings, stop))
        await bot.application.start()
        menu = asyncio.create_task(_set_menus(bot, settings))
        stack.callback(menu.cancel)
        log.info("serving", name=bot.application.bot.username, webhook=bool(settings.webhook_url))
        announce(f"poetry-bot: serving @{bot.application.bot.username}")
        await _load_poet(bot.poet, stop)
        warming = asyncio.create_task(bot.cards.warm())  # after what everybody waits for
        stack.callback(warming.cancel)
        if await _unless(stop, bot.token_refused.wait()):
            raise SettingsError("BOT_TOKEN: Telegram does not accept it any more")
        log.info("stopping")


def health_of(bot: PoetryBot, stop: asyncio.Event) -> Health:
    """The health of a bot that works until it is told to stop."""

    def trouble() -> str | None:
        if bot.token_refused.is_set():
            return "token: Telegram does not accept it"
        if stop.is_set():
            return "stopping"
        return None if bot.poet.ready else "poet: not loaded"

    async def observe() -> None:
        await bot.daily.observe(utc_now())
        bot.metrics.updates_waiting(await bot.store.updates.waiting())

    return Health(lambda: bot.store.probe(utc_now()), trouble, bot.metrics, observe)


async def _set_menus(bot: PoetryBot, settings: Settings) -> None:
    operators: dict[int, Language | None] = dict.fromkeys(settings.admin_chat_ids)
    with suppress(StorageError):
        operators = await spoken_to(bot.store, settings.admin_chat_ids)
    await set_menus(bot.application.bot, operators)


async def _load_poet(poet: PoetThread, stop: asyncio.Event) -> None:
    """Loads the weights, last of all: it takes seconds that nobody has to wait for at the start."""
    try:
        await _unless(stop, asyncio.shield(poet.loading()))
    except PoetryModelError as error:
        raise SettingsError(f"weights: {error}") from None


async def _insist(call: Callable[[], Awaitable[object]], stop: asyncio.Event) -> bool:
    """Asks Telegram as often as it takes to reach it; False when told to stop meanwhile."""
    pause = 1.0
    while not stop.is_set():
        try:
            if await _unless(stop, call()):
                return True
        except InvalidToken:
            raise SettingsError("BOT_TOKEN: Telegram does not accept it") from None
        except BadRequest:
            raise
        except NetworkError as error:
            log.warning("Telegram is out of reach", error=str(error), next_try_in=pause)
        await _unless(stop, asyncio.sleep(pause))
        pause = min(2 * pause, _LONGEST_PAUSE)
    return False


async def _unless(stop: asyncio.Event, work: Awaitable[object]) -> bool:
    """Whether the work was done before the stop; its errors are raised."""
    working, stopping = asyncio.ensure_future(work), asyncio.ensure_future(stop.wait())
    both: set[asyncio.Future[Any]] = {working, stopping}
    await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
    done = working.done()
    for task in (working, stopping):
        task.cancel()
    await asyncio.gather(working, stopping, return_exceptions=True)
    if done:
        working.result()
    return done


async def _set_webhook(bot: PoetryBot, settings: Settings, secret: str) -> None:
    try:
        await bot.application.bot.set_webhook(
            str(settings.webhook_url), secret_token=secret, allowed_updates=ALLOWED_UPDATES
        )
    except BadRequest as error:
        raise SettingsError(f"WEBHOOK_URL: Telegram refuses it: {error.message}") from None


@asynccontextmanager
async def _updates(bot: PoetryBot, settings: Settings, stop: asyncio.Event) -> AsyncIterator[None]:
    """Lets updates in, one way or the other, and closes the door before the bot stops."""
    if settings.webhook_url and settings.webhook_secret:
        secret = settings.webhook_secret.get_secret_value()
        webhook = Webhook(bot.inbox, secret)
        _listen(webhook.start, "WEBHOOK", settings.webhook_host, settings.webhook_port)
        watch = WebhookWatch(bot.application.bot, settings.webhook_url)
        try:
            if await _insist(lambda: _set_webhook(bot, settings, secret), stop):
                watch.start()
            yield
        finally:
            await watch.stop()
            await webhook.stop()
        return
    updater = bot.application.updater
    if updater is None:
        raise RuntimeError("an application without updater cannot poll")
    logging.getLogger("telegram.ext").addFilter(_is_not_about_the_token)
    await updater.start_polling(
        poll_interval=settings.poll_interval,
        allowed_updates=ALLOWED_UPDATES,
        bootstrap_retries=5,
        error_callback=note_polling_error,
    )
    yield


def _is_not_about_the_token(record: logging.LogRecord) -> bool:
    """The poller's last words are a traceback; ours, when the process ends of it, are a line."""
    return not (record.exc_info and isinstance(record.exc_info[1], InvalidToken))


def note_polling_error(error: TelegramError) -> None:
    """Says why no updates come; the poller asks again by itself."""
    if isinstance(error, Conflict):
        log.warning(
            "another process fetches updates with this token too; for several use WEBHOOK_URL",
            error=str(error),
        )
    else:
        log.warning("updates could not be fetched", error=str(error))


def _listen(start: Callable[[str, int], None], door: str, host: str, port: int) -> None:
    """Raises SettingsError that names the setting of this door that is wrong."""
    try:
        start(host, port)
    except OSError as error:
        taken = error.errno in (EADDRINUSE, EACCES)
        name = f"{door}_PORT" if taken else f"{door}_HOST"
        raise SettingsError(f"{name}: {host}:{port}: {error.strerror or error}") from None


async def _shut_down(bot: PoetryBot) -> None:
    """Ends what is at work, in its time; what takes longer is cut off."""
    application, updater = bot.application, bot.application.updater
    try:
        async with asyncio.timeout(STOPPING):
            if updater is not None and updater.running:
                with suppress(InvalidToken):  # what ended the poller, told a second time
                    await updater.stop()
            if application.running:
                await application.stop()
    except TimeoutError:
        log.warning("cut off what did not end in time")
        await bot.turns.cut_off()
    with suppress(TimeoutError, RuntimeError, TelegramError):
        async with asyncio.timeout(1):
            await application.shutdown()
