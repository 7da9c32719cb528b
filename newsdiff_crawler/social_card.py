"""The social card of a comparison: the picture that networks show beside a link to it."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from PIL import Image, ImageDraw, ImageFont

from newsdiff_crawler.diff.model import Mark, Piece

SIZE = (1200, 630)  # pixels; what the large networks ask for
_MARGIN = 72
_PAPER, _INK, _QUIET = "#fcfbf8", "#1f1d1a", "#5f5a52"
_GROUND: dict[Mark, str] = {"removed": "#fbe3dc", "added": "#dff0e3"}
_LINE: dict[Mark, str] = {"removed": "#b2432a", "added": "#2b7a46"}

# Font files, wherever the system has them. The first one with every letter is taken.
_SERIF = ("Charter-Bold.ttf", "LiberationSerif-Bold.ttf", "DejaVuSerif-Bold.ttf")
_SANS = ("LiberationSans-Regular.ttf", "DejaVuSans.ttf")
_WIDE = ("DejaVuSans-Bold.ttf", "NotoSansCJK-Bold.ttc", "wqy-zenhei.ttc")

_MOST_WORDS, _LONGEST = 200, 120  # words, and letters in a word or line: more than fit
_ALONE = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"  # without spaces: each character is a word
_WORD = re.compile(rf"[{_ALONE}]|[^\s{_ALONE}]+\s*|\s+")

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont


@dataclass(frozen=True)
class Word:
    """A word with the space after it, and its mark."""

    text: str
    mark: Mark


def draw(head: str, pieces: Sequence[Piece], foot: str) -> bytes:
    """A PNG of `SIZE`: a line above, marked text in large letters, a line below."""
    image = Image.new("RGB", SIZE, _PAPER)
    canvas = ImageDraw.Draw(image)
    small = _font(_SANS, 30, head + foot)
    canvas.text((_MARGIN, 56), _fitted(head, small), font=small, fill=_QUIET)
    words = list(islice(_words(pieces), _MOST_WORDS))
    large = _font(_SERIF, 54, "".join(word.text for word in words))
    _write(canvas, words, large, top=130, lines=6)
    canvas.line([(_MARGIN, 546), (SIZE[0] - _MARGIN, 546)], fill="#d8d2c6", width=2)
    canvas.text((_MARGIN, 564), _fitted(foot, small), font=small, fill=_QUIET)
    png = io.BytesIO()
    image.save(png, "PNG")
    return png.getvalue()


def _words(pieces: Sequence[Piece]) -> Iterator[Word]:
    for piece in pieces:
        if piece.same:
            yield from _marked(piece.after, "same")
            continue
        yield from _marked(piece.before, "removed")
        if piece.before and piece.after:
            yield Word(" ", "same")
        yield from _marked(piece.after, "added")


def _marked(text: str, mark: Mark) -> Iterator[Word]:
    for match in _WORD.finditer(text.replace("\n", " ")):
        yield Word(match[0][:_LONGEST], mark)


def _write(
    canvas: ImageDraw.ImageDraw, words: Sequence[Word], font: Font, top: int, lines: int
) -> None:
    """Sets words line by line, from the right if the text runs that way."""
    width, height = SIZE[0] - 2 * _MARGIN, 66
    leftward = _runs_left(words)
    x = y = 0.0
    for word in words:
        length = canvas.textlength(word.text.rstrip(), font=font)
        if x and x + length > width:
            x, y = 0.0, y + height
        if y + height > lines * height:
            canvas.text((SIZE[0] - _MARGIN, top + y - height), "…", font=font, fill=_INK)
            return
        left = SIZE[0] - _MARGIN - x - length if leftward else _MARGIN + x
        _write_word(canvas, word, font, (left, top + y, length))
        x += canvas.textlength(word.text, font=font)


def _write_word(
    canvas: ImageDraw.ImageDraw, word: Word, font: Font, place: tuple[float, float, float]
) -> None:
    left, top, length = place
    if word.mark in _GROUND:
        canvas.rectangle([left - 2, top, left + length + 2, top + 60], fill=_GROUND[word.mark])
    canvas.text((left, top), word.text.rstrip(), font=font, fill=_INK)
    if word.mark in _LINE:
        height = top + (36 if word.mark == "removed" else 60)
        canvas.line([(left, height), (left + length, height)], fill=_LINE[word.mark], width=4)


def _fitted(line: str, font: Font) -> str:
    """A text as one line, cut to the width of the picture."""
    room = SIZE[0] - 2 * _MARGIN
    line = " ".join(line[:_LONGEST].split())
    if font.getlength(line) <= room:
        return line
    while line and font.getlength(line + "…") > room:
        line = line[:-1]
    return line.rstrip() + "…"


def _runs_left(words: Sequence[Word]) -> bool:
    """Whether the first letter that has a direction runs from right to left."""
    letters = (unicodedata.bidirectional(letter) for word in words for letter in word.text)
    return next((way != "L" for way in letters if way in ("L", "R", "AL")), False)


def _font(names: Sequence[str], size: int, text: str) -> Font:
    """The first font of the system that has every letter, or else Pillow's own."""
    fonts = [font for name in (*names, *_WIDE) if (font := _loaded(name, size))]
    letters = {letter for letter in text if not letter.isspace()}
    return next((font for font in fonts if _has(font, letters)), None) or _fallback(fonts, size)


def _fallback(fonts: Sequence[Font], size: int) -> Font:
    return fonts[0] if fonts else ImageFont.load_default(size)


@lru_cache(maxsize=32)
def _loaded(name: str, size: int) -> ImageFont.FreeTypeFont | None:
    try:
        return ImageFont.truetype(name, size)
    except OSError:
        return None


def _has(font: Font, letters: set[str]) -> bool:
    missing = bytes(font.getmask("\uffff"))
    return all(bytes(font.getmask(letter)) != missing for letter in letters)
