"""What a text quotes: between marks, which pair by each language's custom, or after a dash that
opens speech. What a speaker's name and verb put into speech is no part of what was said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from newsdiff_crawler.diff.language import guess
from newsdiff_crawler.diff.lexicon import ATTRIBUTIONS, SPEECH_VERBS
from newsdiff_crawler.text import words

QUOTED_WORDS = 3  # fewer in quotation marks are a term, not a quotation


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words quoted. `said`: as they are compared. `start` and `end`: where they stand in the text,
    marks left out. `marked`: between quotation marks, and not after a dash."""

    said: str
    shown: str
    start: int
    end: int
    marked: bool


# What closes a quotation that opens so; where there are several, the first that comes.
_CLOSERS = {
    '"': '"', "“": "”\"", "„": "“”\"", "”": "”", "«": "»", "»": "«»", "「": "」", "『": "』",
    "‘": "’", "'": "'", "‹": "›", "‚": "‘’", "‟": "”",
}  # fmt: skip
_SINGLE = "'‘"
# Languages in which single marks are the first ones, and those whose speech opens with a dash.
_SINGLES = frozenset({"", "en", "nl"})
_DASHES = frozenset({"sv", "no", "da", "fi", "fr", "es", "pt", "it", "pl", ""})
_OUTWARD = frozenset({"fr", "es", "it", "pt", "no", "", "nl", "pl", "en"})  # « opens, » closes
_MARK = re.compile(r"[\"“”„‟«»「」『』'‘’‹›‚]")
_MARK_OR_DASH = re.compile(r"[\"“”„‟«»「」『』'‘’‹›‚–—-]")
_DASH = re.compile(r"\s*[-–—]\s*(?=[A-ZÀ-ÖØ-ÞĄĆĘŁŃÓŚŹŻ¿¡\"“”«»…])")
_ELISION = re.compile(
    r"['‘’](?:\d0s|tis|twas|em|til|cause|n['’]|[stn](?=\s|$))", re.IGNORECASE
)  # fmt: skip
# Words before the title of a work, which is no quotation.
_TITLED_TEXT = """
    film movie novel book song single album series show play musical opera podcast documentary
    painting poem essay magazine titled entitled filmen boken romanen låten serien skivan
    albumet pjäsen programmet dikten tavlan podden films filmes roman romans buch lied serie
    stück oper titel sendung livre chanson série pièce intitulé intitulée émission película
    novela libro canción disco obra titulado titulada romanzo canzone intitolato intitolata
    filme livro canção boek filmu filmen bogen boka sangen
"""
_TITLED = frozenset(_TITLED_TEXT.split())
# Before a link to another text.
_LINK = re.compile(
    r"""\W*(?:(?:read|see|watch)\ (?:also|more|next)|also\ read|related|läs\ (?:också|även|mer)
    |lesen\ sie\ (?:auch|hier)|mehr\ zum\ thema|lire\ (?:aussi|également)|à\ lire|lee\ también
    |leer\ también|leggi\ anche|leia\ (?:também|mais)|lees\ ook|czytaj\ (?:też|także|więcej)
    |les\ (?:også|mer)|læs\ (?:også|mere)|lue\ (?:myös|lisää))\b""",
    re.VERBOSE | re.IGNORECASE,
)
_SMALL_TEXT = """
    a an and as at by for from in of on or the to with
"""
_SMALL = frozenset(_SMALL_TEXT.split())
_SUBJECT = 4  # words of a title that has one capital, at a sentence's head
_THEN = re.compile(r".\s*((?:[^\W\d_]+\s?){1,4})")
_SHORTEST = 2 * QUOTED_WORDS - 1  # characters of a quotation: words of one letter
_NEAR = 300  # characters in which a closing mark is looked for
_LONGEST_TITLE = 80  # characters
_LONGEST_INCISE = 80  # characters
# All up to the end of a sentence: not to that of a word in short, "ordf. i rådet".
_TO_ITS_END = r"(?:[^.!?]|\.(?=\s[a-zåäöæø]))*(?=[.!?]|$)"
# A speaker put into speech: a pause, a verb of speech with what belongs before it, and all up to
# the next pause.
_INCISE = re.compile(
    rf"""\s*[,–—-]["”“»]?\s*
    (?: (?:a|ont|avait|ha|hanno|har|hat|s['’]est|se|så|selon|enligt)\s(?:t-)?)?
    (?:{"|".join(sorted(SPEECH_VERBS))})\b(?:-t-|-)?
    (?:[^,–—.!?:;"”“»]|:s\b|\.(?=\s[a-zåäöæø])){{0,{_LONGEST_INCISE}}}(?:[,–—]\s?(?=[a-zà-ÿA-Z])|(?=[.!?:;]|\s*$))
    """,
    re.VERBOSE,
)
# The same by form, after a Nordic dash: a verb that the list lacks, or none.
_PREPOSITIONS = r"(?:i|på|till|från|med|av|för|om|til|fra|hos|vid|ved|mot|och|og|än|som|att)\b"
_SPEAKER = re.compile(
    rf"""\s*,\s*(?:
        [a-zåäöæø]+(?:r|de|te)\s(?:(?:han|hon|hen|hun)\b | (?!{_PREPOSITIONS})(?:[a-zåäöæø-]+\s
            (?!{_PREPOSITIONS})){{0,3}}[A-ZÅÄÖÆØ])
      | [A-ZÅÄÖÆØ][\w’-]+\s[A-ZÅÄÖÆØ][\w’-]+(?!\s*,?\s(?:och|og|eller)\s[A-ZÅÄÖÆØ])
    ){_TO_ITS_END}
    | \s(?:säger|sier|siger)\s[A-ZÅÄÖÆØ][\w’-]+(?:\s[A-ZÅÄÖÆØ]{_TO_ITS_END}|(?=[.!?]|$))
    | (?<=[!?])\s[a-zåäöæø]{_TO_ITS_END}""",
    re.VERBOSE,
)
# A speaker and what the speaker is, to the end of the sentence: ", säger Bo Ek, präst i Lund."
_APPOSED = re.compile(
    rf"""\s*,\s*(?:{"|".join(sorted(SPEECH_VERBS))})\s(?:[^,.!?:;"”]|:s\b){{1,{_LONGEST_INCISE}}}
    ,\s
    (?!(?:är|var|har|hade|kan|kunde|ska|skulle|måste|blir|blev|kommer|vill|får|fick|men|och|att|så
        |eftersom|för\satt|om|när|där|er|kan|skal|må)\b)(?:[a-zåäöæø]|[A-ZÅÄÖ]+:s\s){_TO_ITS_END}""",
    re.VERBOSE,
)
# A speaker who does more than speak: ", säger Bo Ek, och råder alla att gå."
_GOING_ON = re.compile(
    rf"""\s*,\s*(?:{"|".join(sorted(SPEECH_VERBS))})\s
    (?:[^,.!?:;"”]|\.(?=\s[a-zåäöæø])){{1,{_LONGEST_INCISE}}},?
    \s(?:och|og)\s\w+(?:[ae]r|ade|dde|rde|lde|te)\b{_TO_ITS_END}""",
    re.VERBOSE,
)
_BEFORE_STOP = re.compile(r"(?<=[!?])\s*\.|\s+(?=[.!?,])")
_NORDIC = frozenset({"sv", "no", "da"})


