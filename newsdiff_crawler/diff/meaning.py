"""Changes of a word or two that turn what a sentence says: a negation, an opposite, a charge, a
party, a title, and how sure the paper is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from newsdiff_crawler.diff.changes import BlockChange
from newsdiff_crawler.diff.figure_forms import VAGUE_WORDS
from newsdiff_crawler.diff.law import stage_of
from newsdiff_crawler.diff.lexicon import (
    CHARGES,
    DEGREES,
    HEDGED,
    HEDGES,
    OF_DEGREES,
    PARTIES,
    QUANTIFIERS,
    RANKS,
    SMALL_WORDS,
    SOLE,
    SUPERLATIVE,
    TITLES,
    nationality,
    negations,
)
from newsdiff_crawler.diff.model import Piece
from newsdiff_crawler.diff.opposites import OPPOSITES
from newsdiff_crawler.diff.roles import are_other_kin, are_two_offices, are_two_pronouns
from newsdiff_crawler.text import ends_as_sentence, words

Sort = Literal[
    "negation",
    "opposite",
    "charge",
    "party",
    "title",
    "hedge",
    "amount",
    "law",
    "scope",
    "nationality",
    "kin",
    "office",
    "pronoun",
]

_EXCHANGES: dict[Sort, frozenset[str]] = {"charge": CHARGES, "party": PARTIES, "title": TITLES}
_PARTY_LETTERS = re.compile(r"[A-ZÅÄÖ]{1,2}")
_MOST_WORDS = 4  # of a side: in more, one word has nothing to do with the other
_LONGEST = 60  # characters of a side
_THE_ONLY = ["the", "only"]
_VERB_STEM = 2  # letters that the forms of a verb have in common
_FAILED = re.compile(
    r"(?:(?:has|have|had|was|were)\s)?(?:fail(?:ed|s)|refused|declined|neglected|forgot|unable)"
    r"\sto\s(\w+)"
)
_DONE_IN_GERMAN = frozenset(["hat", "haben", "ist", "sind", "war", "wurde"])
_SAID_IN_GERMAN = frozenset(["soll", "sollen"])
_ELIDED = re.compile(r"\b([ldjnmtsc]|qu)'(?=\w)", re.IGNORECASE)
_NEXT_WORD = re.compile(r"[^\w\n]*\w+")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What turned, in the older and the newer words. ``at``: where these begin in the two texts of
    the change."""

    sort: Sort
    before: str
    after: str
    at: tuple[int, int]


def meanings(change: BlockChange, language: str) -> list[Meaning]:
    """What turned in a passage that both versions have, in order."""
    denied = negations(language)
    found = list(_found(change, denied))
    if any(each.sort == "negation" for each in found) and not _is_denied_anew(change, denied):
        return [each for each in found if each.sort != "negation"]
    return found


def noun_of(before: str, after: str) -> str:
    """What turned, in a word: "charge", "legal status", "party", "title", "office", "amount";
    "meaning" for all else."""
    old, new = _folded(before), _folded(after)
    if are_two_offices(old, new, "", "minister"):
        return "office"
    if not VAGUE_WORDS.isdisjoint(old + new) and len(old) == 1:
        return "amount"
    if _is_before_the_law(old, new):
        return "legal status"
    if not DEGREES.isdisjoint({*old} ^ {*new}):
        return "charge"
    found = (sort for sort, lexicon in _EXCHANGES.items() if _exchanged(old, new, lexicon))
    return next(found, "meaning")


def _found(change: BlockChange, denied: frozenset[str]) -> Iterator[Meaning]:
    i = j = 0
    for n, piece in enumerate(change.pieces if change.paired else ()):
        if not piece.same:
            beside = change.pieces[n - 1].after if n else "", _text_of(change.pieces[n + 1 : n + 2])
            if sort := _sort(piece, denied, *beside):
                yield Meaning(sort, *_shown(piece, change.pieces[n + 1 : n + 2]), (i, j))
        i, j = i + len(piece.before), j + len(piece.after)


def _text_of(found: Sequence[Piece]) -> str:
    return found[0].after if found else ""


def _is_denied_anew(change: BlockChange, denied: frozenset[str]) -> bool:
    """Whether a negation came or went, and did not only move or take other words."""
    before, after = (
        sum(word in denied and word != last for last, word in pairwise(["", *_folded(text)]))
        for text in change.texts()
    )
    return before != after


def _folded(text: str) -> list[str]:
    """The words, but for the month of May; those that French elides before a vowel apart."""
    found = words(_ELIDED.sub(r"\1' ", text.replace("’", "'")))
    return [word.casefold() for word in found if word != "May"]


def _with_stems(found: Sequence[str]) -> set[str]:
    """Words, and what they are without a genitive or a plural: "Mordes" is of "Mord"."""
    return {form for w in found for form in (w, w.removesuffix("s"), w.removesuffix("es"))}


