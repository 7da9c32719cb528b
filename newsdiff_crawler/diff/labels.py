"""What sort of thing a diff changed, with the passages that show it.

Rules over words, no model: each label can be checked by eye against its evidence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import zip_longest

from newsdiff_crawler.diff.changes import BlockChange
from newsdiff_crawler.diff.figures import Figure, figures, may_have_figures, pair_figures
from newsdiff_crawler.diff.found import Found
from newsdiff_crawler.diff.kinds import KINDS, kinds
from newsdiff_crawler.diff.language import guess, language_of
from newsdiff_crawler.diff.lexicon import ATTRIBUTIONS, SPEECH_VERBS
from newsdiff_crawler.diff.meaning import meanings
from newsdiff_crawler.diff.model import Diff, Evidence, Label, LabelName, Piece
from newsdiff_crawler.diff.names import KnownNames, Name
from newsdiff_crawler.diff.notices import Notice, NoticeKind, notice_of
from newsdiff_crawler.diff.quotations import Quotation, quotations
from newsdiff_crawler.diff.same_name import is_other_form, is_respelling, is_said_in_full
from newsdiff_crawler.diff.spelling import is_put_right
from newsdiff_crawler.items import Block
from newsdiff_crawler.text import count_words, words

_PHRASE = 80  # characters; in longer pieces, one figure has nothing to do with the other
_SHORTEST_NOTICE = 5  # characters
_LONG_NOTICE = 500  # characters beyond which a notice is looked for in the article's language only
_NOTICE_ENDS = 1500  # characters
_SUCCEEDS = 0.4  # of a quotation's words, in the one that took its place
_SLOT = 1  # word that may give way together with a name
_TIGHT = 3  # words in which a word such as "one" or "most" is a figure
_AROUND = 50  # characters around a change in which its figures are looked for
_MOST_COMPARED = 500  # changed passages of a diff in which figures are looked for
_SAYING = ATTRIBUTIONS | SPEECH_VERBS
NOTICES_BY_KIND: dict[NoticeKind, LabelName] = {
    "correction": "correction",
    "clarification": "clarification",
    "update": "update",
    "editor's note": "note",
}
NOTICES = tuple(NOTICES_BY_KIND.values())


class _Versions:
    """Both versions of a diff, as evidence is looked for in them."""

    def __init__(self, diff: Diff) -> None:
        self.diff = diff
        self._said: dict[str, dict[str, Quotation]] = {}

    def said(self, text: str) -> dict[str, Quotation]:
        """The quotations of a text by their words; remembered, for most are in both versions."""
        if text not in self._said:
            self._said[text] = {quoted.said: quoted for quoted in self._quoted(text)}
        return self._said[text]

    def _quoted(self, text: str) -> Iterator[Quotation]:
        """Line by line, with their places in the whole."""
        at = 0
        for line in text.split("\n"):
            for quoted in quotations(line, self.language):
                yield replace(quoted, start=at + quoted.start, end=at + quoted.end)
            at += len(line) + 1

    @cached_property
    def language(self) -> str:
        return language_of(self.diff.after()) or language_of(self.diff.before())

    def language_in(self, change: BlockChange) -> str:
        """The language of a change: that of the article, unless its own words tell another."""
        return guess(change.text_after() or change.text_before(), self.language)

    @cached_property
    def before(self) -> KnownNames:
        return KnownNames(_text(self.diff.before()), self.language)

    @cached_property
    def after(self) -> KnownNames:
        return KnownNames(_text(self.diff.after()), self.language)


def find_labels(diff: Diff, changes: Sequence[BlockChange]) -> tuple[Label, ...]:
    """The labels of a diff with these changes, in the order of `LabelName`. Each has evidence."""
    if not changes:
        return ()
    versions = _Versions(diff)
    found: dict[LabelName, list[Found]] = {
        "figures": list(_figures(changes, versions)),
        "names": list(_names(changes, versions)),
        "quotes": list(_quotes(changes, versions)),
        "meaning": list(_meaning(changes, versions)),
    }
    notices = list(_notices(changes, versions))
    by_kind = kinds(
        changes, found, [(name, each.after) for name, each in notices], versions.language
    )
    said_in_full = by_kind.get("precise", [])  # a name with more words is no other one
    evidence: dict[LabelName, list[Evidence]] = {
        "headline": _of_kind(changes, "headline"),
        "standfirst": _of_kind(changes, "standfirst"),
        "byline": _of_kind(changes, "byline"),
        **{name: _evidence(items) for name, items in found.items()},
        "names": [each for each in _evidence(found["names"]) if each not in said_in_full],
        "attribution": list(_attribution(changes)),
        **{name: [each for kind, each in notices if kind == name] for name in NOTICES},
        **{name: by_kind[name] for name in KINDS if name in by_kind},
    }
    return tuple(Label(name, tuple(items)) for name, items in evidence.items() if items)


def _evidence(items: Iterable[Found]) -> list[Evidence]:
    return [each.evidence for each in items]


def _of_kind(changes: Sequence[BlockChange], kind: str) -> list[Evidence]:
    return [
        Evidence(change.row, change.text_before(), change.text_after())
        for change in changes
        if change.kind == kind
    ]


def _figures(changes: Sequence[BlockChange], versions: _Versions) -> Iterator[Found]:
    """Where one figure gave way to another, in a passage that is not altogether new."""
    left = _MOST_COMPARED
    for change in changes:
        apart: tuple[list[Figure], list[Figure]] = ([], [])
        for place, piece in _short_pieces(change):
            language = versions.language_in(change) if left else ""
            may_have = any(may_have_figures(side, language) for side in piece[:2])
            if not left or not (may_have or place.follows_digit()):
                continue
            left -= 1
            sides = list(place.sides(piece))
            gone, come = (_figures_at(*side, language) for side in sides)
            if bool(gone) != bool(come):  # of a figure, the unit alone may be another
                gone, come = (_figures_at(*side, language, before=2) for side in sides)
            pairs = list(pair_figures(gone, come)) or _digits_for_digits(piece, gone, come)
            yield from (_found_figure(change, old, new) for old, new in pairs)
            if not pairs:
                apart[0].extend(gone)
                apart[1].extend(come)
        for old, new in pair_figures(*map(_ages, apart)):
            yield _found_figure(change, old, new)


def _found_figure(change: BlockChange, old: Figure, new: Figure) -> Found:
    evidence = Evidence(change.row, old.shown, new.shown)
    return Found(evidence, change, (old.start, new.start), figures=(old, new))


def _digits_for_digits(
    piece: Piece, gone: Sequence[Figure], come: Sequence[Figure]
) -> list[tuple[Figure, Figure]]:
    """Figures of which nothing but the digits changed, whatever they are: "May 31" and "May 32"."""
    digits = piece.before.strip().isdecimal() and piece.after.strip().isdecimal()
    if digits and len(gone) == len(come) == 1 and not gone[0].same_as(come[0]):
        return [(gone[0], come[0])]
    return []


def _ages(found: Iterable[Figure]) -> list[Figure]:
    """Ages, which stand before or after whose they are: "a man in his 20s", "a 26-year-old"."""
    return [figure for figure in found if figure.kind == "age"]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a piece stands in the older and in the newer text of a change."""

    before: str
    after: str
    i: int
    j: int

    def follows_digit(self) -> bool:
        """Whether a digit stands before it, of which it may be the unit."""
        return self.before[max(0, self.i - 2) : self.i].rstrip()[-1:].isdigit()

    def sides(self, piece: Piece) -> Iterator[tuple[str, int, int, int]]:
        """Of each side: what stands around the piece, where that begins in the text, and where in
        it the piece begins and ends."""
        for text, at, size in (
            (self.before, self.i, len(piece.before)),
            (self.after, self.j, len(piece.after)),
        ):
            start = max(0, at - _AROUND)
            start = text.find(" ", start, at) + 1 if start else 0
            yield text[start : at + size + _AROUND], start, at - start, at - start + size


