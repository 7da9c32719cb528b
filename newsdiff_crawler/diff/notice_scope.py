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
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_SAYS_MORE = 2  # telling words of a notice that says what was wrong
# The sorts of things that notices say were wrong.
_SORTS: dict[LabelName, re.Pattern[str]] = {
    "names": re.compile(
        r"\b(?:names?|named|misnamed|spell\w*|misspel\w*|misidentif\w*|location|headquarters|town"
        r"|cit(?:y|ies)|countr(?:y|ies)|places?|\w*namn\w*|namnet|ort\w*|stavat|felstav\w*|name[ns]?|nom|nombre|nome)\b",
        re.IGNORECASE,
    ),
    "quotes": re.compile(r"\b(?:quot\w*|misquot\w*|citat\w*|zitat\w*|citations?)\b", re.IGNORECASE),
}
# ... and the figures of each kind; "" is any.
_FIGURES: dict[str, re.Pattern[str]] = {
    kind: re.compile(rf"\b(?:{words})\b", re.IGNORECASE | re.VERBOSE)
    for kind, words in {
        "": r"""figures? | numbers? | totals? | siffr\w+ | antal\w* | zahl\w* | chiffres? | cifras?
            | número\w* | numero | cijfers? | sizes? | percent\w* | amounts?""",
        "date": r"""years? | dates? | days? | decade | century | \w*årtal\w* | \w{2,}år | år | året
            | datum\w* | \w*jahr\w* | tag | ann[ée]es? | date | año | fecha | anno | data | jaar
            | ano | dagen""",
        "age": r"ages? | aged | old | ålder\w* | alter | âge | edad | età | leeftijd | idade",
        "money": r"""costs? | prices? | sums? | salar\w+ | wages? | budget | pris\w* | summa\w*
            | kostnad\w* | preis\w* | kosten | prix | montant | precio | coste | prezzo | prijs""",
        "measure": r"""lengths? | heights? | widths? | weights? | distances? | depth | speed | area
            | längd\w* | höjd\w* | vikt\w* | avstånd\w* | länge | höhe | breite | gewicht | longueur
            | hauteur | altura | longitud | altezza | lunghezza | lengte | hoogte""",
        "score": r"scores? | result\w* | ergebnis | marcador",
        "time": r"times? | hours? | tid\w* | klockslag\w* | uhrzeit | heure | hora | ora | tijd",
    }.items()
}


@dataclass(frozen=True, slots=True)
class NoticeScope:
    """What a notice says: its label, its telling words, which sorts of things it names, and which
    kinds of figures."""

    label: LabelName
    said: frozenset[str]
    sorts: frozenset[LabelName]
    figures: frozenset[str]

    @classmethod
    def of(cls, label: LabelName, text: str) -> NoticeScope:
        sorts = {sort for sort, pattern in _SORTS.items() if pattern.search(text)}
        figures = {kind for kind, pattern in _FIGURES.items() if pattern.search(text)}
        if figures:
            sorts.add("figures")
        return cls(label, frozenset(_telling(text)), frozenset(sorts), frozenset(figures))

    def is_of_another_sort(self, item: _Alteration) -> bool:
        """Whether it names sorts of things, and none that an alteration is of."""
        if item.label != "figures" or "" in self.figures or not self.figures:
            return bool(self.sorts) and item.label not in self.sorts
        return self.figures.isdisjoint(item.figures)


def after_notices(
    altered: Sequence[tuple[LabelName, Found]], notices: Sequence[NoticeScope]
) -> list[LabelName | None]:
    """What each alteration is, given the notices of its change: corrected where one speaks of it.
    Where a correction neither speaks of it nor of something else, nobody can tell: no kind."""
    found = [_Alteration.of(*each) for each in altered]
    kinds = [set[LabelName | None]() for _ in found]
    for notice in notices:
        named = [_is_named(notice, each) for each in found]
        for n, each in enumerate(found):
            kinds[n].add("corrected" if named[n] else _said_by(notice, each, any(named)))
    return [
        "corrected" if "corrected" in each else None if None in each else "altered"
        for each in kinds
    ]


@dataclass(frozen=True, slots=True)
class _Alteration:
    """Its label, its telling words, those of its sentences that are no names, and the kinds of its
    figures."""

    label: LabelName
    changed: Set[str]
    around: Set[str]
    figures: Set[str]

    @classmethod
    def of(cls, label: LabelName, item: Found) -> _Alteration:
        changed = _telling(item.evidence.before) | _telling(item.evidence.after)
        sentences = (_telling(each, names=False) for each, _ in item.sentences())
        figures = {
            "date" if _YEAR.fullmatch(each.shown) else each.kind for each in item.figures or ()
        }
        return cls(label, changed, set[str]().union(*sentences), figures)


def are_told(item: Found, notices: Sequence[NoticeScope]) -> bool:
    """Whether a correction tells both sides of an exchange: what stood there and what is right."""
    old, new = _telling(item.evidence.before), _telling(item.evidence.after)
    return any(
        notice.label == "correction" and (old - new) & notice.said and (new - old) & notice.said
        for notice in notices
    )


def _is_named(notice: NoticeScope, item: _Alteration) -> bool:
    """Whether a notice has the words of an alteration; or two of its sentence, and no other sort of
    thing."""
    if not notice.said.isdisjoint(item.changed):
        return True
    is_of_sort = not notice.is_of_another_sort(item)
    return is_of_sort and len(notice.said & item.around) >= _SHARED


def _said_by(notice: NoticeScope, item: _Alteration, names_another: bool) -> LabelName | None:
    """What a notice makes of an alteration that it does not name: it speaks of it if it says no
    more than that something was put right, or of things of its sort, and names no other one."""
    if names_another or notice.is_of_another_sort(item):
        return "altered"
    is_update = notice.label == "update"
    if len(notice.said) < _SAYS_MORE or (notice.sorts and not is_update):
        return "corrected"
    return "altered" if is_update else None


def _telling(text: str, *, names: bool = True) -> set[str]:
    """Words that tell what a text is about: long ones, and figures; those with a capital, which
    may be names, only where they are wanted."""
    found = [w.casefold() for w in words(text) if names or not w[0].isupper()]
    return {w for w in found if (len(w) >= _TELLING and w not in OF_NOTICES) or w[0].isdigit()}
