"""Where one name gave way to another, and names that only one version has."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, zip_longest

from newsdiff_crawler.diff.changes import BlockChange
from newsdiff_crawler.diff.found import Found, sentence_at
from newsdiff_crawler.diff.lexicon import TITLES
from newsdiff_crawler.diff.model import Evidence, Piece
from newsdiff_crawler.diff.names import Name
from newsdiff_crawler.diff.places import is_long
from newsdiff_crawler.diff.same_name import is_other_form, is_respelling, is_said_in_full
from newsdiff_crawler.diff.spelling import counted, is_telling
from newsdiff_crawler.diff.versions import Versions
from newsdiff_crawler.text import count_words, words

_FEWEST_KEPT = 3  # words of a sentence that is the same but for a name
_ROLE_AND_NAME = 3  # words
_NEAR_LINK = 2  # words before a name in which the word is that links it: "of the maker Alfa"
_SLOT = 1  # word that may give way together with a name
_NAMED = re.compile(r"\s[A-ZÀ-Þ][^\W\d_]+,?\s?$")


def names_changed(changes: Sequence[BlockChange], versions: Versions) -> Iterator[Found]:
    """Where one name gave way to another, and names that the other version does not have."""
    for change in changes:
        if change.kind != "byline" and any(_has_capital(piece) for piece in change.pieces):
            yield from _names_in(change, versions)


def _has_capital(piece: Piece) -> bool:
    changed = piece.before + piece.after
    return not piece.same and changed != changed.lower()


def _names_in(change: BlockChange, versions: Versions) -> Iterator[Found]:
    gone, come = _names_by_piece(change, versions)
    pairs: dict[tuple[Name | None, Name | None], int] = {}  # each with the piece where it is first
    for n in sorted(gone.keys() | come.keys()):
        piece = change.pieces[n]
        old, new = _of_piece(piece, gone.get(n, ()), come.get(n, ()))
        is_place = _take_places(piece, old, new) or (
            _is_of_somebody(change, n) and _are_of_one_link(piece, old, new)
        )
        if not change.paired or is_long(piece) or not is_place:
            found = [*((name, None) for name in old), *((None, name) for name in new)]
        else:
            found = list(zip_longest(old, new))
        for pair in found:
            pairs.setdefault(pair, n)
    for (before, after), n in pairs.items():
        at = (before.start if before else 0, after.start if after else 0)
        evidence = _name_evidence(before, after, versions)
        if evidence is None and before and after and _is_only_change(change, n, before, after):
            evidence = before.shown, after.shown
        if before and after and evidence and versions.are_one(before.shown, after.shown):
            continue
        if evidence:
            sure = before and after and not before.doubtful and not after.doubtful
            in_place = change.pieces[n] if sure else None
            yield Found(Evidence(change.row, *evidence), change, at, in_place)


def _of_piece(
    piece: Piece, gone: Sequence[Name], come: Sequence[Name]
) -> tuple[list[Name], list[Name]]:
    """The names that a piece touches and both sides do not have. What only adjoins a blank side
    counts where the other side has it with more words: "Berg" beside "Ulf" that came."""
    kept = _shown(gone) & _shown(come)
    old = [name for name in gone if name.shown not in kept]
    new = [name for name in come if name.shown not in kept]
    if _is_blank(piece.before):
        old = [name for name in old if any(is_said_in_full(name.shown, n.shown) for n in new)]
    if _is_blank(piece.after):
        new = [name for name in new if any(is_said_in_full(name.shown, n.shown) for n in old)]
    return old, new


def _take_places(piece: Piece, gone: Sequence[Name], come: Sequence[Name]) -> bool:
    """Whether names stand in the places of others: with few words beside them in a piece."""
    sides = zip(piece[:2], (gone, come), strict=True)
    return all(
        count_words(side) <= sum(count_words(name.shown) for name in names) + _SLOT
        for side, names in sides
    )


def _is_of_somebody(change: BlockChange, n: int) -> bool:
    """Whether what stands right before a piece is a name: it tells who somebody is."""
    return n > 0 and _NAMED.search(change.pieces[n - 1].after) is not None


def _are_of_one_link(piece: Piece, gone: Sequence[Name], come: Sequence[Name]) -> bool:
    """Whether a piece ends in one name on both sides, behind the same small word: "director of
    Alfa", "who is in charge of the sales of Beta"."""
    if not len(gone) == len(come) == 1:
        return False
    links = []
    for side, (name,) in zip(piece[:2], (gone, come), strict=True):
        before, found, after = side.rpartition(name.shown)
        small = [w for w in words(before.casefold())[-_NEAR_LINK:] if not is_telling(w)]
        links.append(small[-1:] if found and not words(after) else [])
    return links[0] == links[1] != []