def _short_pieces(change: BlockChange) -> Iterator[tuple[_Place, Piece]]:
    """The changed pieces that are no longer than a phrase, and where they stand."""
    before, after = change.text_before(), change.text_after()
    i = j = 0
    for piece in change.pieces:
        if not piece.same and not _is_long(piece):
            yield _Place(before, after, i, j), piece
        i, j = i + len(piece.before), j + len(piece.after)


def _figures_at(
    text: str, offset: int, start: int, end: int, language: str, before: int = 0
) -> list[Figure]:
    """The figures that a changed passage touches, by their places in the whole; loose ones only if
    it is short. ``before``: characters between it and a figure that stands before it."""
    tight = len(text[start:end].split()) <= _TIGHT
    return [
        replace(figure, start=offset + figure.start, end=offset + figure.end)
        for figure in figures(text, language)
        if figure.start < end and start < figure.end + before and (tight or not figure.loose)
    ]


def _names(changes: Sequence[BlockChange], versions: _Versions) -> Iterator[Found]:
    """Where one name gave way to another, and names that the other version does not have."""
    for change in changes:
        if change.kind != "byline" and any(_has_capital(piece) for piece in change.pieces):
            yield from _names_in(change, versions)


def _has_capital(piece: Piece) -> bool:
    changed = piece.before + piece.after
    return not piece.same and changed != changed.lower()


