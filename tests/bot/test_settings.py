"""Settings: every one documented, every fault in one line that names it."""

import re
from pathlib import Path

import pytest

from bot.errors import SettingsError
from bot.settings import Settings, read_settings, sqlite_file

TOKEN = "123456:" + "a" * 35
EXAMPLE = Path(__file__).parents[2] / ".env.example"
CONTRACT = {
    "BOT_TOKEN",
    "BOT_API_URL",
    "POLL_INTERVAL",
    "DATABASE_URL",
    "DATA_DIR",
    "DEFAULT_TIMEZONE",
    "ADMIN_CHAT_IDS",
    "PICTURE_CHAT_ID",
    "POEM_INTERVAL",
    "POEM_BURST",
    "WEBHOOK_URL",
    "WEBHOOK_SECRET",
    "WEBHOOK_HOST",
    "WEBHOOK_PORT",
    "HEALTH_HOST",
    "HEALTH_PORT",
    "LOG_LEVEL",
    "LOG_FORMAT",
    "MODEL_DIR",
    "TORCH_THREADS",
    "AUTO_MIGRATE",
}


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An environment and a folder without settings."""
    for name in CONTRACT:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


def example() -> dict[str, str]:
    """The settings of `.env.example` with the values it shows."""
    lines = re.findall(r"^#? ?([A-Z_]+)=(.*)$", EXAMPLE.read_text("utf-8"), re.M)
    return dict(lines)


def test_the_example_lists_every_setting_and_no_other() -> None:
    assert set(example()) == {name.upper() for name in Settings.model_fields} == CONTRACT


def test_the_example_shows_the_defaults(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(EXAMPLE.read_text("utf-8"), "utf-8")
    assert read_settings() == Settings(_env_file=None)
    for name, value in example().items():
        default = Settings.model_fields[name.lower()].default
        assert value == ("" if default in (None, ()) else str(default).replace("True", "1"))


def test_every_setting_is_explained_above_it() -> None:
    lines = EXAMPLE.read_text("utf-8").splitlines()
    for number, line in enumerate(lines):
        if re.match(r"[A-Z_]+=", line):
            assert lines[number - 1].startswith("# ")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BOT_TOKEN", "not a token"),
        ("BOT_API_URL", "ftp://example.org"),
        ("POLL_INTERVAL", "-1"),
        ("DATABASE_URL", "mysql://x/y"),
        ("DEFAULT_TIMEZONE", "Mars/Olympus"),
        ("DEFAULT_TIMEZONE", "../../etc/passwd"),
        ("ADMIN_CHAT_IDS", "1,two"),
        ("WEBHOOK_URL", "example.org"),
        ("WEBHOOK_PORT", "99999"),
        ("WEBHOOK_SECRET", "white space"),
        ("HEALTH_PORT", "http"),
        ("LOG_LEVEL", "LOUD"),
        ("LOG_FORMAT", "xml"),
        ("TORCH_THREADS", "0"),
        ("AUTO_MIGRATE", "perhaps"),
    ],
)
def test_a_malformed_setting_is_named_in_one_line(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as caught:
        read_settings()
    assert str(caught.value).startswith(f"{name}: ")
    assert "\n" not in str(caught.value)
    if name in ("BOT_TOKEN", "WEBHOOK_SECRET"):
        assert value not in str(caught.value)


def test_each_malformed_setting_has_its_line(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("BOT_TOKEN", "abc"), ("LOG_LEVEL", "LOUD"), ("HEALTH_PORT", "abc")):
        monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as caught:
        read_settings()
    names = [line.partition(":")[0] for line in caught.value.args]
    assert names == ["BOT_TOKEN", "HEALTH_PORT", "LOG_LEVEL"]


def test_a_file_of_settings_that_is_no_text_is_named(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes("BOT_TOKEN=".encode("utf-16"))
    with pytest.raises(SettingsError, match=r"^\.env: is not UTF-8 text$"):
        read_settings()


def test_a_webhook_needs_a_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WEBHOOK_URL", "https://example.org/hook")
    with pytest.raises(SettingsError, match=r"^WEBHOOK_SECRET: "):
        read_settings()


def test_lists_and_levels_are_read_as_people_write_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADMIN_CHAT_IDS", "1, -100200")
    monkeypatch.setenv("LOG_LEVEL", "debug")
    monkeypatch.setenv("AUTO_MIGRATE", "0")
    settings = read_settings()
    assert (settings.admin_chat_ids, settings.log_level) == ((1, -100200), "DEBUG")
    assert not settings.auto_migrate


def test_an_empty_setting_is_an_unset_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_TOKEN", "")
    assert read_settings().bot_token is None
    with pytest.raises(SettingsError, match=r"^BOT_TOKEN: "):
        read_settings().token()


def test_the_token_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    settings = read_settings()
    assert TOKEN not in f"{settings!r} {settings}"
    assert settings.token() == TOKEN


def test_the_playground_leaves_the_database_of_a_real_bot_alone(tmp_path: Path) -> None:
    real = "postgresql://db/poems"
    own = sqlite_file(tmp_path / "playground.db")
    with_token = Settings(_env_file=None, bot_token=TOKEN, database_url=real, data_dir=tmp_path)
    assert with_token.for_playground("http://x").database == own
    without = Settings(_env_file=None, database_url=real, data_dir=tmp_path)
    assert without.for_playground("http://x").database == real


def test_the_playground_has_an_operator_where_none_is_named() -> None:
    assert Settings(_env_file=None).for_playground("http://x").admin_chat_ids == (10001,)
    named = Settings(_env_file=None, admin_chat_ids=(7,))
    assert named.for_playground("http://x").admin_chat_ids == (7,)
