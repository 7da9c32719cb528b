"""A long passage in the few lines of a search result."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from newsdiff_crawler.store.reading.search_terms import MarkedText

LONGEST = 600  # characters; a passage of so many is shown whole
AROUND = 120  # characters kept on either side of a hit


def excerpt(stretches: Sequence[MarkedText]) -> list[MarkedText]:
    """The hits of a passage with what stands around them; dots for what is left out."""
    if sum(len(stretch.text) for stretch in stretches) <= LONGEST:
        return list(stretches)
    shown: list[MarkedText] = []
    room = LONGEST
    for stretch in _near_hits(stretches):
        if room <= 0:
            return [*shown, MarkedText(" …", is_hit=False)]
        shown.append(stretch)
        room -= len(stretch.text)
    return shown


def _near_hits(stretches: Sequence[MarkedText]) -> Iterator[MarkedText]:
    last = len(stretches) - 1
    for place, stretch in enumerate(stretches):
        text = stretch.text
        if stretch.is_hit or len(text) <= 2 * AROUND:
            yield stretch
            continue
        start = _start(text) if place or not last else ""
        end = _end(text) if place < last else ""
        yield MarkedText(" … ".join([start, end]), is_hit=False)


def _start(text: str) -> str:
    """The first words; the first characters of a text without spaces."""
    return text[:AROUND].rpartition(" ")[0] or text[:AROUND]


def _end(text: str) -> str:
    return text[-AROUND:].partition(" ")[2] or text[-AROUND:]