def _names_in(change: BlockChange, versions: _Versions) -> Iterator[Found]:
    gone, come = _names_by_piece(change, versions)
    pairs: dict[tuple[Name | None, Name | None], int] = {}  # each with the piece where it is first
    for n in sorted(gone.keys() | come.keys()):
        piece = change.pieces[n]
        old, new = _of_piece(piece, gone.get(n, ()), come.get(n, ()))
        if not change.paired or _is_long(piece) or not _take_places(piece, old, new):
            found = [*((name, None) for name in old), *((None, name) for name in new)]
        else:
            found = list(zip_longest(old, new))
        for pair in found:
            pairs.setdefault(pair, n)
    for (before, after), n in pairs.items():
        if evidence := _name_evidence(before, after, versions):
            at = (before.start if before else 0, after.start if after else 0)
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
    if not piece.before.strip():
        old = [name for name in old if any(is_said_in_full(name.shown, n.shown) for n in new)]
    if not piece.after.strip():
        new = [name for name in new if any(is_said_in_full(name.shown, n.shown) for n in old)]
    return old, new


def _take_places(piece: Piece, gone: Sequence[Name], come: Sequence[Name]) -> bool:
    """Whether names stand in the places of others: with few words beside them in a piece."""
    sides = zip(piece[:2], (gone, come), strict=True)
    return all(
        count_words(side) <= sum(count_words(name.shown) for name in names) + _SLOT
        for side, names in sides
    )


def _shown(names: Iterable[Name]) -> set[str]:
    return {name.shown for name in names}


def _name_evidence(
    old: Name | None, new: Name | None, versions: _Versions
) -> tuple[str, str] | None:
    """A name in the place of another, if one of them is new to its article or they are one name in
    two spellings; a name that came or went, if the other version has it nowhere."""
    gone = old is not None and not old.doubtful and not versions.after.knows(old.shown)
    come = new is not None and not new.doubtful and not versions.before.knows(new.shown)
    if old and new:
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


def _is_same(old: str, new: str) -> bool:
    """Whether two names are of the same thing, and the newer one says no more of it."""
    return is_other_form(old, new) and not is_said_in_full(old, new)


_NamesByPiece = dict[int, list[Name]]


def _names_by_piece(
    change: BlockChange, versions: _Versions
) -> tuple[_NamesByPiece, _NamesByPiece]:
    """The names that changed pieces touch, by the piece's index: of the older and newer text."""
    before, after = change.texts()
    old, new = zip(*((piece.before, piece.after) for piece in change.pieces), strict=True)
    changed = [not piece.same for piece in change.pieces]
    return (
        _touched(versions.before.names(before), old, changed),
        _touched(versions.after.names(after), new, changed),
    )


def _touched(names: Sequence[Name], parts: Sequence[str], changed: Sequence[bool]) -> _NamesByPiece:
    """Of names in order, those in each part of their text that changed; those that adjoin it where
    it is blank."""
    touched: _NamesByPiece = {}
    at = first = 0
    for n, part in enumerate(parts):
        end = at + len(part)
        room = 0 if part.strip() else 1
        while first < len(names) and names[first].end + room <= at:
            first += 1
        k = first
        while changed[n] and k < len(names) and names[k].start < end + room:
            touched.setdefault(n, []).append(names[k])
            k += 1
        at = end
    return touched


