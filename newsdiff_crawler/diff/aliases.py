"""Whether an article says itself that two names are of one: "Prince Ed, known as MBS"."""

from __future__ import annotations

import re
from collections.abc import Iterable

# What says so between two names of one: a word, or a bracket that opens right before the second.
_NAMING = re.compile(
    r"""\b(?:names?|called|known|born|née?|alias|aka|a\.k\.a|initials|nickname\w*
    |abbreviat\w+|formerly|short\sfor|acronym|egentlig\w*|kalla[dts]\w*|förkort\w*|smeknamn\w*
    |artistnamn\w*|genannt\w*|bekannt|bürgerlich\w*|eigentlich|kurz|abkürz\w*|appelée?|surnommée?
    |connue?|sigle|llamad[oa]|conocid[oa]|apodad[oa]|siglas|dett[oa]|not[oa]|chiamat[oa]|chamad[oa]
    |conhecid[oa]|sigla|genaamd|bekend|afgekort|znan[yae]|zwan[yae]|skrót\w*|kald[te]\w*|kendt|kjent
    |forkort\w*|tunnettu|lyhenne\w*)\b | [(\[]\s?$""",
    re.VERBOSE,
)
_STOP = re.compile("[.!?;]")
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
    start = text.find(first)
    while start >= 0:
        end = start + len(first)
        parts = text[end : end + _NEAR + len(second)].split(second)
        for n in range(1, len(parts)):
            between = second.join(parts[:n])
            if _NAMING.search(between) and not _STOP.search(between):
                return True
        start = text.find(first, end)
    return False
