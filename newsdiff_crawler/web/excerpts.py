"""A long passage in the few lines of a search result."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from newsdiff_crawler.store.reading.search_terms import MarkedText

LONGEST = 600  # characters; a shorter passage is shown whole
BEGINNING = 1500  # characters of a text that is shown as what it is not
AROUND = 120  # characters on either side of a hit


def excerpt(passage: Sequence[MarkedText]) -> list[MarkedText]:
    """The hits of a passage with the text around them; dots for what is left out."""
    if sum(len(part.text) for part in passage) <= LONGEST:
        return list(passage)
    shown: list[MarkedText] = []
    room = LONGEST
    for part in _near_hits(passage):
        if room <= 0:
            return [*shown, MarkedText(" …", is_hit=False)]
        shown.append(part)
        room -= len(part.text)
    return shown


def beginning(text: str) -> list[str]:
    """The first lines of a text; dots for what is left out."""
    if len(text) <= BEGINNING:
        return text.splitlines()
    return [*_start(text, BEGINNING).splitlines(), "…"]


def _near_hits(passage: Sequence[MarkedText]) -> Iterator[MarkedText]:
    last = len(passage) - 1
    for place, part in enumerate(passage):
        text = part.text
        if part.is_hit or len(text) <= 2 * AROUND:
            yield part
            continue
        start = _start(text) if place or not last else ""
        end = _end(text) if place < last else ""
        yield MarkedText(" … ".join([start, end]), is_hit=False)


def _start(text: str, length: int = AROUND) -> str:
    """The first words; the first characters of a text without spaces."""
    return text[:length].rpartition(" ")[0] or text[:length]


def _end(text: str) -> str:
    return text[-AROUND:].partition(" ")[2] or text[-AROUND:]
