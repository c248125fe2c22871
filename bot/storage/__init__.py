"""All SQL of the bot: plain frozen records out, errors of `bot.errors` raised.

Only this package and `migrations` know SQLAlchemy. Nothing here knows Telegram, poetry or
the time of day.
"""

from bot.storage.anthologies import AnthologyStore
from bot.storage.broadcasts import BroadcastStore
from bot.storage.chats import ChatStore
from bot.storage.deliveries import DeliveryStore
from bot.storage.enrolling import Enrolling
from bot.storage.favourites import FavouriteStore
from bot.storage.forgetting import Forgetting
from bot.storage.jielong import JielongStore
from bot.storage.migrating import check_place, current_revision, head_revision, migrate
from bot.storage.pictures import PictureStore
from bot.storage.planning import Planner
from bot.storage.poems import PoemStore
from bot.storage.rates import Rate, RateStore
from bot.storage.records import (
    Audience,
    Belongings,
    Broadcast,
    BroadcastProgress,
    Chat,
    Claim,
    ClaimedDelivery,
    ClaimedUpdate,
    Delivery,
    DeliveryCounts,
    DeliveryState,
    Enrolment,
    Game,
    MessageState,
    NewGame,
    NewPoem,
    NewRequest,
    NewUpdate,
    Page,
    PlannedDay,
    PlannedSubscription,
    PoemFilter,
    Settlement,
    Shelf,
    Statistics,
    StoredPoem,
    Subscription,
    SubscriptionToPlan,
    ThemeCount,
    WaitingDeliveries,
    WrittenDaily,
)
from bot.storage.sharing import SharingStore
from bot.storage.statistics import StatisticsStore
from bot.storage.store import Store
from bot.storage.subscriptions import SubscriptionStore
from bot.storage.updates import UpdateStore

__all__ = [
    "AnthologyStore",
    "Audience",
    "Belongings",
    "Broadcast",
    "BroadcastProgress",
    "BroadcastStore",
    "Chat",
    "ChatStore",
    "Claim",
    "ClaimedDelivery",
    "ClaimedUpdate",
    "Delivery",
    "DeliveryCounts",
    "DeliveryState",
    "DeliveryStore",
    "Enrolling",
    "Enrolment",
    "FavouriteStore",
    "Forgetting",
    "Game",
    "JielongStore",
    "MessageState",
    "NewGame",
    "NewPoem",
    "NewRequest",
    "NewUpdate",
    "Page",
    "PictureStore",
    "PlannedDay",
    "PlannedSubscription",
    "Planner",
    "PoemFilter",
    "PoemStore",
    "Rate",
    "RateStore",
    "Settlement",
    "SharingStore",
    "Shelf",
    "Statistics",
    "StatisticsStore",
    "Store",
    "StoredPoem",
    "Subscription",
    "SubscriptionStore",
    "SubscriptionToPlan",
    "ThemeCount",
    "UpdateStore",
    "WaitingDeliveries",
    "WrittenDaily",
    "check_place",
    "current_revision",
    "head_revision",
    "migrate",
]
