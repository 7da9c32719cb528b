"""A diff in numbers, in labels, and in one sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

from newsdiff_crawler.diff.align import RUNNING_TEXT
from newsdiff_crawler.diff.changes import (
    BlockChange,
    changes,
    is_cut_anew,
    moved_places,
    moved_sentences,
)
from newsdiff_crawler.diff.figures import figures
from newsdiff_crawler.diff.labels import NOTICES_BY_KIND, find_labels
from newsdiff_crawler.diff.language import language_of
from newsdiff_crawler.diff.meaning import noun_of
from newsdiff_crawler.diff.model import (
    ChangeSummary,
    DetailedSummary,
    Diff,
    Edit,
    Evidence,
    Label,
    LabelName,
    Side,
    Span,
)
from newsdiff_crawler.diff.notice_phrases import NoticeKind
from newsdiff_crawler.diff.notices import notice_of
from newsdiff_crawler.diff.sentences import compare_sentences, count_sentences
from newsdiff_crawler.items import ChangeCounts
from newsdiff_crawler.text import count_of, count_words

_VERBS: tuple[Edit, ...] = ("added", "removed", "edited", "moved", "split", "merged")
_NOUNS: dict[LabelName, str] = {
    "figures": "figure",
    "quotes": "quotation",
    "names": "name",
}
# What is said of a figure or a name of which more is known than that it changed.
_TOLD_AS: dict[LabelName, str] = {
    "precise": "made precise",
    "spelling": "spelt otherwise",
    "corrected": "corrected",
}
_LONGEST_SHOWN = 40  # characters of figures or names in the sentence
_LONGEST_LINE = 99  # characters
_GREW = 2  # times as many paragraphs as before: that it grew says more than how many came
_FEWEST = 3  # paragraphs of a text of which it is said that it was rewritten
_REWRITTEN = 0.6  # of the words before, gone
_LONGEST_WORD = 20  # characters, space included, on average in any language


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
        sentences=count_sentences(compare_sentences(diff.before(), diff.after(), diff.alphabet)),
    )


def summarise(diff: Diff) -> ChangeSummary:
    """What changed, without the counts of sentences."""
    changed = list(changes(diff))
    labels = find_labels(diff, changed)
    counts = _count(changed)
    sentence = _sentence(diff, changed, labels, counts.words_removed)
    return ChangeSummary(counts, _share(diff), labels, sentence)


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
    return sum(count_words(s.text) for s in spans if _differs(s))


def _differs(span: Span) -> bool:
    return span.mark in ("removed", "added") and not span.cosmetic


def _share(diff: Diff) -> float:
    """Of the characters of both versions, those under a mark that is not cosmetic."""
    sides = [side for row in diff.rows for side in row.before + row.after]
    everything = sum(len(side.block.text) for side in sides)
    marked = sum(len(span.text) for side in sides for span in side.spans if _differs(span))
    return marked / everything if everything else 0.0


def _sentence(
    diff: Diff, changed: Sequence[BlockChange], labels: Iterable[Label], removed: int
) -> str:
    """One line of English, the weightiest first: "Figure altered: 1987 → 1978; 2 paragraphs
    added"."""
    if not changed:
        cosmetic = [row for row in diff.rows if row.edit != "same"]
        if cosmetic and all(map(is_cut_anew, cosmetic)):
            return "Only the ends of paragraphs changed"
        return "Only punctuation, case or spacing changed" if cosmetic else "Nothing changed"
    by_name = {label.name: label for label in labels}
    told = {(item.before, item.after) for item in _evidence(by_name, "altered")}
    parts = [*_notices(by_name), *_altered(by_name, told), *_turned(by_name, told)]
    parts += [*_whole(diff, removed), *_exchanged(by_name, told, language_of(diff.after()))]
    parts += _in_words(by_name, "developed", "now told")
    parts += _in_words(by_name, "precise", "made precise")
    parts += [*_heads(changed), *_paragraphs(changed), *_sentences(diff), *_others(by_name, told)]
    parts += _in_words(by_name, "spelling", "spelling put right")
    return _fitted(parts)


def _evidence(by_name: Mapping[LabelName, Label], name: LabelName) -> tuple[Evidence, ...]:
    return by_name[name].evidence if name in by_name else ()


def _fitted(parts: Sequence[str]) -> str:
    """The parts that make a line, the first before all others; what is too long is left out."""
    line = parts[0]
    for part in parts[1:]:
        if len(line) + len(part) + 2 <= _LONGEST_LINE:
            line += f"; {part}"
    return line[0].upper() + line[1:]


