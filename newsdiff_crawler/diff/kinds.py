"""What kind of change a passage is: developed, made precise, spelt anew, corrected with a note, or
altered in place. And which text only grew, or was rewritten.

After the fact, style and narrative updates of NewsEdits 2.0 (Spangher et al., arXiv 2411.18811), as
far as rules can tell them. One of these, *altered*, accuses in public: it is given where a settled
fact is another one in a sentence that otherwise stayed, and in doubt never.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from newsdiff_crawler.diff.align import RUNNING_TEXT
from newsdiff_crawler.diff.changes import BlockChange
from newsdiff_crawler.diff.figures import Figure
from newsdiff_crawler.diff.lexicon import ATTRIBUTIONS, OF_NOTICES, TIMESTAMPS, negations
from newsdiff_crawler.diff.meaning import Sort
from newsdiff_crawler.diff.model import Evidence, LabelName, Piece
from newsdiff_crawler.diff.names import is_respelling
from newsdiff_crawler.diff.progress import has_moved_on, is_future, is_known, is_open, moves
from newsdiff_crawler.text import ends_as_sentence, sentences, words

_STAYED = 0.6  # of a sentence's other words, kept: less, and it was written anew
_STAYED_IN_MEANING = 0.85  # where a word or two turned the sentence
_FEWEST_KEPT = 3  # words
_LONGEST_SENTENCE = 400  # characters around a passage that are read
_TELLING = 4  # letters
_SHARED = 2  # telling words that a notice has of the sentence that it speaks of
_SAYS_MORE = 2  # telling words of a notice that says what was wrong
_RANGE = re.compile(r"\s?(?:to|and|or|till|och|bis|und|à|[-–—])\s?[\d$£€]")
_MOST_JUDGED = 100  # passages of a diff
_MOST_NOTICES = 20  # of a diff
_SLOT = 3  # words that may give way together with a name, or be cut from a quotation
_QUOTE_KEPT = 0.6  # of a quotation's words: with fewer it is another quotation
# The sorts of things that notices say were wrong.
_SORTS: dict[LabelName, re.Pattern[str]] = {
    "names": re.compile(
        r"\b(?:names?|named|misnamed|spell\w*|misspel\w*|misidentif\w*|location|headquarters|town"
        r"|namn\w*|namnet|ort\w*|stavat|felstav\w*|name[ns]?|nom|nombre|nome)\b",
        re.IGNORECASE,
    ),
    "figures": re.compile(
        r"\b(?:figures?|numbers?|amounts?|sums?|sizes?|costs?|prices?|years?|dates?|ages?|percent\w*"
        r"|totals?|times?|siffra\w*|siffror\w*|årtal\w*|summa\w*|antal\w*|datum\w*|ålder\w*|zahl\w*"
        r"|jahr\w*|alter|preis\w*|chiffres?|ann[ée]es?|âge|nombre|prix|cifra|año|fecha)\b",
        re.IGNORECASE,
    ),
    "quotes": re.compile(r"\b(?:quot\w*|misquot\w*|citat\w*|zitat\w*|citations?)\b", re.IGNORECASE),
}
_REWRITTEN = 0.5  # of the characters of both sides, gone and come
_SHORTEST_REWRITTEN = {"headline": 15, "standfirst": 30, "paragraph": 40}  # characters
_GREW = 25  # characters: fewer are no sentence
_SHORTEST_SPELT = 4  # letters
_SMALL = 3  # letters of a word that may be missing from a quotation by mistake
_STAMPED = 20  # characters before a date in which a word such as "updated" makes it a stamp
_QUOTING = tuple("\"'“”‘’„«»")  # after one of these, a capital makes no name
_BESIDE = 15  # characters in which a name has its verb of speech
_MISSPELT = 0.75  # of the letters of two spellings of one word, the same
_STEM = 0.45  # of the longer of two words: what two forms of one begin with
KINDS: tuple[LabelName, ...] = (
    "corrected", "altered", "developed", "precise", "spelling", "grew", "rewritten",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """Evidence, and what it is made of. ``at``: where its words begin in the older and the newer
    text of `change`. ``sort``: of a change of meaning."""

    evidence: Evidence
    change: BlockChange
    at: tuple[int, int]
    piece: Piece | None = None
    figures: tuple[Figure, Figure] | None = None
    sort: Sort | None = None

    @property
    def is_exchange(self) -> bool:
        """Whether words gave way to others, in a passage that both versions have."""
        return self.change.paired and bool(self.evidence.before and self.evidence.after)

    def sentences(self) -> tuple[str, str]:
        """Those in which the words begin, of the older and of the newer text."""
        before, after = self.change.texts()
        return _sentence(before, self.at[0]), _sentence(after, self.at[1])


def kinds(
    changes: Sequence[BlockChange],
    found: Mapping[LabelName, Sequence[Found]],
    notices: Sequence[tuple[LabelName, str]],
    language: str,
) -> dict[LabelName, list[Evidence]]:
    """The passages of a diff by the kind of change that they are; what is none is left out.
    `notices`: the texts in which the newer version says what was changed, each with its label."""
    texts = {text for _, text in notices}
    told = [_Notice.of(name, text) for name, text in notices[:_MOST_NOTICES]]
    by_kind: dict[LabelName, list[Evidence]] = {}
    for label, items in found.items():
        for item in items[:_MOST_JUDGED]:
            kind = _kind(label, item, language)
            if kind == "altered" and told:
                kind = _after_notices(label, item, told)
            if kind:
                by_kind.setdefault(kind, []).append(item.evidence)
    for change in changes:
        for kind, evidence in () if change.text_after() in texts else _kinds_of_text(change):
            by_kind.setdefault(kind, []).append(evidence)
    return by_kind


def _kind(label: LabelName, item: Found, language: str) -> LabelName | None:
    """The kind of an exchange; None for what came or went alone, or with its whole sentence."""
    if not item.is_exchange:
        return None
    if label == "quotes":  # headlines quote in short, and shorten otherwise as they like
        is_headline = item.change.kind == "headline"
        return None if is_headline else _kind_of_quotation(item.evidence, language)
    before, after = item.sentences()
    if not _stayed(before, after, item):
        return None
    if label == "figures":
        return _kind_of_figure(item, before, after, language)
    if label == "meaning":
        return _kind_of_meaning(item, before, after)
    return _kind_of_name(item)


@dataclass(frozen=True, slots=True)
class _Notice:
    """What a notice says: its label, its telling words, and which sorts of things it names."""

    label: LabelName
    said: frozenset[str]
    sorts: frozenset[LabelName]

    @classmethod
    def of(cls, label: LabelName, text: str) -> _Notice:
        sorts = (sort for sort, pattern in _SORTS.items() if pattern.search(text))
        return cls(label, frozenset(_telling(text)), frozenset(sorts))


def _after_notices(label: LabelName, item: Found, notices: Sequence[_Notice]) -> LabelName | None:
    """What an alteration is, given the notices of its change: corrected where one speaks of it.
    Where a correction neither speaks of it nor of something else, nobody can tell: no kind."""
    changed = _telling(item.evidence.before) | _telling(item.evidence.after)
    around = set().union(*(_telling(each, names=False) for each in item.sentences()))
    kinds = {_said_by(notice, label, changed, around) for notice in notices}
    return "corrected" if "corrected" in kinds else None if None in kinds else "altered"


def _said_by(
    notice: _Notice, label: LabelName, changed: Set[str], around: Set[str]
) -> LabelName | None:
    """What one notice makes of an alteration. It speaks of it if it has its words, or two of its
    sentence that are no names; or the sort of thing that it is, and of no other sort."""
    if not notice.said.isdisjoint(changed):
        return "corrected"
    if notice.sorts and label not in notice.sorts:
        return "altered"
    is_update = notice.label == "update"
    says_little = len(notice.said) < _SAYS_MORE or (notice.sorts and not is_update)
    if says_little or len(notice.said & around) >= _SHARED:
        return "corrected"
    return "altered" if is_update else None


def _telling(text: str, *, names: bool = True) -> set[str]:
    """Words that tell what a text is about: long ones, and figures; those with a capital, which
    may be names, only where they are wanted."""
    found = [w.casefold() for w in words(text) if names or not w[0].isupper()]
    return {w for w in found if (len(w) >= _TELLING and w not in OF_NOTICES) or w[0].isdigit()}


def _sentence(text: str, at: int) -> str:
    """The sentence of a text in which a passage begins."""
    start = max(0, at - _LONGEST_SENTENCE, text.rfind("\n", 0, at) + 1)
    around = text[start : at + _LONGEST_SENTENCE].partition("\n")[0]
    here = 0
    for sentence in sentences(around):
        here = around.find(sentence, here) + len(sentence)
        if start + here > at:
            return sentence
    return around


def _stayed(before: str, after: str, item: Found) -> bool:
    """Whether a sentence is the same one but for the passage."""
    old, new = _counted(before), _counted(after)
    old -= _counted(item.evidence.before)
    new -= _counted(item.evidence.after)
    kept, longer = (old & new).total(), max(old.total(), new.total())
    if item.change.kind == "headline":
        return kept == longer > 0
    if item.sort:
        return kept >= _STAYED_IN_MEANING * longer > 0
    fewest = 1 if item.change.kind in ("subheading", "caption") else _FEWEST_KEPT
    return kept >= min(fewest, longer) and kept >= _STAYED * longer > 0


def _counted(text: str) -> Counter[str]:
    return Counter(words(text.casefold().replace("’", "'")))


def _kind_of_figure(item: Found, before: str, after: str, language: str) -> LabelName | None:
    assert item.figures
    old, new = item.figures
    if new.narrows(old):
        return "precise"
    if "vague" in (old.kind, new.kind) or (old.kind == "age") != (new.kind == "age"):
        return None
    if old.loose or new.loose or _is_range(item) or _is_shortened(old, new) or _is_stamp(item):
        return None
    if has_moved_on(old, new, before, after, language):
        return "developed"
    is_amount = old.family == new.family == "amount"
    return None if is_amount and not is_known(language) else "altered"


def _is_range(item: Found) -> bool:
    """Whether a figure begins a range, whose unit stands after the other end."""
    assert item.figures
    sides = zip(item.change.texts(), item.figures, strict=True)
    return any(_RANGE.match(text, figure.end) for text, figure in sides)


def _is_stamp(item: Found) -> bool:
    """Whether a date only says when the text, or a part of it, was updated."""
    around = (
        text[max(0, at - _STAMPED) : at]
        for text, at in zip(item.change.texts(), item.at, strict=True)
    )
    return all(not TIMESTAMPS.isdisjoint(words(each.casefold())) for each in around)


def _is_shortened(old: Figure, new: Figure) -> bool:
    """Whether one is the other in short: the 50s and the 1950s."""
    short, long = sorted((re.sub(r"\D", "", each.shown) for each in (old, new)), key=len)
    return len(short) == 2 and len(long) == 4 and long.endswith(short)


def _kind_of_meaning(item: Found, before: str, after: str) -> LabelName | None:
    """Only what turned a settled statement; that something became more or less sure is none,
    and who bears a title may have won it."""
    if item.sort in ("hedge", "title"):
        return None
    moved = item.sort == "opposite" and (moves(before) or moves(after) or _is_state(item))
    came_true = (is_future(before) and not is_future(after)) or (
        is_open(before) and not is_open(after)
    )
    return "developed" if moved or came_true else "altered"


def _is_state(item: Found) -> bool:
    """Whether an opposite is what somebody or something is, has done or does now: the world may
    have turned it."""
    text, at = item.change.text_after(), item.at[1]
    before = words(text[max(0, at - _STAMPED) : at].casefold())[-1:]
    return before in (["is"], ["are"], ["has"], ["have"]) or item.evidence.after.endswith("poses")


def _kind_of_name(item: Found) -> LabelName | None:
    old, new = item.evidence.before, item.evidence.after
    if is_respelling(old, new) or _is_one_name(old, new):
        return "spelling"
    one, other = _counted(old), _counted(new)
    if one <= other:
        return "precise"
    if not one & other and all(map(_is_source, (old, new), item.change.texts(), item.at)):
        return "developed"
    if other <= one or _are_forms(one, other) or not _is_in_its_place(item):
        return None
    return "altered"


def _is_in_its_place(item: Found) -> bool:
    """Whether none of two names is the first word of what is quoted, and both are sure."""
    sides = zip(item.change.texts(), item.at, strict=True)
    return item.piece is not None and not any(text.endswith(_QUOTING, 0, at) for text, at in sides)


def _is_source(name: str, text: str, at: int) -> bool:
    """Whether a name is that of whoever says so: "according to AFP", "AFP reports"."""
    around = text[max(0, at - _BESIDE) : at + len(name) + _BESIDE]
    return not ATTRIBUTIONS.isdisjoint(words(around.casefold()))


def _is_one_name(old: str, new: str) -> bool:
    """Whether two names are one, cut otherwise or short for the other.

    >>> _is_one_name("Ewa Mari Ek", "Ewamari Ek"), _is_one_name("Sthlm", "Stockholm")
    (True, True)
    """
    one, other = ("".join(filter(str.isalnum, name.casefold())) for name in (old, new))
    short, long = sorted((one, other), key=len)
    if short == long or len(short) < _SHORTEST_SPELT:
        return short == long
    letters = iter(long)
    return short[0] == long[0] and short[-1] == long[-1] and all(c in letters for c in short)


def _kind_of_quotation(evidence: Evidence, language: str) -> LabelName | None:
    """Other words of the same quotation. One that was cut, or quoted at more length, is none, and
    neither is one whose grammar was put right."""
    old, new = _counted(evidence.before), _counted(evidence.after)
    kept = (old & new).total()
    if kept < _QUOTE_KEPT * max(old.total(), new.total()):
        return None
    gone, come = old - new, new - old
    if max(gone.total(), come.total()) > _SLOT and not (gone and come):
        return None  # cut, or quoted at more length
    denied = negations(language)
    if gone.keys() & denied != come.keys() & denied:
        return "altered"
    telling = [[word for word in side if len(word) >= _SHORTEST_SPELT] for side in (gone, come)]
    if not all(telling) or _are_forms(*map(Counter, telling)):
        return "spelling" if _is_one_name(*map("".join, (gone, come))) else None
    return "altered"


def is_put_right(before: str, after: str, language: str) -> bool:
    """Whether a quotation only has a word spelt otherwise, or won or lost a small one: an error in
    writing, and no other words.

    >>> is_put_right("They recieve no mony.", "They receive no money.", "en")
    True
    >>> is_put_right("We will never pay.", "We will pay.", "en")
    False
    """
    old, new = _counted(before), _counted(after)
    gone, come = list((old - new).elements()), list((new - old).elements())
    if gone and sorted("".join(gone)) == sorted("".join(come)):
        return True  # fundraising, fund-raising
    if (not gone and not come) or not negations(language).isdisjoint([*gone, *come]):
        return False
    for word in gone:
        alike = next((other for other in come if _is_form(word, other)), None)
        if alike is None and len(word) > _SMALL:
            return False
        if alike is not None:
            come.remove(alike)
    return len(come) <= 1 and all(len(word) <= _SMALL for word in come)


def _are_forms(gone: Counter[str], come: Counter[str]) -> bool:
    """Whether each word that went is a form or a spelling of one that came, or the other way."""
    fewer, more = sorted((gone - come, come - gone), key=len)
    return all(any(_is_form(one, other) for other in more) for one in fewer)


def _is_form(one: str, other: str) -> bool:
    """Whether two words begin alike, or differ by a letter or two."""
    short, long = sorted((one, other), key=len)
    stem = short[: max(_SHORTEST_SPELT, round(_STEM * len(long)))]
    begin_alike = len(stem) >= _SHORTEST_SPELT and long.startswith(stem)
    misspelt = one[:_SMALL] == other[:_SMALL] and OSA.normalized_similarity(one, other) >= _MISSPELT
    return begin_alike or misspelt or OSA.distance(one, other, score_cutoff=1) <= 1


def _is_spelling(old: str, new: str) -> bool:
    """Whether a word is another one with a letter or two put right; no other form of it.

    >>> _is_spelling("recieve", "receive"), _is_spelling("walk", "walks")
    (True, False)
    """
    if min(len(old), len(new)) < _SHORTEST_SPELT or old[0] != new[0] or not (old + new).isalpha():
        return False
    if old[-1] != new[-1] or old.startswith(new) or new.startswith(old):
        return False
    return OSA.distance(old, new, score_cutoff=2) <= (2 if len(old) > 2 * _SHORTEST_SPELT else 1)


def _kinds_of_text(change: BlockChange) -> Iterator[tuple[LabelName, Evidence]]:
    """What can be told without a look at facts: text that only grew, was rewritten or spelt."""
    before, after = change.texts()
    if not change.after or not (change.before or change.kind in RUNNING_TEXT):
        return
    differing = [piece for piece in change.pieces if not piece.same and not piece.cosmetic]
    if change.before and _is_rewritten(change, differing):
        yield "rewritten", Evidence(change.row, before, after)
        return
    for piece in differing:
        old, new = piece.before.strip(), piece.after.strip()
        is_sentence = ends_as_sentence(new) or piece.after == after
        if not old and len(new) >= _GREW and is_sentence:
            yield "grew", Evidence(change.row, "", new)
        elif _is_spelling(old, new) and old.islower():
            yield "spelling", Evidence(change.row, old, new)


def _is_rewritten(change: BlockChange, differing: Sequence[Piece]) -> bool:
    gone = sum(len(piece.before) for piece in differing)
    come = sum(len(piece.after) for piece in differing)
    old, new = map(len, change.texts())
    shortest = _SHORTEST_REWRITTEN.get(change.kind, _SHORTEST_REWRITTEN["paragraph"])
    return min(old, new) >= shortest and gone > _REWRITTEN * old and come > _REWRITTEN * new
