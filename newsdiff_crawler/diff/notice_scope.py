"""What the notices of a change speak of: which alterations they make corrections."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass

from newsdiff_crawler.diff.found import Found
from newsdiff_crawler.diff.lexicon import OF_NOTICES
from newsdiff_crawler.diff.model import LabelName
from newsdiff_crawler.text import words

_TELLING = 4  # letters
_SHARED = 2  # telling words that a notice has of the sentence that it speaks of
_SAYS_MORE = 2  # telling words of a notice that says what was wrong
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


@dataclass(frozen=True, slots=True)
class NoticeScope:
    """What a notice says: its label, its telling words, and which sorts of things it names."""

    label: LabelName
    said: frozenset[str]
    sorts: frozenset[LabelName]

    @classmethod
    def of(cls, label: LabelName, text: str) -> NoticeScope:
        sorts = (sort for sort, pattern in _SORTS.items() if pattern.search(text))
        return cls(label, frozenset(_telling(text)), frozenset(sorts))


def after_notices(
    label: LabelName, item: Found, notices: Sequence[NoticeScope]
) -> LabelName | None:
    """What an alteration is, given the notices of its change: corrected where one speaks of it.
    Where a correction neither speaks of it nor of something else, nobody can tell: no kind."""
    changed = _telling(item.evidence.before) | _telling(item.evidence.after)
    around = set().union(*(_telling(each, names=False) for each, _ in item.sentences()))
    kinds = {_said_by(notice, label, changed, around) for notice in notices}
    return "corrected" if "corrected" in kinds else None if None in kinds else "altered"


def _said_by(
    notice: NoticeScope, label: LabelName, changed: Set[str], around: Set[str]
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
