"""A poem in the other script."""

from dataclasses import replace
from datetime import UTC, datetime

from bot.services.scripts import in_script
from bot.storage import StoredPoem

ACROSTIC = StoredPoem(
    id=1,
    form="五言",
    theme="万里",
    heads="发财",
    first_line=None,
    lines=("发短心长远", "财多一梦云"),
    text="发短心长远，财多一梦云。",
    script="simplified",
    rhyme="十二文",
    seed=1,
    model="m",
    created_at=datetime(2026, 4, 1, tzinfo=UTC),
)


def test_heads_are_words_of_their_own() -> None:
    shown = in_script(ACROSTIC, "traditional")
    assert shown.lines == ("發短心長遠", "財多一夢雲")
    assert (shown.text, shown.heads) == ("發短心長遠，財多一夢雲。", "發財")


def test_without_heads_the_line_tells_what_a_character_means() -> None:
    shown = in_script(replace(ACROSTIC, heads=None), "traditional")
    assert shown.lines[0] == "髮短心長遠"


def test_what_is_traditional_already_stays() -> None:
    """里 and 后 beside traditional characters are what they look like."""
    shown = in_script(replace(ACROSTIC, theme="后妃歸里"), "traditional")
    assert shown.theme == "后妃歸里"