def _quotes(changes: Sequence[BlockChange], versions: _Versions) -> Iterator[Found]:
    """Quotations that the other version does not have in the same words, or has without marks."""
    quoted = [
        (change, versions.said(change.text_before()), versions.said(change.text_after()))
        for change in changes
    ]
    if all(old.keys() == new.keys() for _, old, new in quoted):
        return
    said_before, said_after = (
        {said for block in blocks for said in versions.said(block.text)}
        for blocks in (versions.diff.before(), versions.diff.after())
    )
    for change, old, new in quoted:
        gone = [old[said] for said in old if said not in said_after]
        come = [new[said] for said in new if said not in said_before]
        for before, after in _successors(gone, come):
            if before and after and is_put_right(before.said, after.said, versions.language):
                continue
            evidence = Evidence(change.row, *_quote_evidence(before, after, change))
            at = (before.start if before else 0, after.start if after else 0)
            yield Found(evidence, change, at)


def _successors(
    gone: Sequence[Quotation], come: Sequence[Quotation]
) -> Iterator[tuple[Quotation | None, Quotation | None]]:
    """Quotations in order, each with the one in its place if that has words of it."""
    for before, after in zip_longest(gone, come):
        if before and after and not _is_successor(before.said, after.said):
            yield before, None
            yield None, after
        else:
            yield before, after


def _is_successor(old: str, new: str) -> bool:
    one, other = set(words(old.casefold())), set(words(new.casefold()))
    return len(one & other) >= _SUCCEEDS * min(len(one), len(other))


def _quote_evidence(
    old: Quotation | None, new: Quotation | None, change: BlockChange
) -> tuple[str, str]:
    """What is shown of a quotation and its successor. One that only lost or won its marks is shown
    with them, beside the bare words."""
    if old and new:
        return old.shown, new.shown
    quoted = old or new
    assert quoted
    text, other = change.texts() if old else change.texts()[::-1]
    bare = quoted.shown.rstrip(".,")
    if quoted.marked and bare in other:
        line = next(line for line in text.split("\n") if quoted.shown in line)
        at = line.index(quoted.shown)
        shown = (line[at - 1 : at + len(quoted.shown) + 1], bare)
    else:
        shown = (quoted.shown, "")
    return shown if old else (shown[1], shown[0])


def _meaning(changes: Sequence[BlockChange], versions: _Versions) -> Iterator[Found]:
    """Where a word or two turned what a passage says."""
    for change in changes:
        for each in meanings(change, versions.language) if change.kind != "byline" else ():
            evidence = Evidence(change.row, each.before, each.after)
            yield Found(evidence, change, each.at, sort=each.sort)


def _attribution(changes: Sequence[BlockChange]) -> Iterator[Evidence]:
    """Where the source of a statement, or the verb, changed inside a sentence that stayed."""
    for change in changes:
        for piece in change.pieces if change.paired else ():
            if piece.same or _is_long(piece):
                continue
            if _is_sentence(piece.before) or _is_sentence(piece.after):
                continue
            old, new = words(piece.before.casefold()), words(piece.after.casefold())
            if _SAYING.intersection(old) != _SAYING.intersection(new):
                yield Evidence(change.row, piece.before.strip(), piece.after.strip())


def _is_long(piece: Piece) -> bool:
    return max(len(piece.before), len(piece.after)) > _PHRASE


def _is_sentence(text: str) -> bool:
    """Whether a text begins and ends as a sentence does."""
    letters = text.lstrip(" \"'“‘«„(")
    return letters[:1].isupper() and letters.rstrip(" \"'”’»)")[-1:] in (".", "!", "?")


def _notices(
    changes: Sequence[BlockChange], versions: _Versions
) -> Iterator[tuple[LabelName, Evidence]]:
    """Added text that declares a correction, a clarification, an update or another change."""
    for change in changes:
        for piece in change.pieces:
            if piece.same or len(piece.after) <= _SHORTEST_NOTICE:
                continue
            if notice := _notice_in(piece.after, versions):
                evidence = Evidence(change.row, piece.before.strip(), piece.after.strip())
                yield NOTICES_BY_KIND[notice.kind], evidence


def _notice_in(added: str, versions: _Versions) -> Notice | None:
    """The notice in added text; in a long one, at its beginning or its end."""
    if len(added) <= _LONG_NOTICE:
        return notice_of(added)
    ends = (
        [added] if len(added) <= 2 * _NOTICE_ENDS else [added[:_NOTICE_ENDS], added[-_NOTICE_ENDS:]]
    )
    return next(filter(None, (notice_of(end, versions.language) for end in ends)), None)


def _text(blocks: Sequence[Block]) -> str:
    return "\n".join(block.text for block in blocks)
