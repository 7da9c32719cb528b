"""A diff in numbers, in labels, and in one sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from newsdiff_crawler.diff.align import RUNNING_TEXT
from newsdiff_crawler.diff.changes import BlockChange, changes
from newsdiff_crawler.diff.figures import figures
from newsdiff_crawler.diff.labels import find_labels
from newsdiff_crawler.diff.language import language_of
from newsdiff_crawler.diff.model import (
    ChangeSummary,
    DetailedSummary,
    Diff,
    Edit,
    Evidence,
    Label,
    LabelName,
    Side,
)
from newsdiff_crawler.diff.sentences import compare_sentences, count_sentences
from newsdiff_crawler.items import ChangeCounts
from newsdiff_crawler.text import count_words

_VERBS: tuple[Edit, ...] = ("added", "removed", "edited", "moved", "split", "merged")
_NOUNS: dict[LabelName, str] = {"figures": "figure", "quotes": "quotation", "names": "name"}
_LONGEST_SHOWN = 40  # characters of figures or names in the sentence


def count_changes(diff: Diff) -> ChangeCounts:
    """Words and blocks by what became of them. Cosmetic changes are not counted.

    A block that was split or merged counts as edited, if words in it changed.
    """
    return _count(list(changes(diff)))


def summarise_in_detail(diff: Diff) -> DetailedSummary:
    """What changed, with the counts of sentences."""
    short = summarise(diff)
    return DetailedSummary(
        counts=short.counts,
        share=short.share,
        labels=short.labels,
        sentence=short.sentence,
        sentences=count_sentences(compare_sentences(diff.before(), diff.after())),
    )


def summarise(diff: Diff) -> ChangeSummary:
    """What changed, without the counts of sentences."""
    changed = list(changes(diff))
    labels = find_labels(diff, changed)
    return ChangeSummary(_count(changed), _share(diff), labels, _sentence(diff, changed, labels))


def _count(changed: Sequence[BlockChange]) -> ChangeCounts:
    edits = Counter(change.edit for change in changed)
    return ChangeCounts(
        words_added=sum(_words(change.after) for change in changed),
        words_removed=sum(_words(change.before) for change in changed),
        blocks_added=edits["added"],
        blocks_removed=edits["removed"],
        blocks_edited=edits["edited"] + edits["split"] + edits["merged"],
        blocks_moved=edits["moved"],
        title_changed=any(change.kind == "headline" for change in changed),
    )


def _words(sides: Sequence[Side]) -> int:
    spans = (span for side in sides for span in side.spans)
    return sum(count_words(s.text) for s in spans if s.mark != "same" and not s.cosmetic)


def _share(diff: Diff) -> float:
    """Of the characters of both versions, those under a mark that is not cosmetic."""
    sides = [side for row in diff.rows for side in row.before + row.after]
    everything = sum(len(side.block.text) for side in sides)
    marked = sum(
        len(span.text)
        for side in sides
        for span in side.spans
        if span.mark != "same" and not span.cosmetic
    )
    return marked / everything if everything else 0.0


def _sentence(diff: Diff, changed: Sequence[BlockChange], labels: Iterable[Label]) -> str:
    """One line of English: "Headline rewritten; 2 paragraphs added, 1 removed"."""
    if not changed:
        cosmetic = any(row.edit != "same" for row in diff.rows)
        return "Only punctuation, case or spacing changed" if cosmetic else "Nothing changed"
    parts = [*_heads(changed), *_paragraphs(changed)]
    for label in labels:
        if label.name == "correction":
            parts.insert(0, "correction notice added")
        elif noun := _NOUNS.get(label.name):
            parts.append(_label_text(noun, label, language_of(diff.after())))
    text = "; ".join(parts)
    return text[0].upper() + text[1:]


def _heads(changed: Sequence[BlockChange]) -> list[str]:
    """What became of headline, standfirst, byline and captions, each named once."""
    edits = {c.kind: c.edit for c in reversed(changed) if c.kind not in RUNNING_TEXT}
    return [f"{kind} {_head_verb(kind, edit)}" for kind, edit in reversed(edits.items())]


def _head_verb(kind: str, edit: Edit) -> str:
    if edit != "edited":
        return edit
    return "rewritten" if kind in ("headline", "standfirst") else "changed"


def _paragraphs(changed: Sequence[BlockChange]) -> list[str]:
    edits = Counter(change.edit for change in changed if change.kind in RUNNING_TEXT)
    counted = [(verb, edits[verb]) for verb in _VERBS if edits[verb]]
    if not counted:
        return []
    (verb, number), *others = counted
    first = f"{number} {'paragraph' if number == 1 else 'paragraphs'} {verb}"
    return [", ".join([first, *(f"{number} {verb}" for verb, number in others)])]


def _label_text(noun: str, label: Label, language: str) -> str:
    """A label in the sentence: "a figure changed (12 → 14)", "3 quotations changed"."""
    items = list({(item.before, item.after): item for item in label.evidence}.values())
    if noun == "figure":
        items = list(
            {(_values(i.before, language), _values(i.after, language)): i for i in items}.values()
        )
    verbs = {_verb(item) for item in items}
    verb = verbs.pop() if len(verbs) == 1 else "changed"
    number = f"a {noun}" if len(items) == 1 else f"{len(items)} {noun}s"
    shown = ", ".join(" → ".join(filter(None, (i.before, i.after))) for i in items)
    if noun == "quotation" or len(shown) > _LONGEST_SHOWN:
        return f"{number} {verb}"
    return f"{number} {verb} ({shown})"


def _values(shown: str, language: str) -> tuple[object, ...]:
    return tuple((figure.value, figure.unit) for figure in figures(shown, language))


def _verb(item: Evidence) -> str:
    if item.before and item.after:
        return "changed"
    return "removed" if item.before else "added"
