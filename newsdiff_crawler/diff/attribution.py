"""Where the source of a statement, or how it is put, changed in a sentence that stayed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from newsdiff_crawler.diff.calendar_words import is_day
from newsdiff_crawler.diff.changes import BlockChange
from newsdiff_crawler.diff.found import sentence_at
from newsdiff_crawler.diff.lexicon import ATTRIBUTIONS, NEWSROOMS, SPEECH_VERBS
from newsdiff_crawler.diff.model import Evidence, Piece
from newsdiff_crawler.diff.names import KnownNames
from newsdiff_crawler.diff.places import Place, is_long, short_pieces
from newsdiff_crawler.diff.quotations import Quotation, opens_speech
from newsdiff_crawler.diff.same_name import is_other_form, is_respelling
from newsdiff_crawler.diff.spelling import are_forms, counted, is_telling
from newsdiff_crawler.diff.versions import Versions
from newsdiff_crawler.text import words

_LONGEST_TAG = 80  # characters from what is quoted on
_SHORT_TAG = 8  # words of what stands behind a quotation
_END = re.compile(r"[.!?](?:\s|$)|[“„«]")
_FEW = 4  # words that give way to others
_FEWEST = 2  # words of a source that comes or goes: "police said"
_MOST = 10  # words that come or go
_PRONOUNS_TEXT = """
    he she it they we i who han hon hen de man er sie es wir il elle ils elles on él ella ellos
"""
_PRONOUNS = frozenset(_PRONOUNS_TEXT.split())
_STAYED = 0.6  # of the other words of a sentence
_STEM = 4  # letters that the tenses of a verb have in common
# Tenses that have less in common, and verbs that tell no more.
_TENSES_TEXT = """
    said says say saying told tells tell added adds continued|säger sa sade sagt sier siger sagde
    |uppger uppgav uppgett|dit disait|dijo dice|sagte sagt|skriver skrev|zegt zei|detto dice
"""
# Verbs that say how much of it is believed, shortened as `_said_in` does.
_LOADED_TEXT = """
    clai alle admi deni insi conf ackn behauptete bestätigte préten assu aseg påst häv bekr beto
    supu angeblich repo
