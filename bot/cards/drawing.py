"""A card, drawn: the sheet, what is painted on it, the characters, the seal.

Same poem and paper, same picture. It does not know where the poem comes from or goes to.
"""

import io

from PIL import Image, ImageChops, ImageDraw

from bot.cards.columns import SEAL, Glyph, Layout, Ring, lay_out
from bot.cards.motifs import motif_of
from bot.cards.painting import VARIANTS, paint
from bot.cards.papers import PAPERS, WIDTH, Colour, Paper, ink_tooth, sheet
from bot.cards.poem import CardPoem
from bot.cards.scrolls import hang, place
from bot.cards.seal import seal
from bot.cards.typeface import face_of, middle_of, sized

_FINE = 4  # a ring is drawn so many times larger
_QUALITY = 88  # of the JPEG; at 90 a sheet with gold passes 500 KB


def draw_card(poem: CardPoem, paper: str) -> bytes:
    """The card as a JPEG, 1080 pixels wide."""
    kept = io.BytesIO()
    picture(poem, PAPERS[paper]).save(kept, "JPEG", quality=_QUALITY, optimize=True)
    return kept.getvalue()


def picture(poem: CardPoem, paper: Paper) -> Image.Image:
    """The card as an image."""
    return _two_scrolls(poem, paper) if poem.is_couplet else _one_sheet(poem, paper)


def _two_scrolls(poem: CardPoem, paper: Paper) -> Image.Image:
    image, scrolls = hang(paper, poem.number), place(poem)
    write(image, scrolls.glyphs, paper)
    stamp(image, scrolls.seal, paper, size=64)
    return image


def _one_sheet(poem: CardPoem, paper: Paper) -> Image.Image:
    layout = lay_out(poem)
    image = sheet(paper, layout.height, poem.number)
    _wash(image, poem, paper)
    _rule(image, layout, paper)
    write(image, layout.glyphs, paper)
    for ring in layout.rings:
        _draw_ring(image, ring, paper.head)
    stamp(image, layout.seal, paper)
    return image


def _wash(image: Image.Image, poem: CardPoem, paper: Paper) -> None:
    """The motif, as strongly as the paper takes it."""
    variant = poem.number % VARIANTS
    painting = paint(motif_of(poem), image.height, variant, paper.dark)
    for mask, colour, strength in (
        (painting.ink, paper.motif, paper.wash),
        (painting.blossom, paper.blossom, min(1, 1.45 * paper.wash)),
    ):
        if mask is not None:
            image.paste(colour, mask=mask.point(_scaled(strength)))


def _scaled(strength: float) -> list[int]:
    return [int(value * strength) for value in range(256)]


def write(image: Image.Image, glyphs: tuple[Glyph, ...], paper: Paper) -> None:
    """Characters in the inks of the paper, each role in its own."""
    inks: dict[str, Colour] = {"ink": paper.ink, "quiet": paper.quiet, "head": paper.head}
    tooth = ink_tooth(image.size)
    for role, colour in inks.items():
        mask = Image.new("L", image.size)
        draw = ImageDraw.Draw(mask)
        mine = [glyph for glyph in glyphs if glyph.role == role]
        for glyph in mine:
            _brush(draw, glyph)
        if mine:
            image.paste(colour, mask=ImageChops.multiply(mask, tooth))


def _brush(draw: ImageDraw.ImageDraw, glyph: Glyph) -> None:
    where = (glyph.x, glyph.y + middle_of(glyph.character) * glyph.size)
    font = sized(glyph.size, face_of(glyph.character))
    draw.text(where, glyph.character, font=font, fill=255, anchor="ms")


def _draw_ring(image: Image.Image, ring: Ring, colour: Colour) -> None:
    """Drawn larger and made small, so that its edge is as smooth as the characters'."""
    side = 2 * (int(ring.radius) + 2)
    mask = Image.new("L", (side * _FINE, side * _FINE))
    middle, radius = side * _FINE / 2, ring.radius * _FINE
    box = (middle - radius, middle - radius, middle + radius, middle + radius)
    ImageDraw.Draw(mask).ellipse(box, outline=255, width=max(2 * _FINE, int(radius * 0.28)))
    small = mask.resize((side, side), Image.Resampling.LANCZOS)
    image.paste(colour, (round(ring.x - side / 2), round(ring.y - side / 2)), small)


def stamp(image: Image.Image, middle: tuple[float, float], paper: Paper, size: int = SEAL) -> None:
    """The seal, by its middle."""
    mark = seal(size, paper.seal, paper.seal_text)
    image.paste(mark, (int(middle[0] - size / 2), int(middle[1] - size / 2)), mark)


def _rule(image: Image.Image, layout: Layout, paper: Paper) -> None:
    if paper.border is None:
        return
    draw = ImageDraw.Draw(image)
    if not paper.ruled:
        for inset, width in ((40, 3), (50, 1)):
            box = (inset, inset, WIDTH - inset, layout.height - inset)
            draw.rectangle(box, outline=paper.border, width=width)
        return
    left, right = layout.rules[-1] - 14, layout.rules[0] + 14
    top, bottom = min(layout.top - 44, 124), max(layout.bottom + 44, layout.height - 124)
    draw.rectangle((left - 12, top - 12, right + 12, bottom + 12), outline=paper.border, width=6)
    draw.rectangle((left, top, right, bottom), outline=paper.border, width=2)
    for x in layout.rules[1:-1]:
        draw.line((x, top, x, bottom), fill=paper.border, width=2)
