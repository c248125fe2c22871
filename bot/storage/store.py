"""Store: the one door to the database. It opens and closes; the stores behind it do the work."""

from datetime import datetime

from sqlalchemy import literal, select

from bot.storage.anthologies import AnthologyStore
from bot.storage.broadcasts import BroadcastStore
from bot.storage.chats import ChatStore
from bot.storage.database import Database, parse_url
from bot.storage.deliveries import DeliveryStore
from bot.storage.enrolling import Enrolling
from bot.storage.favourites import FavouriteStore
from bot.storage.forgetting import Forgetting
from bot.storage.jielong import JielongStore
from bot.storage.pictures import PictureStore
from bot.storage.planning import Planner
from bot.storage.poems import PoemStore
from bot.storage.rates import RateStore
from bot.storage.sharing import SharingStore
from bot.storage.statistics import StatisticsStore
from bot.storage.subscriptions import SubscriptionStore
from bot.storage.updates import UpdateStore

_PROBED = "probe"  # a key of `rates` that nobody waits for


class Store:
    """Everything that is remembered. Every method raises StorageError when the database fails."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.chats = ChatStore(database)
        self.poems = PoemStore(database)
        self.pictures = PictureStore(database)
        self.favourites = FavouriteStore(database)
        self.anthologies = AnthologyStore(database)
        self.sharing = SharingStore(database)
        self.jielong = JielongStore(database)
        self.subscriptions = SubscriptionStore(database)
        self.planner = Planner(database)
        self.deliveries = DeliveryStore(database)
        self.enrolling = Enrolling(database)
        self.rates = RateStore(database)
        self.broadcasts = BroadcastStore(database)
        self.statistics = StatisticsStore(database)
        self.forgetting = Forgetting(database)
        self.updates = UpdateStore(database)

    @classmethod
    async def open(cls, database_url: str) -> "Store":
        """Reach the database at `sqlite:///path` or `postgresql://…`. It is not migrated here."""
        store = cls(Database(parse_url(database_url)))
        try:
            await store.ping()
        except BaseException:
            await store.close()
            raise
        return store

    async def close(self) -> None:
        """Give back every connection."""
        await self._database.close()

    async def ping(self) -> None:
        """Ask the database for an answer; raises StorageError."""
        async with self._database.reading() as connection:
            await connection.execute(select(literal(1)))

    async def probe(self, now: datetime) -> None:
        """Write something: who can't write, be the disk full or the file locked, can't serve
        anybody. Raises StorageError."""
        await self.rates.pause([_PROBED], now)
