"""A poem as a picture one would print: `draw_card(CardPoem(...), "xuan")` is a JPEG.

Pure drawing: no Telegram, no database, no clock. In reading order: `poem` (what is drawn),
`typeface`, `papers`, `columns` and `scrolls` (where it stands), `seal`, `drawing`.
"""

from bot.cards.drawing import draw_card
from bot.cards.papers import DEFAULT_PAPER, PAPERS
from bot.cards.poem import CardPoem

__all__ = ["DEFAULT_PAPER", "PAPERS", "CardPoem", "draw_card"]
