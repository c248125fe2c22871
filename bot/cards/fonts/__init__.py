"""The typefaces of cards and books, cut down to what the bot can show."""

from pathlib import Path

_HERE = Path(__file__).parent
KAI = _HERE / "LXGWWenKai-subset.ttf"
RARE = _HERE / "TWKai-rare.ttf"  # the few characters that the other lacks
