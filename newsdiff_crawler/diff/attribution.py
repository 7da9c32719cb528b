"""Where the source of a statement, or how it is put, changed in a sentence that stayed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from newsdiff_crawler.diff.changes import BlockChange
from newsdiff_crawler.diff.lexicon import ATTRIBUTIONS, SPEECH_VERBS
from newsdiff_crawler.diff.model import Evidence, Piece
from newsdiff_crawler.diff.places import Place, is_long, short_pieces
from newsdiff_crawler.diff.quotations import Quotation, opens_speech
from newsdiff_crawler.diff.versions import Versions
from newsdiff_crawler.text import words

_LONGEST_TAG = 80  # characters from what is quoted on
_FEW = 4  # words that give way to others
# What stands between a quotation and whoever says so: a mark that closes it, a comma, and no end of
# a sentence before a capital.
_TAG = re.compile(r"[,\"”“»’'\s]*(?:[^\W\d_A-ZÀ-Þ]|[A-ZÀ-Þ][^.!?\"”“«„]*$)[^.!?\"”“«„]*$")


def attribution(changes: Sequence[BlockChange], versions: Versions) -> Iterator[Evidence]:
    """The passages: what a speaker's name and verb are, by where they stand beside a quotation;
    elsewhere, verbs of speech."""
    for change in changes:
        if not change.paired or change.kind in ("headline", "byline"):
            continue
        before, after = (versions.said(text) for text in change.texts())
        same = before.keys() == after.keys()
        for place, piece in short_pieces(change):
            if _is_sentence(piece.before) or _is_sentence(piece.after) or piece.cosmetic:
                continue
            is_tag = same and any(
                _is_tag(place, piece, old, after[said]) for said, old in before.items()
            )
            if is_tag or _is_said_otherwise(piece, bool(before and after)):
                yield Evidence(change.row, piece.before.strip(), piece.after.strip())


def _is_said_otherwise(piece: Piece, quotes: bool) -> bool:
    """Whether another verb of speech stands there; one that is also a plain verb, only in text that
    quotes."""
    if is_long(piece):
        return False
    saying = ATTRIBUTIONS | SPEECH_VERBS if quotes else ATTRIBUTIONS
    old, new = (saying.intersection(words(side.casefold())) for side in piece[:2])
    return old != new


def _is_tag(place: Place, piece: Piece, old: Quotation, new: Quotation) -> bool:
    """Whether a piece stands in what says who speaks: behind a quotation, or anywhere in a text
    that is speech but for the speaker."""
    old_words, new_words = words(piece.before), words(piece.after)
    if not (0 < len(old_words) <= _FEW and 0 < len(new_words) <= _FEW):
        return False
    if "".join(old_words) == "".join(new_words):
        return False
    if not old.marked and not new.marked:
        return opens_speech(place.before, "") and opens_speech(place.after, "")
    return all(
        quoted.marked and end <= at <= end + _LONGEST_TAG and _TAG.match(text, end, at + 1)
        for quoted, text, at in ((old, place.before, place.i), (new, place.after, place.j))
        for end in (quoted.end,)
    )


def _is_sentence(text: str) -> bool:
    """Whether a text begins and ends as a sentence does."""
    letters = text.lstrip(" \"'“‘«„(")
    return letters[:1].isupper() and letters.rstrip(" \"'”’»)")[-1:] in (".", "!", "?")