def _sort(piece: Piece, denied: frozenset[str], before: str, after: str) -> Sort | None:
    """What sort of change a piece is, between what stands `before` and `after` it."""
    if max(len(piece.before), len(piece.after)) > _LONGEST:
        return None
    old, new = _folded(piece.before), _folded(piece.after)
    if max(len(old), len(new)) > _MOST_WORDS:
        return None
    for sort, lexicon in _EXCHANGES.items():
        if _exchanged(old, new, lexicon) and (sort != "title" or TITLES.issuperset(old + new)):
            return sort
    if _is_before_the_law(old, new):
        return "law"
    in_brackets = before.endswith("(") and after.startswith(")")
    if in_brackets and all(_PARTY_LETTERS.fullmatch(side) for side in piece[:2]):
        return "party"
    if len(old) == len(new) == 1 and QUANTIFIERS.issuperset(old + new) and old != new:
        return "amount"
    if are_other_kin(old, new):
        return "kin"
    if are_two_offices(old, new, before, after):
        return "office"
    if are_two_pronouns(old, new):
        return "pronoun"
    if _are_opposed(old, new, denied):
        return "opposite"
    if _are_of_two_countries(old, new):
        return "nationality"
    if ends_as_sentence(f"{piece.before} {piece.after}".strip()):
        return None
    if _came_or_went(old, new, DEGREES, OF_DEGREES):
        return "charge"
    if _came_or_went(old, new, denied):
        return "negation"
    if _came_or_went(old, new, RANKS) and SUPERLATIVE.match(after):
        return "scope"
    is_only = (old[:2] == _THE_ONLY) != (new[:2] == _THE_ONLY)
    if _came_or_went(old, new, SOLE) or (is_only and SMALL_WORDS.issuperset((*old[2:], *new[2:]))):
        return "scope"
    if _is_failed(old, new):
        return "opposite"
    is_hedge = _came_or_went(old, new, HEDGES) or _is_hedged(piece)
    return "hedge" if is_hedge else None


def _is_failed(old: Sequence[str], new: Sequence[str]) -> bool:
    """Whether what was done was not done on the other side: "told", "failed to tell"."""
    for one, other in ((old, new), (new, old)):
        failed = _FAILED.match(" ".join(other))
        if failed and one and one[-1][:1] == failed[1][:1] and not _FAILED.match(" ".join(one)):
            return True
    return False


def _is_hedged(piece: Piece) -> bool:
    """Whether the same verb is told as hearsay on one side: "jagades", "ska ha jagats"."""
    sides = [frozenset(words(side.casefold())) for side in piece[:2]]
    for one, other in (sides, sides[::-1]):
        if one and other and one <= _DONE_IN_GERMAN and other <= _SAID_IN_GERMAN:
            return True
    hedged = [HEDGED.match(side.strip().casefold()) for side in piece[:2]]
    if (hedged[0] is None) == (hedged[1] is None):
        return False
    old, new = (
        side[found.end() :] if found else side
        for side, found in zip((piece.before.strip(), piece.after.strip()), hedged, strict=True)
    )
    old, new = old.casefold().strip(), new.casefold().strip()
    return old[:_VERB_STEM] == new[:_VERB_STEM]


def _are_opposed(old: Sequence[str], new: Sequence[str], denied: frozenset[str]) -> bool:
    """Whether words are the opposite of each other; those that deny, only where the other side
    denies nothing: "was nothing" is "was not anything"."""
    for one in old:
        for other in new:
            if frozenset((one, other)) in OPPOSITES:
                denies = one in denied or other in denied
                return not denies or denied.isdisjoint(old) or denied.isdisjoint(new)
    return False


def _are_of_two_countries(old: Sequence[str], new: Sequence[str]) -> bool:
    """Whether one adjective of nationality gave way to another, and nothing else did."""
    if not len(old) == len(new) == 1:
        return False
    one, other = nationality(old[0]), nationality(new[0])
    return one is not None and other is not None and one != other


def _came_or_went(
    old: Sequence[str],
    new: Sequence[str],
    lexicon: frozenset[str],
    small: frozenset[str] = SMALL_WORDS,
) -> bool:
    """Whether a word of a lexicon came or went, alone or for a small word: "will" and "may"."""
    if lexicon.isdisjoint(old) == lexicon.isdisjoint(new) or "or" in (*old, *new):
        return False  # "whether or not to" is "whether to"
    rest = [[word for word in side if word not in lexicon] for side in (old, new)]
    telling = [[word for word in side if word not in SMALL_WORDS] for side in rest]
    is_same = telling[0] == telling[1] or rest[0] == rest[1]
    return is_same or (not all(rest) and small.issuperset(rest[0] + rest[1]))


def _is_before_the_law(old: Sequence[str], new: Sequence[str]) -> bool:
    """Whether somebody is at another stage: charged, convicted."""
    stages = stage_of(old), stage_of(new)
    return None not in stages and stages[0] != stages[1]


def _exchanged(old: Sequence[str], new: Sequence[str], lexicon: frozenset[str]) -> bool:
    """Whether a word of a lexicon gave way to another one of it."""
    gone, come = (lexicon.intersection(_with_stems(side)) for side in (old, new))
    return bool(gone and come) and gone.isdisjoint(come)


def _shown(piece: Piece, following: Sequence[Piece]) -> tuple[str, str]:
    """The words; with the next one that stayed, where one side has none."""
    before, after = piece.before, piece.after
    then = _NEXT_WORD.match(following[0].before) if following else None
    if then and not (before.strip() and after.strip()):
        before, after = before + then[0], after + then[0]
    return before.strip(), after.strip()
