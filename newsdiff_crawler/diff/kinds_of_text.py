"""What can be told of a change without a look at names, figures and quotations: text that only grew
or was rewritten, a spelling put right, what was to come and has come, a word that says more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from newsdiff_crawler.diff.align import RUNNING_TEXT
from newsdiff_crawler.diff.changes import BlockChange
from newsdiff_crawler.diff.found import sentence_at
from newsdiff_crawler.diff.language import guess
from newsdiff_crawler.diff.lexicon import HEDGED, HEDGES
from newsdiff_crawler.diff.model import Evidence, LabelName, Piece
from newsdiff_crawler.diff.progress import is_future
from newsdiff_crawler.diff.spelling import counted, is_spelling
from newsdiff_crawler.text import ends_as_sentence, words

_REWRITTEN = 0.5  # of the characters of both sides, gone and come
_SHORTEST_REWRITTEN = {"headline": 15, "standfirst": 30, "paragraph": 40}  # characters
_GREW = 25  # characters: fewer are no sentence
_FEW = 6  # words of a phrase that gave way to another
_STAYED = 0.6  # of the other words of its sentence
_LONGEST = 60  # characters of a phrase
_SHORTEST_NOUN = 4  # letters of one that a compound ends in
_SHORTEST_MORE = 3  # letters before it
# Languages that write compounds in one word.
_COMPOUNDING = frozenset({"de", "sv", "da", "no", "nl", "fi"})
_ANYBODY = frozenset(["person", "persona", "personne", "pessoa", "persoon", "osoba", "someone"])
_SOMEBODY_TEXT = """
    man woman boy girl teenager child driver cyclist pedestrian motorcyclist passenger pensioner
    kvinna pojke flicka tonåring barn förare cyklist fotgängare motorcyklist passagerare
    mann frau junge mädchen fahrer fahrerin radfahrer fußgänger fußgängerin kind jugendlicher
    homme femme garçon fille conducteur conductrice cycliste piéton enfant adolescent
    hombre mujer niño niña conductor conductora ciclista peatón joven uomo donna ragazzo ragazza
    homem mulher vrouw jongen meisje mand kvinde kvinne gutt jente mężczyzna kobieta
"""
_SOMEBODY = frozenset(_SOMEBODY_TEXT.split())
_MODAL_TEXT = """
    can could should would must may might kan kunde skulle får fick bör måste vill att kann können
    könnte sollte muss darf peut pourrait doit puede podría debe
"""
_MODAL = frozenset(_MODAL_TEXT.split())


def kinds_of_text(change: BlockChange, language: str) -> Iterator[tuple[LabelName, Evidence]]:
    """The kinds of a change, with its passages."""
    before, after = change.texts()
    if not change.after or not (change.before or change.kind in RUNNING_TEXT):
        return
    differing = [piece for piece in change.pieces if not piece.same and not piece.cosmetic]
    if change.before and _is_rewritten(change, differing):
        yield "rewritten", Evidence(change.row, before, after)
        return
    i = j = 0
    for piece in change.pieces:
        if not piece.same and not piece.cosmetic:
            kind = _kind(change, piece, (i, j), language)
            if kind:
                yield kind, Evidence(change.row, piece.before.strip(), piece.after.strip())
        i, j = i + len(piece.before), j + len(piece.after)


def _kind(
    change: BlockChange, piece: Piece, at: tuple[int, int], language: str
) -> LabelName | None:
    before, after = change.texts()
    old, new = piece.before.strip(), piece.after.strip()
    if not old:
        is_sentence = ends_as_sentence(new) or piece.after == after
        return "grew" if len(new) >= _GREW and is_sentence else None
    if max(len(old), len(new)) > _LONGEST:
        return None
    language = guess(after, language)
    may_have_capitals = language == "de" or change.kind == "headline"
    if _is_put_right(old, new, may_have_capitals):
        return "spelling"
    if not new:
        return "spelling" if _is_said_twice(old, before, at[0], len(piece.before)) else None
    kind: LabelName | None = None
    if _came_true(old, new, language):
        kind = "developed"
    elif _says_more(words(old), words(new), language):
        kind = "precise"
    return kind if kind and change.before and _is_kept(piece, before, after, at) else None


def _is_rewritten(change: BlockChange, differing: Sequence[Piece]) -> bool:
    gone = sum(len(piece.before) for piece in differing)
    come = sum(len(piece.after) for piece in differing)
    old, new = map(len, change.texts())
    shortest = _SHORTEST_REWRITTEN.get(change.kind, _SHORTEST_REWRITTEN["paragraph"])
    return min(old, new) >= shortest and gone > _REWRITTEN * old and come > _REWRITTEN * new


def _is_put_right(old: str, new: str, may_have_capitals: bool) -> bool:
    """Whether each word is the same or spelt anew. A capital may make a name of it."""
    one, other = old.split(), new.split()
    if len(one) != len(other) or not (old.islower() or may_have_capitals):
        return False
    pairs = [(a.lower(), b.lower()) for a, b in zip(one, other, strict=True) if a != b]
    return bool(pairs) and all(is_spelling(a, b) for a, b in pairs)


def _is_said_twice(gone: str, text: str, at: int, size: int) -> bool:
    """Whether a word went that stood there twice: "the the"."""
    beside = text[max(0, at - _LONGEST) : at].split()[-1:], text[at + size :][:_LONGEST].split()[:1]
    return gone.isalpha() and gone.islower() and [gone] in beside


def _is_kept(piece: Piece, before: str, after: str, at: tuple[int, int]) -> bool:
    """Whether the sentence has the same other words."""
    old = counted(sentence_at(before, at[0])[0]) - counted(piece.before)
    new = counted(sentence_at(after, at[1])[0]) - counted(piece.after)
    return (old & new).total() >= _STAYED * max(old.total(), new.total()) > 0


def _came_true(old: str, new: str, language: str) -> bool:
    """Whether a phrase told what was to come, and tells what came: "will meet", "met"."""
    if not is_future(old, language) or max(len(old.split()), len(new.split())) > _FEW:
        return False
    if HEDGED.match(old.casefold()) or is_future(new, language):
        return False
    told = words(new.casefold())
    is_sure = HEDGES.isdisjoint(told) and _MODAL.isdisjoint(told)
    return is_sure and any(len(word) > 2 for word in told)


def _says_more(old: Sequence[str], new: Sequence[str], language: str) -> bool:
    """Whether a word gave way to one that says more: "person", "woman"; "resa", "bussresa"."""
    gone, come = ([word for word in side if word not in other] for side, other in
                  ((old, new), (new, old)))  # fmt: skip
    if not gone or not come:
        return False
    one, other = gone[-1].lower(), come[-1].lower()
    if one in _ANYBODY:
        return any(word.lower() in _SOMEBODY for word in come)
    is_compound = language in _COMPOUNDING and other.endswith(one) and len(one) >= _SHORTEST_NOUN
    return is_compound and len(other) - len(one) >= _SHORTEST_MORE and len(gone) == len(come) == 1
