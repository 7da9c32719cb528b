"""Whether an article says itself that two names are of one: "Prince Ed, known as MBS"."""

from __future__ import annotations

import re
from collections.abc import Iterable

from newsdiff_crawler.diff.roles import KIN

_NAME = r"[A-ZÀ-Þ][\w.'’-]*"
# Words after which somebody else is named: "whose brother is known as".
_OF_ANOTHER = "|".join(
    [
        r"(?:whose|deren|dessen|vars|dont|cuy[oa]|cuj[oa])\s(?!(?:real|birth|full|stage|initials)\b)",
        *sorted(KIN),
    ]
)
# All that stands between two names of one: the rest of the first, a comma or a bracket, a phrase
# that names, and a forename of the second.
_NAMING = re.compile(
    rf"""(?:\s(?:bin|bint|al|von|van|der|de|da|di|af|{_NAME})){{0,3}}
    (?:,|\s?[(\[]|\s[–—-])\s?
    (?:
        (?:(?!(?:{_OF_ANOTHER})\b)\w+\s){{0,3}}
        (?:known\s(?:as|by)|aka|a\.k\.a\.?|alias|née?|initials|nickname|formerly|short\sfor
        |(?:real|birth|full|stage)\sname(?:\s(?:is|was))?|by\sthe\sname\sof|abbreviat\w+|acronym
        |känd\s(?:som|under)|egentlig\w*|förkorta[ts]\w*|smeknamn\w*|artistnamn\w*(?:\sför)?
        |bekannt\s(?:als|unter)|genannt|bürgerlich|abgekürzt
        |connue?\s(?:comme|sous)|surnommée?|vrai\snom|sigle
        |conocid[oa]\s(?:como|por)|apodad[oa]|siglas|not[oa]\scome|conhecid[oa]\s(?:como|por)|sigla
        |bekend\s(?:als|onder)|afgekort|znan[yae]\sjako|zwan[yae]|skrót\w*
        |(?:kendt|kjent)\s(?:som|under)|forkorte[ts]\w*|tunnettu|lyhenne\w*)
        |
        (?:(?:also|often|better|who\s(?:is|was)|is|was|även|också|auch|aussi|también|anche|também|ook|også)\s)*
        (?:called|named|nicknamed|born|kallad|kurz|appelée?|llamad[oa]|dett[oa]|chiamat[oa]|chamad[oa]
        |genaamd|kaldet|kalt|född|geborene?|nacid[oa])
    )
    (?:\s(?:as|the|his|her|their|its|initials|name|nickname|of|som|under|namnet|als|dem|namen
    |le|la|nom|de|como|por|su|come|o|jako|de[nt]|navnet|onder)){{0,4}}
    \s["'“”„«»]?(?:{_NAME}\s){{0,2}}""",
    re.VERBOSE,
)
_BRACKET = re.compile(r"\s?[(\[]")
_AFTER = re.compile(r"(?!\w|['’]s\b)")
_NEAR = 60  # characters between the two


def are_said_to_be_one(one: str, other: str, texts: Iterable[str]) -> bool:
    """Whether one of some texts says that two names are of one, in one sentence.

    >>> are_said_to_be_one("Daniels", "Clifford", ["Al Daniels, born Ed Clifford, sued."])
    True
    >>> are_said_to_be_one("Daniels", "Clifford", ["Al Daniels met Ed Clifford."])
    False
    """
    pairs = ((one, other), (other, one))
    return any(_names_anew(*pair, text) for text in texts for pair in pairs)


def _names_anew(first: str, second: str, text: str) -> bool:
    at = text.find(first)
    while at >= 0:
        end = at + len(first)
        is_word = not text[max(0, at - 1) : at].isalnum()
        to = text.find(second, end, end + _NEAR + len(second)) if is_word else -1
        while to >= 0:
            if _AFTER.match(text, to + len(second)) and _is_naming(first, second, text[end:to]):
                return True
            to = text.find(second, to + 1, end + _NEAR + len(second))
        at = text.find(first, end)
    return False


def _is_naming(first: str, second: str, between: str) -> bool:
    """Whether what stands between says so. A bracket alone does of initials: "Alfa Kraft (AK)"."""
    if _BRACKET.fullmatch(between):
        return first[0] == second[0] and (first.isupper() or second.isupper())
    return _NAMING.fullmatch(between) is not None
