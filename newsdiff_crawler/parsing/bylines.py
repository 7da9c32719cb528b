"""Author names from bylines."""

from __future__ import annotations

import re
from collections.abc import Iterable

from newsdiff_crawler.text import normalise

_BY = re.compile(
    r"^(?:(?:written|reporting|analysis|words|story|text)\s+)?(?:by|von|par|por)\b[\s:]*", re.I
)
_BETWEEN = re.compile(r"\s*(?:[;|•·]|\s/\s|,?\s(?:and|und|et|&)\s)\s*", re.I)
_LIST = re.compile(r"\s*,\s*")
# A part with one of these says what somebody is or where, not who.
_ROLE = re.compile(
    r"\b(?:correspondents?|reporters?|editors?|journalists?|producers?|analyst|columnist|writer|"
    r"chief|deputy|bureau|political|diplomatic|website|online|newsbeat|staff|redakteur\w*)\b",
    re.I,
)
# The words of buttons and labels beside a name.
_BUTTON = re.compile(
    r"^(?:e-?mail|contact|follow|message|folgen|kontakt|suivre|contacter|seguir|segui|volg|följ)\b"
    r"|^(?:view|see|show|read|get)\s+(?:all|more|full|bio|profile|posts|stories|articles|the)\b"
    r"|^(?:more|other|latest|all)\s+(?:by|from|about|on|stories|articles|posts|news)\b"
    r"|^(?:about|mail|write to|tweet|zu[rm]?|an|à|al|all')\s?(?:the |this |den |die |l['’]?)?"
    r"(?:authors?|autor\w*|auteure?|autrice|autore|profil\w*)\b"
    r"|^(?:alle|mehr|weitere)\s+(?:artikel|beiträge|von)\b|^(?:voir|tous|toutes)\s.*\barticles\b"
    r"|^(?:ver|todos|vedi|tutti|alle)\b.*\b(?:artículos|artigos|articoli|artikelen)\b"
    r"|^(?:bio|biography|profile|authors?|autor|autorin|auteur|share|rss|admin|administrator)$",
    re.I,
)
_NO_NAME = re.compile(r"https?:|www\.|@|\d|^(?:in|at|updated|published|last)\b", re.I)
_SIGNS = re.compile(r"\W+")
_LONGEST = 60


def clean_names(bylines: Iterable[str]) -> list[str]:
    """The names in some bylines, each once, without "By", roles, buttons, dates and addresses.

    >>> clean_names(["By Ann Lee and Bo Chan, Political correspondents"])
    ['Ann Lee', 'Bo Chan']
    """
    names: list[str] = []
    for byline in bylines:
        for part in _BETWEEN.split(_BY.sub("", normalise(byline))):
            names.extend(filter(_is_name, (_BY.sub("", name) for name in _LIST.split(part))))
    return list(dict.fromkeys(names))


def without(names: Iterable[str], itself: Iterable[str]) -> list[str]:
    """The names but those of the newspaper ``itself``, whatever the case, signs and article.

    >>> without(["Ann Lee", "the herald"], ["The Herald"])
    ['Ann Lee']
    """
    known = set(map(_folded, itself))
    return [name for name in names if _folded(name) not in known]


def _folded(name: str) -> str:
    return _SIGNS.sub("", name.casefold().removeprefix("the "))


def _is_name(part: str) -> bool:
    return (
        0 < len(part) <= _LONGEST
        and any(map(str.isalpha, part))
        and not _ROLE.search(part)
        and not _NO_NAME.search(part)
        and not _BUTTON.search(part)
    )
