"""Whether an article says itself that two names are of one: "Prince Ed, known as MBS"."""

from __future__ import annotations

import re
from collections.abc import Iterable

# A word that says so, between two names of one.
_NAMING = r"""\b(?:names?|named|called|known|born|née?|alias|aka|a\.k\.a|initials|nickname\w*
    |abbreviat\w+|formerly|short\sfor|acronym|egentlig\w*|kalla[dts]\w*|förkort\w*|smeknamn\w*
    |artistnamn\w*|genannt\w*|bekannt|bürgerlich\w*|eigentlich|kurz|abkürz\w*|appelée?|surnommée?
    |connue?|sigle|llamad[oa]|conocid[oa]|apodad[oa]|siglas|dett[oa]|not[oa]|chiamat[oa]|chamad[oa]
    |conhecid[oa]|sigla|genaamd|bekend|afgekort|znan[yae]|zwan[yae]|skrót\w*|kald[te]\w*|kendt|kjent
    |forkort\w*|tunnettu|lyhenne\w*)\b"""
_BETWEEN = "[^.!?;]{0,40}?"  # what else stands there, in the same sentence


def are_said_to_be_one(one: str, other: str, texts: Iterable[str]) -> bool:
    """Whether one of some texts says that two names are of one, by a word or a bracket.

    >>> are_said_to_be_one("Daniels", "Clifford", ["Al Daniels, born Ed Clifford, sued."])
    True
    >>> are_said_to_be_one("Daniels", "Clifford", ["Al Daniels met Ed Clifford."])
    False
    """
    pairs = [(re.escape(a), re.escape(b)) for a, b in ((one, other), (other, one))]
    naming = "|".join(
        rf"\b{a}\b {_BETWEEN} (?:{_NAMING} {_BETWEEN} | [(\[]\s?) \b{b}\b" for a, b in pairs
    )
    said = re.compile(naming, re.VERBOSE)
    return any(said.search(text) for text in texts)