def _notices(by_name: Mapping[LabelName, Label]) -> Iterator[str]:
    for kind, name in NOTICES_BY_KIND.items():
        if name in by_name:
            yield f"{_called(kind)} added"
    for item in _evidence(by_name, "withdrawn")[:1]:
        notice = notice_of(item.before)
        yield f"{_called(notice.kind) if notice else 'notice'} removed"


def _called(kind: NoticeKind) -> str:
    return kind if kind == "editor's note" else f"{kind} notice"


def _altered(by_name: Mapping[LabelName, Label], told: Set[tuple[str, str]]) -> Iterator[str]:
    """What was altered in place, each sort with its first passage."""
    for name in ("meaning", *_NOUNS):
        items = [i for i in _evidence(by_name, name) if (i.before, i.after) in told]
        if items:
            first = items[0]
            noun = _NOUNS.get(name) or noun_of(first.before, first.after)
            yield f"{noun} altered: {_shown(first)}{_and_more(items)}"


def _turned(by_name: Mapping[LabelName, Label], told: Set[tuple[str, str]]) -> Iterator[str]:
    """What else is meant now, by its first passage."""
    items = [i for i in _evidence(by_name, "meaning") if (i.before, i.after) not in told]
    for first in items[:1]:
        noun = noun_of(first.before, first.after)
        yield f"{noun} changed: {_shown(first)}{_and_more(items)}"


def _exchanged(
    by_name: Mapping[LabelName, Label], told: Set[tuple[str, str]], language: str
) -> Iterator[str]:
    """Figures and names that gave way to others, each sort with its first."""
    sorts = {
        (item.before, item.after): said
        for kind, said in _TOLD_AS.items()
        for item in _evidence(by_name, kind)
    }
    of_figures = _evidence(by_name, "figures")
    precise = [i for i in _evidence(by_name, "precise") if i not in of_figures]
    others: dict[LabelName, list[Evidence]] = {
        "figures": [i for i in precise if figures(i.after, language)],
        "names": [i for i in precise if _is_name(i) and not figures(i.after, language)],
    }
    for name, more in others.items():
        items = [*(i for i in _evidence(by_name, name) if _is_exchange(i)), *more]
        items = [i for i in _distinct(items, language) if (i.before, i.after) not in told]
        if items:
            said = sorts.get((items[0].before, items[0].after), "changed")
            yield f"{_NOUNS[name]} {said}: {_shown(items[0])}{_and_more(items)}"


def _in_words(by_name: Mapping[LabelName, Label], kind: LabelName, said: str) -> Iterator[str]:
    """What neither a figure nor a name tells of a kind: "will vote" became "voted"."""
    told = {
        (i.before, i.after)
        for name in ("figures", "names", "meaning", "quotes", "attribution")
        for i in _evidence(by_name, name)
    }
    items = [i for i in _evidence(by_name, kind) if (i.before, i.after) not in told]
    items = [i for i in items if i.after and not _is_name(i) and not _is_sentence(i)]
    if items:
        yield f"{said}: {_shown(items[0])}{_and_more(items)}"


def _is_name(item: Evidence) -> bool:
    return bool(item.before) and all(side[:1].isupper() for side in (item.before, item.after))


def _is_sentence(item: Evidence) -> bool:
    return max(len(item.before), len(item.after)) > _LONGEST_SHOWN


def _is_exchange(item: Evidence) -> bool:
    return bool(item.before and item.after)


def _distinct(items: Iterable[Evidence], language: str) -> list[Evidence]:
    """Without those that say again what another does: 12 → 31 and twelve → thirty-one."""
    values = {(_values(i.before, language), _values(i.after, language)): i for i in items}
    return list(values.values())


def _others(by_name: Mapping[LabelName, Label], told: Set[tuple[str, str]]) -> Iterator[str]:
    """Quotations, names that came or went, and who says so."""
    quotes = [i for i in _evidence(by_name, "quotes") if (i.before, i.after) not in told]
    names = [i for i in _evidence(by_name, "names") if not _is_exchange(i)]
    for noun, items in (("quotation", quotes), ("name", names)):
        if items:
            yield _label_text(noun, items)
    for first in _evidence(by_name, "attribution")[:1]:
        yield (
            f"attribution changed: {_shown(first)}"
            if _is_exchange(first)
            else f"attribution {_verb(first)}: {(first.before or first.after).strip(' ,')}"
        )