def may_quote(text: str) -> bool:
    """Whether a text has a mark or a dash; most have none, which is seen faster."""
    return _MARK_OR_DASH.search(text) is not None


def quotations(text: str, language: str | None = None) -> list[Quotation]:
    """The quotations of a text in order. Without a `language`, the text's own is guessed.

    >>> [q.shown for q in quotations('He said: "We will not pay," and left "early".')]
    ['We will not pay,']
    >>> [q.said for q in quotations("– Vi betalar inte, säger Bo Ek. Aldrig.")]
    ['vi betalar inte aldrig']
    """
    if not _MARK.search(text) and not _DASH.match(text):
        return []
    dash = _DASH.match(text)
    if language is None or (dash and language not in _DASHES):
        language = guess(text, language or "")
    if _LINK.match(text):
        return []
    if dash and language in _DASHES:
        found = [_spoken(text, dash.end(), len(text), language, marked=False)]
    else:
        spans = _between_marks(text, language)
        found = [_spoken(text, start, end, language) for start, end in spans]
    return [quotation for quotation in found if quotation.said.count(" ") >= QUOTED_WORDS - 1]


def opens_speech(text: str, language: str) -> bool:
    """Whether a text begins as speech does, with a single mark or a dash.

    >>> opens_speech("– Vi går, säger Bo.", "sv"), opens_speech("– This was amended.", "en")
    (True, False)
    """
    dash = language in _DASHES and _DASH.match(text)
    return bool(dash) or text.lstrip().startswith(tuple(_SINGLE))


def marks_won_or_lost(before: str, after: str) -> bool:
    """Whether words are quoted in one of two texts and stand without marks in the other.

    >>> marks_won_or_lost('He saw "a gift to the rich".', "He saw a gift to the rich.")
    True
    """
    old, new = ({q.said for q in quotations(text)} for text in (before, after))
    return old != new


def count_marks(text: str) -> int:
    """How many quotation marks a text has, apostrophes among them."""
    return len(_MARK.findall(text))


