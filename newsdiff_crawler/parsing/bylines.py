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
_NO_NAME = re.compile(r"https?:|www\.|@|\d|^(?:in|at|updated|published|last)\b", re.I)
_LONGEST = 60


def clean_names(bylines: Iterable[str]) -> list[str]:
    """The names in some bylines, each once, without "By", roles, dates and addresses.

    >>> clean_names(["By Ann Lee and Bo Chan, Political correspondents"])
    ['Ann Lee', 'Bo Chan']
    """
    names: list[str] = []
    for byline in bylines:
        for part in _BETWEEN.split(_BY.sub("", normalise(byline))):
            names.extend(filter(_is_name, (_BY.sub("", name) for name in _LIST.split(part))))
    return list(dict.fromkeys(names))


def _is_name(part: str) -> bool:
    return (
        0 < len(part) <= _LONGEST
        and any(map(str.isalpha, part))
        and not _ROLE.search(part)
        and not _NO_NAME.search(part)
    )