def _and_more(items: Sequence[Evidence]) -> str:
    return "" if len(items) == 1 else f" and {len(items) - 1} more"


def _shown(item: Evidence) -> str:
    """A passage before and after; of a long one, from the words that differ on."""
    if len(item.before) + len(item.after) <= _LONGEST_SHOWN:
        return " → ".join(" ".join(side.split()) for side in (item.before, item.after))
    old, new = item.before.split(), item.after.split()
    same = next((n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), 0)
    lead = "…" if same else ""
    return " → ".join(f"“{lead}{_cut(' '.join(side[same:]))}”" for side in (old, new))


def _cut(text: str) -> str:
    half = _LONGEST_SHOWN // 2
    return text if len(text) <= half else f"{text[:half].rsplit(' ', 1)[0]}…"


def _whole(diff: Diff, removed: int) -> Iterator[str]:
    """What became of the text altogether, if it was rewritten or grew to twice its paragraphs;
    given how many words were removed."""
    before, after = (
        sum(block.kind in RUNNING_TEXT for block in side) for side in (diff.before(), diff.after())
    )
    if before and after >= _GREW * before and after - before > 2 and not removed:
        yield f"grew from {before} to {count_of(after, 'paragraph')}"
    elif before >= _FEWEST and _is_mostly_gone(diff, removed):
        yield "rewritten"


def _is_mostly_gone(diff: Diff, removed: int) -> bool:
    texts = [block.text for block in diff.before()]
    if removed * _LONGEST_WORD < sum(map(len, texts)):  # spares most diffs the count
        return False
    return removed > _REWRITTEN * sum(map(count_words, texts))


def _heads(changed: Sequence[BlockChange]) -> list[str]:
    """What became of headline, standfirst, byline and captions, each named once."""
    edits = {c.kind: c.edit for c in reversed(changed) if c.kind not in RUNNING_TEXT}
    return [f"{kind} {_head_verb(kind, edit)}" for kind, edit in reversed(edits.items())]


def _head_verb(kind: str, edit: Edit) -> str:
    if edit != "edited":
        return edit
    return "rewritten" if kind in ("headline", "standfirst") else "changed"


def _paragraphs(changed: Sequence[BlockChange]) -> list[str]:
    edits = Counter(change.edit for change in changed if _is_of_paragraphs(change))
    counted = [(verb, edits[verb]) for verb in _VERBS if edits[verb]]
    if not counted:
        return []
    (verb, number), *others = counted
    first = f"{count_of(number, 'paragraph')} {verb}"
    return [", ".join([first, *(f"{number} {verb}" for verb, number in others)])]


def _is_of_paragraphs(change: BlockChange) -> bool:
    moves_sentences = change.edit == "moved" and moved_sentences(change.after) > 0
    return change.kind in RUNNING_TEXT and not moves_sentences


def _sentences(diff: Diff) -> Iterator[str]:
    moved = sum(moved_sentences(row.after) for row in diff.rows)
    if moved:
        ways = {
            (place > n) - (place < n)
            for n, row in enumerate(diff.rows)
            for place in moved_places(row.after)
        }
        way = {1: " up", -1: " down", 0: ""}[ways.pop()] if len(ways) == 1 else ""
        yield f"{moved} {'sentence' if moved == 1 else 'sentences'} moved{way}"


def _label_text(noun: str, evidence: Sequence[Evidence]) -> str:
    """A label in the sentence: "a name added (Ulf Berg)", "3 quotations changed"."""
    items = list({(item.before, item.after): item for item in evidence}.values())
    verbs = {_verb(item) for item in items}
    verb = verbs.pop() if len(verbs) == 1 else "changed"
    number = f"a {noun}" if len(items) == 1 else f"{len(items)} {noun}s"
    shown = ", ".join(i.before or i.after for i in items)
    if noun == "quotation" or len(shown) > _LONGEST_SHOWN:
        return f"{number} {verb}"
    return f"{number} {verb} ({shown})"


def _values(shown: str, language: str) -> tuple[object, ...]:
    """What a passage says in figures; of one that has none, its words."""
    return tuple((each.value, each.unit) for each in figures(shown, language)) or (shown,)


def _verb(item: Evidence) -> str:
    if item.before and item.after:
        return "changed"
    return "removed" if item.before else "added"
