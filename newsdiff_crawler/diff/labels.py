"""What sort of thing a diff changed, with the passages that show it.

Rules over words, no model: each label can be checked by eye against its evidence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from newsdiff_crawler.diff.attribution import attribution
from newsdiff_crawler.diff.changes import BlockChange
from newsdiff_crawler.diff.figures_changed import figures_changed
from newsdiff_crawler.diff.found import Found
from newsdiff_crawler.diff.kinds import KINDS, kinds
from newsdiff_crawler.diff.meaning import meanings
from newsdiff_crawler.diff.model import Diff, Evidence, Label, LabelName
from newsdiff_crawler.diff.moved_changes import moved_changes
from newsdiff_crawler.diff.names_changed import names_changed
from newsdiff_crawler.diff.notice_phrases import NoticeKind
from newsdiff_crawler.diff.notices import Notice, notice_of
from newsdiff_crawler.diff.quotes_changed import quotes_changed
from newsdiff_crawler.diff.same_name import is_said_in_full
from newsdiff_crawler.diff.versions import Versions

# Work limits: so many changes of a diff are judged, up to so many characters of both sides; and the
# last ones, where notices stand. The longest version at hand has 35,000 characters in all.
_MOST_CHANGES = 300
_MOST_CHARACTERS = 60_000
_LAST = 10
_SHORTEST_NOTICE = 5  # characters
_LONG_NOTICE = 500  # characters beyond which a notice is looked for in the article's language only
_NOTICE_ENDS = 1500  # characters
NOTICES_BY_KIND: dict[NoticeKind, LabelName] = {
    "correction": "correction",
    "clarification": "clarification",
    "update": "update",
    "editor's note": "note",
}
NOTICES = tuple(NOTICES_BY_KIND.values())


def find_labels(diff: Diff, changes: Sequence[BlockChange]) -> tuple[Label, ...]:
    """The labels of a diff with these changes, in the order of `LabelName`. Each has evidence."""
    if not changes:
        return ()
    versions = Versions(diff)
    few = _bounded(changes)
    judged = [*few, *moved_changes(diff)]
    of_figures = [each for each in figures_changed(judged, versions) if not each.is_stamp()]
    found: dict[LabelName, list[Found]] = {
        "figures": [each for each in of_figures if not each.sort],
        "names": _without_halves(list(names_changed(judged, versions))),
        "quotes": _without_halves(list(quotes_changed(judged, versions))),
        "meaning": [*_meaning(judged, versions), *(each for each in of_figures if each.sort)],
    }
    notices = list(_notices(few, versions))
    by_kind = kinds(few, found, [(name, each.after) for name, each in notices], versions.language)
    # A name with more words is no other one, and an exact amount says what was left open.
    precise = by_kind.get("precise", [])
    evidence: dict[LabelName, list[Evidence]] = {
        "headline": _of_kind(changes, "headline"),
        "standfirst": _of_kind(changes, "standfirst"),
        "byline": _of_kind(changes, "byline"),
        **{name: _evidence(items) for name, items in found.items()},
        "names": [
            each
            for each in _evidence(found["names"])
            if each not in precise and not is_said_in_full(each.before, each.after)
        ],
        "meaning": [each for each in _evidence(found["meaning"]) if each not in precise],
        "attribution": list(attribution(few, versions)),
        **{name: [each for kind, each in notices if kind == name] for name in NOTICES},
        "withdrawn": list(_withdrawn(few, versions)),
        **{name: by_kind[name] for name in KINDS if name in by_kind},
    }
    return tuple(Label(name, tuple(items)) for name, items in evidence.items() if items)


def _bounded(changes: Sequence[BlockChange]) -> Sequence[BlockChange]:
    """The changes that are judged: all, but of a text that no newsroom wrote."""
    left = _MOST_CHARACTERS
    few = []
    for n, change in enumerate(changes):
        if n < _MOST_CHANGES or n >= len(changes) - _LAST:
            size = sum(len(side.block.text) for side in change.before + change.after)
            if size <= left:
                left -= size
                few.append(change)
    return few


def _without_halves(items: list[Found]) -> list[Found]:
    """Without what only came or went in one place and gave way to another, or took its place, in
    another one."""
    pairs = [each.evidence for each in items if each.is_exchange]
    gone, come = ({getattr(pair, side) for pair in pairs} for side in ("before", "after"))
    return [
        each
        for each in items
        if each.is_exchange or not (each.evidence.before in gone or each.evidence.after in come)
    ]


def _evidence(items: Iterable[Found]) -> list[Evidence]:
    return [each.evidence for each in items]


def _of_kind(changes: Sequence[BlockChange], kind: str) -> list[Evidence]:
    return [
        Evidence(change.row, change.text_before(), change.text_after())
        for change in changes
        if change.kind == kind
    ]


def _meaning(changes: Sequence[BlockChange], versions: Versions) -> Iterator[Found]:
    """Where a word or two turned what a passage says."""
    for change in changes:
        for each in meanings(change, versions.language) if change.kind != "byline" else ():
            evidence = Evidence(change.row, each.before, each.after)
            yield Found(evidence, change, each.at, sort=each.sort)


def _notices(
    changes: Sequence[BlockChange], versions: Versions
) -> Iterator[tuple[LabelName, Evidence]]:
    """Added text that declares a correction, a clarification, an update or another change."""
    for change in changes:
        for piece, following in pairwise([*change.pieces, None]):
            if piece is None or piece.same or len(piece.after) <= _SHORTEST_NOTICE:
                continue
            if following and _goes_on(piece.after, following.after):
                continue
            if notice := _notice_in(piece.after, versions):
                evidence = Evidence(change.row, piece.before.strip(), piece.after.strip())
                yield NOTICES_BY_KIND[notice.kind], evidence


def _withdrawn(changes: Sequence[BlockChange], versions: Versions) -> Iterator[Evidence]:
    """Notices that were removed, in a version that keeps or adds none of the kind."""
    gone = [
        (notice, change.row)
        for change in changes
        for piece, following in pairwise([*change.pieces, None])
        if piece and not piece.same and len(piece.before) > _SHORTEST_NOTICE
        if not (following and _goes_on(piece.before, following.before))
        if (notice := _notice_in(piece.before, versions))
    ]
    if gone:
        after = versions.diff.after()
        kept = {notice.kind for block in after if (notice := _notice_in(block.text, versions))}
        yield from (Evidence(row, each.text, "") for each, row in gone if each.kind not in kept)


def _goes_on(bracket: str, following: str) -> bool:
    """Whether a sentence goes on after what stands in brackets: "(updates: weekly)"."""
    return bracket.lstrip()[:1] in ("(", "[") and following.lstrip()[:1].islower()


def _notice_in(text: str, versions: Versions) -> Notice | None:
    """The notice in a text; in a long one, at its beginning or its end."""
    if len(text) <= _LONG_NOTICE:
        return notice_of(text)
    ends = [text] if len(text) <= 2 * _NOTICE_ENDS else [text[:_NOTICE_ENDS], text[-_NOTICE_ENDS:]]
    return next(filter(None, (notice_of(end, versions.language) for end in ends)), None)
