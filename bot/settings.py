"""Every setting of the bot, read once from the environment or `.env`, then frozen.

A missing or malformed setting becomes a SettingsError of one line that names it and never
repeats a secret. This module does not know what the settings are used for.
"""

import re
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.errors import SettingsError

TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]{8,}")
PLAYGROUND_TOKEN = "1:playground-needs-no-secret"  # noqa: S105 - any well-formed token opens it
PLAYGROUND_OPERATOR = 10001  # the first of its people
PLAYGROUND_PICTURES = -20009  # a group of its that nobody but the bot is in
TELEGRAM = "https://api.telegram.org"


class Settings(BaseSettings):
    """The settings by their names in the environment, in lower case."""

    model_config = SettingsConfigDict(
        env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True
    )

    bot_token: SecretStr | None = Field(None, description="the token BotFather gave you")
    bot_api_url: str = Field(TELEGRAM, description="where the Bot API answers")
    poll_interval: float = Field(0, ge=0, le=3600, description="seconds between two polls")
    database_url: str | None = Field(
        None,
        description="begins with sqlite:/// or postgresql://; by default a file in the data folder",
    )
    data_dir: Path = Field(Path("data"), description="folder for what the bot keeps")
    default_timezone: str = Field("Asia/Shanghai", description="IANA zone of chats that named none")
    admin_chat_ids: Annotated[tuple[int, ...], NoDecode] = Field(
        (), description="chats of the operators, separated by commas"
    )
    poem_interval: float = Field(
        5, ge=0, le=3600, description="seconds between one person's poems over time; 0: no limit"
    )
    poem_burst: int = Field(20, ge=1, le=1000, description="poems one person may have at once")
    picture_chat_id: int | None = Field(
        None, description="a chat of the bot's own for pictures; with one, inline mode offers cards"
    )
    auto_migrate: bool = Field(True, description="0: run does not migrate the database first")
    webhook_url: str | None = Field(
        None, description="address (https) for updates; long polling when unset"
    )
    webhook_secret: SecretStr | None = Field(
        None, description="1-256 of A-Z a-z 0-9 _ -; needed with WEBHOOK_URL"
    )
    webhook_host: str = Field("127.0.0.1", description="address the webhook listens on")
    webhook_port: int = Field(8443, ge=0, le=65535, description="port the webhook listens on")
    health_host: str = Field("127.0.0.1", description="address of /healthz, /readyz and /metrics")
    health_port: int | None = Field(
        None, ge=0, le=65535, description="their port; they are off when unset"
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        "INFO", description="DEBUG, INFO, WARNING or ERROR"
    )
    log_format: Literal["console", "json"] = Field("console", description="console or json")
    model_dir: Path | None = Field(
        None, description="folder of other weights than those that ship with the bot"
    )
    torch_threads: int = Field(1, ge=1, le=256, description="threads a poem is written with")

    @field_validator("bot_token")
    @classmethod
    def _token_is_well_formed(cls, token: SecretStr | None) -> SecretStr | None:
        if token is not None and not TOKEN.fullmatch(token.get_secret_value()):
            raise ValueError("is not a bot token (digits, a colon, letters and digits)")
        return token

    @field_validator("bot_api_url", "webhook_url")
    @classmethod
    def _address_is_http(cls, address: str | None) -> str | None:
        if address is not None and not re.fullmatch(r"https?://[^\s/]+(/\S*)?", address):
            raise ValueError("is not an address that starts with http:// or https://")
        return address.rstrip("/") if address is not None else None

    @field_validator("database_url")
    @classmethod
    def _database_is_known(cls, address: str | None) -> str | None:
        if address is not None and not re.match(r"(sqlite:///|postgresql://)\S", address):
            raise ValueError("starts with neither sqlite:/// nor postgresql://")
        return address

    @field_validator("default_timezone")
    @classmethod
    def _zone_exists(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise ValueError("is not an IANA time zone such as Asia/Shanghai") from None
        return name

    @field_validator("admin_chat_ids", mode="before")
    @classmethod
    def _ids_by_comma(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        try:
            return tuple(int(part) for part in value.replace(",", " ").split())
        except ValueError:
            raise ValueError("is not a list of chat ids separated by commas") from None

    @field_validator("webhook_secret")
    @classmethod
    def _secret_is_sendable(cls, secret: SecretStr | None) -> SecretStr | None:
        if secret and not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", secret.get_secret_value()):
            raise ValueError("holds something else than 1-256 of A-Z a-z 0-9 _ -")
        return secret

    @field_validator("log_level", "log_format", mode="before")
    @classmethod
    def _case_does_not_matter(cls, value: object) -> object:
        word = str(value)
        return word.lower() if word.lower() in {"console", "json"} else word.upper()

    @model_validator(mode="after")
    def _webhook_has_a_secret(self) -> "Settings":
        if self.webhook_url and not self.webhook_secret:
            raise ValueError("WEBHOOK_SECRET: is missing; WEBHOOK_URL needs one")
        return self

    @property
    def database(self) -> str:
        """The address of the database, the default file included."""
        return self.database_url or sqlite_file(self.data_dir / "poetry-bot.db")

    def token(self) -> str:
        """The token in clear, for the one place that talks to Telegram."""
        if self.bot_token is None:
            raise SettingsError("BOT_TOKEN: is missing; BotFather gives you one")
        return self.bot_token.get_secret_value()

    def for_playground(self, api_url: str) -> "Settings":
        """The same settings, turned to the playground at `api_url`.

        With a token the configured database serves real people, whose daily poems must not
        end in the playground: then it has a database file of its own.
        """
        own = sqlite_file(self.data_dir / "playground.db")
        return self.model_copy(
            update={
                "bot_token": SecretStr(PLAYGROUND_TOKEN),
                "bot_api_url": api_url,
                "database_url": own if self.bot_token else self.database_url or own,
                "webhook_url": None,
                "admin_chat_ids": self.admin_chat_ids or (PLAYGROUND_OPERATOR,),
                "picture_chat_id": PLAYGROUND_PICTURES,
            }
        )


def sqlite_file(path: Path) -> str:
    """The address of an SQLite file, absolute so that it survives a change of folder."""
    return f"sqlite:///{path.absolute().as_posix()}"


def read_settings() -> Settings:
    """The settings of this process; raises SettingsError with a line for each that is wrong."""
    try:
        return Settings()
    except ValidationError as error:
        faults = error.errors(include_url=False, include_input=False)
        raise SettingsError(*map(_line, faults)) from None
    except UnicodeDecodeError:
        raise SettingsError(".env: is not UTF-8 text") from None
    except OSError as error:
        raise SettingsError(f".env: cannot be read: {error.strerror}") from None


def _line(fault: ErrorDetails) -> str:
    """One line about a fault; the value is left out, for it may be a secret."""
    said = fault["msg"].removeprefix("Value error, ")
    name = ".".join(str(part) for part in fault["loc"][:1]).upper()
    return f"{name}: {said}" if name else said