def _spoken(text: str, start: int, end: int, language: str, marked: bool = True) -> Quotation:
    shown = text[start:end].strip()
    if marked or language not in _NORDIC:
        said = _INCISE.sub(" ", shown)
    else:
        said = _INCISE.sub(" ", _APPOSED.sub(" ", _GOING_ON.sub(" ", shown)))
        said = _SPEAKER.sub(" ", said)
        if said != shown:  # what was between them left a space before the stop
            shown = _BEFORE_STOP.sub("", said).strip()
    key = " ".join(words(unescape(said) if "&" in said else said)).casefold().replace("’", "'")
    return Quotation(key, shown, start, end, marked)


def _between_marks(text: str, language: str) -> Iterator[tuple[int, int]]:
    """The spans between marks that belong together. One that nothing closes goes on in the next
    paragraph, if it is sure to open."""
    opened: re.Match[str] | None = None
    for mark in _MARK.finditer(text):
        if opened and _closes(text, opened, mark):
            is_long = mark.start() - opened.end() >= _SHORTEST
            if is_long and not _is_title(text, opened, mark.start()):
                yield opened.end(), mark.start()
            opened = None
        elif _opens(text, mark, language) and (
            opened is None or (mark[0] == opened[0] and mark[0] not in _SINGLE)
        ):
            opened = mark
    if opened and opened[0] not in _SINGLE and not _is_title(text, opened, len(text)):
        yield opened.end(), len(text)


def _opens(text: str, mark: re.Match[str], language: str) -> bool:
    """Whether a mark may open a quotation where it stands."""
    before, after = text[mark.start() - 1 : mark.start()], text[mark.end() : mark.end() + 1]
    if mark[0] in ("„", "「", "『", "‟"):
        return True
    if mark[0] in _SINGLE:
        free = not before.isalnum() and (after.isalnum() or after in '“"…')
        return free and language in _SINGLES and not _ELISION.match(text, mark.start())
    if mark[0] in "’›‹‚」』":
        return False
    if mark[0] == "»":
        return language not in _OUTWARD and not before.isalnum() and not after.isspace()
    if mark[0] == "«":
        return True
    if mark[0] == "”":
        return not before.strip() and bool(after.strip())
    return not before.isalnum() and bool(after.strip()) and before not in set(".,!?%")


def _closes(text: str, opened: re.Match[str], mark: re.Match[str]) -> bool:
    """Whether a mark closes the quotation that is open."""
    if mark[0] not in _CLOSERS[opened[0]]:
        return False
    after = text[mark.end() : mark.end() + 2]
    if mark[0] in "'’":
        return not after[:1].isalnum() and not _is_genitive(text, mark)
    if mark[0] == '"':
        # An inch is no end: 'a 6" pipe'. Nor is a mark that can only open.
        before = text[mark.start() - 1 : mark.start()]
        inch = before.isdigit() and after[:1] == " " and after[1:].islower()
        return not inch and not (before.isspace() and after[:1].isalnum())
    return True


def _is_genitive(text: str, mark: re.Match[str]) -> bool:
    """Whether an apostrophe after an s belongs to a word: "the boys’ house", with a mark to
    come that closes."""
    rest = text[mark.end() : mark.end() + _NEAR]
    return (
        text[mark.start() - 1 : mark.start()] == "s"
        and re.match(r"\s[a-z]", rest) is not None
        and re.match(rf"[^‘']*[.,!?\w]{mark[0]}(?!\w)", rest) is not None
    )


def _is_title(text: str, opened: re.Match[str], end: int) -> bool:
    """Whether marks stand around the title of a work."""
    before = text[max(0, opened.start() - 25) : opened.start()].rstrip(" :,\u00a0")
    if before.rpartition(" ")[2].lower() in _TITLED:
        return True
    inner = text[opened.end() : min(end, opened.end() + _LONGEST_TITLE)].strip()
    if end > opened.end() + _LONGEST_TITLE:
        return False
    if _heads_sentence(text, opened.start(), end, inner):
        return True
    named = [w for w in words(inner) if w.casefold() not in _SMALL]
    return len(named) > 1 and all(w[0].isupper() or w[0].isdigit() for w in named)


def _heads_sentence(text: str, start: int, end: int, inner: str) -> bool:
    """Whether a few words between marks are what a sentence is about, as a title is: it goes on
    without a pause, and nobody says them. "«Il lungo disgelo» segue una famiglia"."""
    before = text[:start].rstrip()
    if (before and before[-1] not in ".!?") or not inner[:1].isupper():
        return False
    if len(words(inner)) > _SUBJECT or not inner.replace(" ", "").isalpha():
        return False
    then = _THEN.match(text, end)
    if not then or not then[1][0].islower():
        return False
    return (ATTRIBUTIONS | SPEECH_VERBS).isdisjoint(words(then[1].casefold()))
