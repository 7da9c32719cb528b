"""Notices: what a newspaper says itself about a change that it made to an article.

A notice opens with a word that names it ("Correction:"), or speaks of the article that it stands
in ("This article was amended", "In einer früheren Version dieses Textes"). Text that speaks of
another thing's version ("An earlier version of the bill") is none, nor is speech.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from newsdiff_crawler.diff import notice_phrases as phrases
from newsdiff_crawler.diff.language import guess
from newsdiff_crawler.diff.notice_phrases import NoticeKind
from newsdiff_crawler.diff.quotations import opens_speech
from newsdiff_crawler.diff.timestamps import is_timestamp
from newsdiff_crawler.text import remembered


@dataclass(frozen=True, slots=True)
class Notice:
    """What a newspaper says of its change: the kind, and the text from where it says so."""

    kind: NoticeKind
    text: str


_QUOTED = re.compile(r"[\"“”„«»]")
_SAID = "said|says|told|sagte|sagt|säger|sa|sade|sier|siger|dit|dijo|disse|zei|powiedział"
_SPOKEN_AFTER = re.compile(
    rf"[^.!?]{{0,80}}[,\"”“»]\s?(?:(?!we\b)\w+\s)?(?:{_SAID})\b", re.IGNORECASE
)
_SPOKEN_BEFORE = re.compile(rf"\b(?:{_SAID})\b", re.IGNORECASE)
_SENTENCE_END = re.compile(r"(?<!\d)[.!?][\"”“’»)]?\s|\n")
# Who changed it, where that is not the paper: a law is amended by the Senate, and in some year.
_BY_ANOTHER = re.compile(
    r"""\w*\s(?:(?:by|par|por|pel[oa]s?|da(?:l|lla|i|lle)|dall[’']|door|przez|av|af)\b
        (?!\s(?:us|our|the\seditors?|nous|la\srédaction|redak\w+|de\sredactie|redacción)\b)
      | (?:in|en|em|au|im|i|w)\s(?:the\s|el\s|la\s|der\s)?(?:committee|parliament|senate|comisión
          |senado|congreso|pleno|commission|sénat|ausschuss|bundestag|bundesrat|utskottet
          |riksdagen|commissione|comissão)\b
      | (?:in|en|em|nel|im\sjahr|år)\s(?:1[5-9]|20)\d\d\b)""",
    re.VERBOSE | re.IGNORECASE,
)
_BY_ANOTHER_BEFORE = re.compile(
    r"\bwurden?\s(?:[^\W\d]+\s){0,3}?(?:vom|von\sde[rnm]|durch(?:\sd\w\w)?|im|beim)\s[A-ZÄÖÜ]"
)
_NEAR = 300  # characters in which a sentence is looked for


@remembered(256)  # it is asked of a changed block by several
def notice_of(text: str, language: str = "") -> Notice | None:
    """What a text says of a change to the article that it stands in; None if nothing.

    In a `language` that is not known, phrases of all are looked for.

    >>> notice_of("Correction: the bridge is in Lyon.")
    Notice(kind='correction', text='Correction: the bridge is in Lyon.')
    >>> notice_of("An earlier version of the bill failed in 2019.") is None
    True
    """
    if is_timestamp(text):
        return None
    if head := phrases.HEAD.match(text):
        return Notice(_kind_of_head(head), text.strip())
    if (inline := phrases.INLINE.search(text)) and _is_set_apart(text, inline):
        return Notice(_kind_of_head(inline), text[inline.start() :].strip())
    if line := phrases.AGENCY.match(text):
        return Notice(_kind(line["brackets"] or line["bare"] or text), text.strip())
    start = _start_of_phrase(text, language)
    if start is None:
        return None
    said = text[_start_of_sentence(text, start) :].strip()
    return Notice(_kind(said), said)


def _is_set_apart(text: str, inline: re.Match[str]) -> bool:
    """Whether a bracket is the paper's own: at a sentence's end and in no speech. The editors' own
    remarks stand anywhere."""
    if _kind_of_head(inline) == "editor's note":
        return True
    _, _, after = text[inline.start() :].partition(")" if inline[0][0] == "(" else "]")
    begins = _start_of_sentence(text, inline.start()) >= inline.start()
    ends = not after.strip() or after.lstrip()[0] in ".!?"
    return (begins or ends) and not _in_speech(text, inline)


def _kind_of_head(head: re.Match[str]) -> NoticeKind:
    return next(kind for n, kind in enumerate(phrases.KINDS) if head[f"k{n}"])


def _kind(said: str) -> NoticeKind:
    """The kind of a notice that no word names at its beginning."""
    clarifies, updates, corrects = (
        kind.search(said) for kind in (phrases.CLARIFIES, phrases.UPDATES, phrases.CORRECTS)
    )
    if clarifies and not (corrects and "correct" in said[: clarifies.start()].casefold()):
        return "clarification"
    if updates and not (corrects and "to correct" in said.casefold()):
        return "correction" if corrects and corrects.start() > updates.end() else "update"
    return "correction" if corrects or not phrases.EDITS.search(said) else "editor's note"


def _start_of_phrase(text: str, language: str) -> int | None:
    lowered = text.lower()
    for known in {language, "en"} if language in phrases.COMPILED else phrases.COMPILED:
        parts, pattern = phrases.COMPILED[known]
        if any(part in lowered for part in parts):
            for phrase in pattern.finditer(text):
                if not (_in_speech(text, phrase) or _is_by_another(text, phrase)):
                    return phrase.start()
    return None


def _in_speech(text: str, phrase: re.Match[str]) -> bool:
    """Whether somebody else says so: quotation marks stand around a phrase, a dash opens the text
    as speech, or a verb of speech stands before it or after a comma."""
    marks = len(_QUOTED.findall(text, 0, phrase.start()))
    if marks % 2 or opens_speech(text, guess(text)) or _SPOKEN_AFTER.match(text, phrase.end()):
        return True
    before = text[_start_of_sentence(text, phrase.start()) : phrase.start()]
    return _SPOKEN_BEFORE.search(before) is not None


def _is_by_another(text: str, phrase: re.Match[str]) -> bool:
    """Whether somebody else made the change, or in some year: it is one of another text."""
    by = _BY_ANOTHER.match(text, phrase.end()) or _BY_ANOTHER_BEFORE.search(phrase[0])
    return by is not None


def _start_of_sentence(text: str, at: int) -> int:
    ends = [end.end() for end in _SENTENCE_END.finditer(text, max(0, at - _NEAR), at)]
    return ends[-1] if ends else max(0, at - _NEAR)
