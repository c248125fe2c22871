"""What can go wrong in the bot, one tree. Each error carries the ids it is about.

It does not know the sentences a user reads: handlers translate errors into locale keys.
"""


class BotError(Exception):
    """The root of every error this package raises on purpose."""


class SettingsError(BotError):
    """A setting is missing or malformed; the message is one line that names it.

    Where several are, `args` holds a line for each and the message is the first.
    """

    def __str__(self) -> str:
        return str(self.args[0]) if self.args else ""


class StorageError(BotError):
    """The database refused or could not be reached."""


class PoemNotFound(BotError):
    """A poem that an old button refers to is not (or no longer) stored."""

    def __init__(self, poem_id: int) -> None:
        super().__init__(f"there is no poem {poem_id}")
        self.poem_id = poem_id


class SubscriptionGone(BotError):
    """A daily poem that an old button refers to was ended, or belongs to another chat."""

    def __init__(self, subscription_id: int) -> None:
        super().__init__(f"there is no active subscription {subscription_id} here")
        self.subscription_id = subscription_id


class HourTaken(BotError):
    """Another daily poem of the chat comes at this hour already, in the same topic."""

    def __init__(self, subscription_id: int) -> None:
        super().__init__(f"subscription {subscription_id} has this hour already")
        self.subscription_id = subscription_id


class TooManySubscriptions(BotError):
    """The chat has as many daily poems as a chat may have."""

    def __init__(self, chat_id: int, most: int) -> None:
        super().__init__(f"chat {chat_id} has {most} subscriptions already")
        self.chat_id = chat_id
        self.most = most


class NothingNew(BotError):
    """Every poem written for a subscription had the words of one its chat has seen."""

    def __init__(self, subscription_id: int) -> None:
        super().__init__(f"nothing new could be written for subscription {subscription_id}")
        self.subscription_id = subscription_id


class TooSoon(BotError):
    """Somebody, or a group, has had so many poems written that others come first for a while."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"the next poem may be written in {seconds} s")
        self.seconds = seconds


class TooBusy(BotError):
    """So many poems wait to be written that another one would only make all of them late."""

    def __init__(self, waiting: int) -> None:
        super().__init__(f"{waiting} poems wait to be written already")
        self.waiting = waiting


class UpdateGivenUp(BotError):
    """Something somebody asked for ended the process, more than once, before it was served."""

    def __init__(self, update_id: int) -> None:
        super().__init__(f"update {update_id} was begun too often")
        self.update_id = update_id


class DeliveryError(BotError):
    """A message did not reach its chat, or nobody knows whether it did."""

    def __init__(self, chat_id: int, reason: str = "") -> None:
        super().__init__(f"chat {chat_id}: {reason}" if reason else f"chat {chat_id}")
        self.chat_id = chat_id
        self.reason = reason


class ChatGone(DeliveryError):
    """The bot was blocked or removed, the account is deactivated, or there is no such chat."""

    why = "chat_gone"


class MayNotWrite(DeliveryError):
    """The bot is in the chat, and is not allowed to write where it was to."""

    why = "may_not_write"


class TopicClosed(MayNotWrite):
    """The topic was closed or deleted; the rest of the group is as open as before."""

    why = "topic_closed"


class ChatMoved(DeliveryError):
    """The group became a supergroup, which has another id."""

    def __init__(self, chat_id: int, new_chat_id: int) -> None:
        super().__init__(chat_id, f"moved to {new_chat_id}")
        self.new_chat_id = new_chat_id


class TryLater(DeliveryError):
    """Telegram asks to wait `retry_after` seconds; nothing was sent."""

    def __init__(self, chat_id: int, retry_after: float) -> None:
        super().__init__(chat_id, f"retry after {retry_after:g} s")
        self.retry_after = retry_after


class OutOfReach(TryLater):
    """Telegram could not be reached, or was out of order; nothing was sent."""


class DeliveryRefused(DeliveryError):
    """Telegram said no in a way that sending the same again will not mend."""


class AnswerLost(DeliveryError):
    """Time ran out or the connection broke: the message may or may not have been sent."""