"""
_LOADED = frozenset(word[:_STEM] for word in _LOADED_TEXT.split())
_TENSES = {form: forms.split()[0] for forms in _TENSES_TEXT.split("|") for form in forms.split()}
# What stands between a quotation and whoever says so: a mark that closes it, a comma, and no end of
# a sentence before a capital. When it was said, and what a relative clause tells, is no part of it.
_TAG = re.compile(
    r"""[,\"”“»’'\s]*(?:[^\W\d_A-ZÀ-Þ]|[A-ZÀ-Þ][^.!?\"”“«„]*$)
    (?:(?!\b(?:som|who|which|whose|qui|que|der\s\w+\s\w+e?t|on|am|um|at|under|during|vid|after|before|when
        |while|as|efter|före|innan|inför|när|medan|sedan|nach|vor|als|nachdem|après|avant|lors|después
        |antes|cuando)\b)
       [^.!?\"”“«„])*$""",
    re.VERBOSE,
)
_ARTICLE = (
    r"(?:(?:the|an?|one|le|la|les|un|une|der|die|das|eine?|el|los|una|den|det|ett|en|il|lo|i|gli|os?"
    r"|as|de|het|een)\s)?"
)
# What a source stands behind ...
_BEHIND = re.compile(
    rf"""(?:\b(?:according\sto|enligt|laut|selon|d[’']après|según|secondo
        |segundo|volgens|według|ifølge|nach\s(?:angaben|aussagen?)(?:\s(?:von|de[rs]|eine[rs]))?)\s
      | [,"”»]\s(?:a\s|har\s|hat\s|ha\s)?(?:{"|".join(sorted(SPEECH_VERBS))})\s){_ARTICLE}$""",
    re.VERBOSE | re.IGNORECASE,
)
# ... and what behind it, where it opens its clause.
_OPENS_CLAUSE = re.compile(rf"(?:^|[.!?:,;“\"»]\s|\n){_ARTICLE}$", re.IGNORECASE)
# What opens a clause too, and tells when, where or why.
_WHEN = re.compile(
    r"\s*(?:i|för|på|under|vid|efter|före|med|in|on|at|during|after|before|with|for|by|am|im|auf|bei|nach"
    r"|seit|vor|en|dans|après|avant|tras|durante|ieri|oggi|later|then|now|nu|sedan|också)\s",
    re.IGNORECASE,
)
_VERBS = "|".join(sorted(ATTRIBUTIONS - {"according", "laut", "enligt", "selon"}))
_BEFORE_VERB = re.compile(rf"\s?(?:\w+\s)?(?:{_VERBS})\b")


# What came or went as a source and no more: "according to police", "police said that", ", said Bo
# Ek of the union".
_BY = (
    r"(?:according\sto|enligt|laut|selon|d[’']après|según|secondo|segundo|volgens|według|ifølge|nach"
    r"\s(?:angaben|aussagen?))"
)
_SPEAKS = "|".join(sorted((ATTRIBUTIONS | SPEECH_VERBS) - {"according", "laut", "enligt", "selon"}))
_ALONE = re.compile(
    rf"""[\W_]*(?: {_BY}\s(?:[^.!?;:]|:s\b)+
        | (?:(?:har|hat|ha|a|ont|has|have|had)\s)?(?:{_SPEAKS})\s[^.!?;:]+
        | [^.!?;:]+\s(?:{_SPEAKS})(?:\s(?:that|att|dass|que|che|dat|at))? )[\W_]*""",
    re.VERBOSE | re.IGNORECASE,
)
# Verbs of papers and agencies.
_REPORTED = re.compile(
    rf"\b(?i:{_BY}|(?:report|rapport|writ|wrote|skriv|skrev|meld|bericht|schreib|schrieb|riport|scriv"
    r"|escrib|écri|uppg[ea])\w*)\s(?:\w+\s){0,4}?[A-ZÀ-Þ]"
)
_CAPITAL = re.compile(r"\b[A-ZÀ-Þ][^\W\d_]+")
_PERSON = re.compile(r"[A-ZÀ-Þ][^\W\d_]+\s[A-ZÀ-Þ][^\W\d_]+")
_NAME_BEFORE = re.compile(r"\s[A-ZÀ-Þ][^\W\d_]+\s?$")
_NAME_AFTER = re.compile(r"\s?[A-ZÀ-Þ][^\W\d_]+")
_ELIDED = re.compile(r"['’](?:s|ll|d|re|ve|m)\b")
# Who or what somebody is, told as known: "the mayor", "kommunen".
_DEFINITE = re.compile(
    r"(?:the|le|la|les|el|los|las|il|der|die|das|den|det|de|het|o|os|as)\s[^\W\d_-]+|[a-zåäöæø-]{3,}(?:n|t|na)"
)


def attribution(changes: Sequence[BlockChange], versions: Versions) -> Iterator[Evidence]:
    """The passages: what a speaker's name and verb are, by where they stand beside a quotation;
    elsewhere, verbs of speech and what stands beside them."""
    for change in changes:
        if not change.paired or change.kind in ("headline", "byline"):
            continue
        before, after = (versions.said(text) for text in change.texts())
        same = before.keys() == after.keys()
        for place, piece in short_pieces(change):
            if not _may_tell(piece):
                continue
            is_tag = same and any(
                _is_tag(place, piece, old, after[said]) for said, old in before.items()
            )
            is_told = is_tag or _is_other_source(place, piece)
            is_told = is_told or _is_said_otherwise(place, piece, bool(before and after))
            if is_told and _is_of_another(place, piece, versions, is_tag=is_tag):
                yield Evidence(change.row, piece.before.strip(), piece.after.strip())


def _may_tell(piece: Piece) -> bool:
    """Whether a piece may be a source and no more: not words written anew, a sentence, a pronoun or
    another spelling."""
    old, new = counted(piece.before), counted(piece.after)
    sizes = sorted((old.total(), new.total()))
    if piece.cosmetic or is_long(piece) or sizes[1] > _MOST or (sizes[0] and sizes[1] > _FEW):
        return False
    if any(side and _PRONOUNS.issuperset(side) for side in (old, new)):
        return False
    is_respelt = bool(old and new) and are_forms(old, new) and not (old.keys() & _TENSES.keys())
    return not (is_respelt or _is_sentence(piece.before) or _is_sentence(piece.after))


def _is_said_otherwise(place: Place, piece: Piece, quotes: bool) -> bool:
    """Whether another verb of speech stands there, and not only another tense or elsewhere; one
    that is also a plain verb, only in text that quotes."""
    saying = ATTRIBUTIONS | SPEECH_VERBS if quotes else ATTRIBUTIONS
    old, new = (_said_in(side, saying) for side in piece[:2])
    if piece.before.strip() and piece.after.strip():  # a verb for a verb: another belief in it
        if not (old and new):
            return False
        if not quotes and _LOADED.isdisjoint(old) == _LOADED.isdisjoint(new):
            return False
    elif counted(piece.before + piece.after).total() < _FEWEST:
        return False
    return old != new and (
        _said_in(sentence_at(place.before, place.i)[0], saying)
        != _said_in(sentence_at(place.after, place.j)[0], saying)
    )


def _said_in(text: str, saying: frozenset[str]) -> set[str]:
    """The verbs of speech of a text, without their tense."""
    said = saying.intersection(words(text.casefold()))
    return {_TENSES.get(word, word[:_STEM]) for word in said}


def _is_other_source(place: Place, piece: Piece) -> bool:
    """Whether few words beside a verb of speech gave way to others: "police said", "a witness
    said". The same name in full or in another spelling is no other source."""
    if not (piece.before.strip() and piece.after.strip()) or not _is_beside_verb(place, piece):
        return False
    old, new = counted(piece.before), counted(piece.after)
    if old <= new or new <= old or any(map(_WHEN.match, piece[:2])):
        return False
    names = piece.before.strip(), piece.after.strip()
    return not (is_respelling(*names) or is_other_form(*names))


def _is_beside_verb(place: Place, piece: Piece) -> bool:
    """Whether a piece stands where a source does, in both texts."""
    sides = (place.before, place.i, piece.before), (place.after, place.j, piece.after)
    is_behind = all(_BEHIND.search(text[max(0, at - _LONGEST_TAG) : at]) for text, at, _ in sides)
    return is_behind or all(
        _BEFORE_VERB.match(text, at + len(said))
        and _OPENS_CLAUSE.search(text[max(0, at - _LONGEST_TAG) : at])
        for text, at, said in sides
    )


def _is_of_another(place: Place, piece: Piece, versions: Versions, *, is_tag: bool) -> bool:
    """Whether a statement that stayed is of another source, or put otherwise. Behind words quoted
    that stayed, who is named and who is told by what he is are one."""
    old, new = piece.before.strip(), piece.after.strip()
    if not _is_same_statement(place, piece):
        return False
    if old and new:
        is_one = _are_of_one(old, new, versions) or _is_in_name(place, piece)
        is_one = is_one or _is_title(place, piece)
        return not (is_one or _is_described(old, new, in_tag=is_tag))
    known = versions.before if new else versions.after
    return _is_source(old or new, known)


def _are_of_one(old: str, new: str, versions: Versions) -> bool:
    """Whether two sides of a piece are of the same source, in another tense or by another name."""
    saying = ATTRIBUTIONS | SPEECH_VERBS
    sides = [words(_ELIDED.sub(" ", side.casefold())) for side in (old, new)]
    rest = [[word for word in side if word not in saying and is_telling(word)] for side in sides]
    has_verb = [not saying.isdisjoint(side) for side in sides]
    if has_verb[0] != has_verb[1] or not all(map(any, zip(has_verb, rest, strict=True))):
        return True
    if rest[0] == rest[1] and _said_in(old, saying) == _said_in(new, saying):
        return True
    forenames = f"{old} B", f"{new} B"  # "Edward", "Ed"
    is_one = is_respelling(old, new) or is_other_form(old, new) or is_other_form(*forenames)
    return is_one or versions.are_one(old, new)


def _is_in_name(place: Place, piece: Piece) -> bool:
    """Whether a part of a name gave way to another: it is spelt or told otherwise."""
    if not all(side.strip()[:1].isupper() for side in piece[:2]):
        return False
    before = place.before[max(0, place.i - _LONGEST_TAG) : place.i]
    is_after = _NAME_AFTER.match(place.before, place.i + len(piece.before))
    return _NAME_BEFORE.search(before) is not None or is_after is not None


def _is_title(place: Place, piece: Piece) -> bool:
    """Whether what stands right before a person's name gave way, in a word, to another."""
    told = piece.before.strip(), piece.after.strip()
    is_role = all(map(str.isalpha, told)) and not {*told} & (ATTRIBUTIONS | SPEECH_VERBS)
    is_role = is_role and all(map(str.islower, told))
    return is_role and all(
        _PERSON.match(text[at + len(side) :].lstrip())
        for text, at, side in (
            (place.before, place.i, piece.before),
            (place.after, place.j, piece.after),
        )
    )


def _is_described(old: str, new: str, *, in_tag: bool) -> bool:
    """Whether one side names somebody, and the other one tells what he is."""
    name = _CAPITAL if in_tag else _PERSON
    sides = (old, new), (new, old)
    return any(_DEFINITE.fullmatch(told) and name.search(named) for told, named in sides)


def _is_source(told: str, known: KnownNames) -> bool:
    """Whether what came or went is a source and no more, that the other version does not name
    elsewhere: somebody who is quoted there too may speak on."""
    if not _ALONE.fullmatch(told):
        return False
    named = _CAPITAL.findall(told)
    saying = ATTRIBUTIONS | SPEECH_VERBS
    source = [word for word in words(told.casefold()) if word not in saying]
    if not NEWSROOMS.isdisjoint(source) or _REPORTED.search(told):
        return True
    is_somebody = any(is_telling(word) and not is_day(word) for word in source)
    return is_somebody and not (named and all(map(known.knows, named)))


def _is_same_statement(place: Place, piece: Piece) -> bool:
    """Whether the sentence has the same words but for the piece, or nearly: what is told was not
    written anew."""
    old = counted(sentence_at(place.before, place.i)[0]) - counted(piece.before)
    new = counted(sentence_at(place.after, place.j)[0]) - counted(piece.after)
    return (old & new).total() >= _STAYED * max(old.total(), new.total())


def _is_tag(place: Place, piece: Piece, old: Quotation, new: Quotation) -> bool:
    """Whether a piece stands in what says who speaks: behind a quotation, or anywhere in a text
    that is speech but for the speaker."""
    old_words, new_words = words(piece.before), words(piece.after)
    if not (0 < len(old_words) <= _FEW and 0 < len(new_words) <= _FEW):
        return False
    if "".join(old_words) == "".join(new_words):
        return False
    if not old.marked and not new.marked:
        beside = (text[max(0, at - _LONGEST_TAG) : at] for text, at in place.ends())
        is_speech = opens_speech(place.before, "") and opens_speech(place.after, "")
        return is_speech and all(_TAG.match(each.rpartition(",")[2]) for each in beside)
    return all(
        quoted.marked
        and end <= at <= end + _LONGEST_TAG
        and _TAG.match(text, end, at + 1)
        and _says_who(text[end : end + 2 * _LONGEST_TAG])
        for quoted, text, at in ((old, place.before, place.i), (new, place.after, place.j))
        for end in (quoted.end,)
    )


def _says_who(following: str) -> bool:
    """Whether what follows a quotation has a verb of speech in its sentence, or is no longer than
    what a verb that nobody listed makes of it."""
    told = words(_END.split(following.lstrip("\"”“»’', "), maxsplit=1)[0].casefold())
    return len(told) <= _SHORT_TAG or not (ATTRIBUTIONS | SPEECH_VERBS).isdisjoint(told)


def _is_sentence(text: str) -> bool:
    """Whether a text begins and ends as a sentence does."""
    letters = text.lstrip(" \"'“‘«„(")
    return letters[:1].isupper() and letters.rstrip(" \"'”’»)")[-1:] in (".", "!", "?")
