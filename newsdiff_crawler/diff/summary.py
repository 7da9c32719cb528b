"""A diff in numbers, and in one sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from newsdiff_crawler.diff.align import RUNNING_TEXT
from newsdiff_crawler.diff.model import Diff, Edit, Row, SentenceCounts, Span, Summary
from newsdiff_crawler.diff.tokens import count_words
from newsdiff_crawler.items import ChangeCounts

_VERBS: tuple[Edit, ...] = ("added", "removed", "edited", "moved", "split", "merged")


def count_changes(diff: Diff) -> ChangeCounts:
    """Words and blocks by what became of them; what differs in looks only is not counted.

    A block that was split or merged counts as edited, if words in it changed.
    """
    edits = Counter(row.edit for row in _told(diff))
    return ChangeCounts(
        words_added=_words(span for row in diff.rows for side in row.after for span in side.spans),
        words_removed=_words(
            span for row in diff.rows for side in row.before for span in side.spans
        ),
        blocks_added=edits["added"],
        blocks_removed=edits["removed"],
        blocks_edited=edits["edited"] + edits["split"] + edits["merged"],
        blocks_moved=edits["moved"],
        title_changed=any(_kind(row) == "headline" for row in _told(diff)),
    )


def summarise(diff: Diff) -> Summary:
    """What changed, in numbers and in words."""
    return Summary(
        counts=count_changes(diff),
        sentences=SentenceCounts(),
        share=0.0,
        labels=(),
        sentence=_sentence(diff),
    )


def _told(diff: Diff) -> Iterator[Row]:
    """The rows that count: changed in more than looks, and what moved once."""
    for row in diff.rows:
        if row.edit != "same" and not row.cosmetic and (row.edit != "moved" or row.after):
            yield row


def _kind(row: Row) -> str:
    return (row.after or row.before)[0].block.kind


def _words(spans: Iterable[Span]) -> int:
    return sum(
        count_words(span.text) for span in spans if span.mark != "same" and not span.cosmetic
    )


def _sentence(diff: Diff) -> str:
    """One line of English: "Headline rewritten; 2 paragraphs added, 1 removed"."""
    rows = list(_told(diff))
    if not rows:
        changed = any(row.edit != "same" for row in diff.rows)
        return "Only punctuation, case or spacing changed" if changed else "Nothing changed"
    parts = [f"{kind} {_verb(row)}" for row in rows if (kind := _kind(row)) not in RUNNING_TEXT]
    edits = Counter(row.edit for row in rows if _kind(row) in RUNNING_TEXT)
    counted = [f"{edits[verb]} {verb}" for verb in _VERBS if edits[verb]]
    if counted:
        number, verb = counted[0].split()
        noun = "paragraph" if number == "1" else "paragraphs"
        parts.append(", ".join([f"{number} {noun} {verb}", *counted[1:]]))
    text = "; ".join(parts)
    return text[0].upper() + text[1:]


def _verb(row: Row) -> str:
    """What became of a headline, a standfirst, a byline or a caption."""
    return "rewritten" if row.edit == "edited" else row.edit
