"""A page into which something was put between two paragraphs: what each reader makes of it."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser

from benchmarks.extraction.boxes import insert_additions, insert_boxes
from benchmarks.extraction.corpus import Sample
from benchmarks.extraction.readers import Reader, own_parsers
from benchmarks.tables import table


@dataclass(frozen=True)
class PlayResult:
    """A box or an addition of a kind on a page under a reader. ``wrong``: the box made another
    text, or the addition made none."""

    page: str
    own: bool
    reader: str
    is_box: bool
    kind: str
    wrong: bool


def play(sample: Sample, readers: Mapping[str, Reader], seed: str) -> Iterator[PlayResult]:
    """One of each kind, by each reader that finds text on the page as it is."""
    html = LexborHTMLParser(sample.page().html).html or ""
    story = [*sample.paragraphs(), *sample.either_way()]
    rng = random.Random(seed + sample.id)
    inserted = [
        *((True, kind, page) for kind, page in insert_boxes(html, story, rng)),
        *((False, kind, page) for kind, page in insert_additions(html, story, rng)),
    ]
    own = bool(own_parsers(sample))
    for name, reader in readers.items() if inserted else ():
        before = reader(sample, html, 1)
        if before.refused:
            continue
        for is_box, kind, page in inserted:
            is_same = reader(sample, page, 1).words_hash == before.words_hash
            yield PlayResult(sample.id, own, name, is_box, kind, is_same != is_box)


def by_reader(results: Sequence[PlayResult]) -> Iterator[str]:
    """A table of boxes taken for text and one of additions missed, for sources with parsers of
    their own and for all other pages."""
    for own, pages in ((True, "sources with parsers of their own"), (False, "all other pages")):
        for is_box, what in ((True, "Boxes taken for text"), (False, "Additions missed")):
            chosen = [each for each in results if (each.own, each.is_box) == (own, is_box)]
            if chosen:
                yield f"{what}, {pages}:\n\n{_table(chosen)}\n"


def _table(results: Sequence[PlayResult]) -> str:
    readers = list(dict.fromkeys(result.reader for result in results))
    kinds = list(dict.fromkeys(result.kind for result in results))
    rows = [
        (
            kind,
            *(
                _share(each for each in results if (each.kind, each.reader) == (kind, reader))
                for reader in readers
            ),
        )
        for kind in kinds
    ]
    whole = [_share(each for each in results if each.reader == reader) for reader in readers]
    return table(("kind", *readers), [*rows, ("all", *whole)])


def _share(results: Iterable[PlayResult]) -> str:
    chosen = list(results)
    wrong = sum(result.wrong for result in chosen)
    return f"{wrong}/{len(chosen)}" if chosen else "-"
