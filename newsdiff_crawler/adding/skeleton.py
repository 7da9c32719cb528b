"""What of a page shows how its story is told from what stands beside it: the elements that hold the
story's text, those above them, and their neighbours, of each kind a few."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from selectolax.lexbor import LexborHTMLParser, LexborNode

_NEVER = "script:not([type*='ld+json' i]), style, svg *, iframe, noscript, template, object, source"
_HEAD = "head > *:not(title):not(meta):not(link[rel='canonical']):not(script), head > meta[charset]"
_MOST_PLACES = 3  # of one text: a name or "Reply" stands in many


@dataclass(frozen=True)
class Measure:
    """How much stays. ``alike``: elements of one kind in a place; ``deep``: how many levels of what
    holds nothing of the story."""

    alike: int
    deep: int


# A page that is read otherwise with less is tried with more.
MEASURES = (Measure(2, 1), Measure(2, 3), Measure(4, 6), Measure(16, 12), Measure(1_000_000, 1_000))


def prune(
    tree: LexborHTMLParser, texts: Iterable[str], wanted: str, body: str, measure: Measure
) -> None:
    """Takes out of a page what its reading does not need. ``texts``: the blocks of its story;
    ``wanted``: a selector of what stays whatever it holds; ``body``: one of what holds the story,
    in which a box keeps its text, to be left out. Either may be empty."""
    for node in [*tree.css(_NEVER), *tree.css(_HEAD)]:
        if node.tag not in ("svg", "html", "head", "body"):
            node.decompose()
    page = tree.body
    if page is None:
        return
    holding = _ids_above(chain(_holders(page, texts), page.css(wanted) if wanted else ()))
    _thin(page, holding, {node.mem_id for node in page.css(body)} if body else set(), measure)


def _holders(body: LexborNode, texts: Iterable[str]) -> Iterator[LexborNode]:
    """The innermost elements that hold one of the texts whole, and for each text not many."""
    places: Counter[str] = Counter()
    looked_for = {joined for text in texts if (joined := _joined(text))}
    level: list[tuple[LexborNode, set[str]]] = [(body, looked_for)]
    while level:
        below: list[tuple[LexborNode, set[str]]] = []
        for node, wanted in level:
            found: set[str] = set()
            for child in node.iter():
                text = _joined(child.text())
                inside = {each for each in wanted if each in text}
                if inside:
                    below.append((child, inside))
                    found |= inside
            if any(places[text] < _MOST_PLACES for text in wanted - found):
                yield node
            places.update(wanted - found)
        level = below


def _joined(text: str | None) -> str:
    """A text without white space: of that, a reader makes what it likes."""
    return "".join((text or "").split())


def _ids_above(nodes: Iterable[LexborNode]) -> set[int]:
    ids: set[int] = set()
    for node in nodes:
        above: LexborNode | None = node
        while above is not None and above.mem_id not in ids:
            ids.add(above.mem_id)
            above = above.parent
    return ids


def _thin(page: LexborNode, holding: set[int], storys: set[int], measure: Measure) -> None:
    """Of what is alike in one place, leaves the first; and of the rest, the outermost levels, but
    all those within the story."""
    places = [(page, 0, False)]
    while places:
        place, depth, is_within = places.pop()
        seen: Counter[tuple[object, ...]] = Counter()
        for node in list(place.iter()):
            holds = node.mem_id in holding
            form = (node.tag, node.attributes.get("class"), *(_tags_in(node) if holds else ()))
            seen[form] += 1
            below = 0 if holds else depth + 1
            if seen[form] > measure.alike or (below > measure.deep and not is_within):
                node.decompose()
            else:
                places.append((node, below, is_within or node.mem_id in storys))


def _tags_in(node: LexborNode) -> list[str]:
    return sorted({child.tag or "" for child in node.iter()})