def _is_blank(part: str) -> bool:
    """Whether no word of a name is in a part of a text: a title at most."""
    return part.strip(" .").lower() in ("", *TITLES)


def _shown(names: Iterable[Name]) -> set[str]:
    return {name.shown for name in names}


def _name_evidence(
    old: Name | None, new: Name | None, versions: Versions
) -> tuple[str, str] | None:
    """A name in the place of another, if one of them is new to its article or they are one name in
    two spellings; a name that came or went, if the other version has it nowhere."""
    gone = old is not None and not old.doubtful and not versions.after.knows(old.shown)
    come = new is not None and not new.doubtful and not versions.before.knows(new.shown)
    if old and new:
        if _differ_in_role(old, new):
            return None
        respelled = is_respelling(old.shown, new.shown) and not (old.doubtful and new.doubtful)
        if not respelled and _is_same(old.shown, new.shown):
            return None
        if gone or come or respelled:
            return (
                old.shown if respelled or not old.doubtful else "",
                new.shown if respelled or not new.doubtful else "",
            )
    elif gone and old:
        return old.shown, ""
    elif come and new:
        return "", new.shown
    return None


def _differ_in_role(old: Name, new: Name) -> bool:
    """Whether only the first of three words or more is another one, as where somebody's role stands
    at a sentence's head: "Inventor Peter Madsen", "Suspect Peter Madsen"."""
    one, other = old.shown.split(), new.shown.split()
    return old.opens and new.opens and len(one) > _ROLE_AND_NAME - 1 and one[1:] == other[1:]


def _is_only_change(change: BlockChange, n: int, old: Name, new: Name) -> bool:
    """Whether one name gave way to another, both of which may stand elsewhere in the article, in a
    sentence that is the same but for them; or for what they are, in a word: "Olaus Petri church"
    """
    if change.kind == "headline" or old.doubtful or new.doubtful:
        return False
    if is_other_form(old.shown, new.shown) or _differ_in_role(old, new):
        return False
    before, after = (
        sentence_at(text, name.start)[0]
        for text, name in zip(change.texts(), (old, new), strict=True)
    )
    piece = change.pieces[n]
    gone, come = counted(old.shown), counted(new.shown)
    if _opens_with(piece.before, old) and _opens_with(piece.after, new):
        gone, come = counted(piece.before), counted(piece.after)
    rest = counted(before) - gone
    return rest.total() >= _FEWEST_KEPT and rest == counted(after) - come


def _opens_with(side: str, name: Name) -> bool:
    """Whether a side of a piece is a name within a sentence, and what it is: no capital follows."""
    rest = side.removeprefix(name.shown)
    return rest != side and not name.opens and rest == rest.lower()


def _is_same(old: str, new: str) -> bool:
    """Whether two names are of the same thing, and the newer one says no more of it."""
    return is_other_form(old, new) and not is_said_in_full(old, new)


_NamesByPiece = dict[int, list[Name]]


def _names_by_piece(change: BlockChange, versions: Versions) -> tuple[_NamesByPiece, _NamesByPiece]:
    """The names that changed pieces touch, by the piece's index: of the older and newer text."""
    before, after = change.texts()
    old, new = zip(*((piece.before, piece.after) for piece in change.pieces), strict=True)
    changed = [not piece.same for piece in change.pieces]
    return (
        _touched(versions.before.names(before, _changed(old, changed)), old, changed),
        _touched(versions.after.names(after, _changed(new, changed)), new, changed),
    )


def _changed(parts: Sequence[str], changed: Sequence[bool]) -> list[tuple[int, int]]:
    """From where to where each part of a text goes that changed, and what adjoins it."""
    ends = list(accumulate(map(len, parts), initial=0))
    return [(ends[n] - 1, ends[n + 1] + 1) for n in range(len(parts)) if changed[n]]


def _touched(names: Sequence[Name], parts: Sequence[str], changed: Sequence[bool]) -> _NamesByPiece:
    """Of names in order, those in each part of their text that changed; those that adjoin it where
    it is blank."""
    touched: _NamesByPiece = {}
    at = first = 0
    for n, part in enumerate(parts):
        end = at + len(part)
        room = 0 if not _is_blank(part) else 2 if part.strip() else 1  # a space behind a title
        while first < len(names) and names[first].end + room <= at:
            first += 1
        k = first
        while changed[n] and k < len(names) and names[k].start < end + room:
            touched.setdefault(n, []).append(names[k])
            k += 1
        at = end
    return touched
