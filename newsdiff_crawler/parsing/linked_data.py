"""JSON-LD as pages have it: often broken, nested in lists, or about another article."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from html import unescape
from typing import Any

MAX_OBJECTS = 500
# Left over from pages that were XHTML: comment and CDATA marks; and a semicolon.
_WRAPPING = re.compile(
    r"\A\s*(?:<!--|(?://|/\*)?\s*<!\[CDATA\[(?:\s*\*/)?)"
    r"|(?:-->|(?://|/\*)?\s*\]\]>(?:\s*\*/)?)\s*\Z|;\s*\Z"
)
_JSON = json.JSONDecoder(strict=False)
_INNER = ("@graph", "mainEntity", "mainEntityOfPage")
_STORY_TYPE = re.compile(r"(?:^|/)(?:\w*NewsArticle|Article|BlogPosting|Report|LiveBlogPosting)$")


def objects(texts: Iterable[str]) -> list[dict[str, Any]]:
    """The objects in JSON-LD texts, flattened, at most `MAX_OBJECTS`; a broken text gives none."""
    items: list[dict[str, Any]] = []
    for text in texts:
        for item in _flat(load(text)):
            items.append(item)
            if len(items) == MAX_OBJECTS:
                return items
    return items


def load(text: str) -> Any:
    """The value of a JSON text; None if it is broken or nested too deep."""
    try:
        return _JSON.decode(_WRAPPING.sub("", text))
    except (ValueError, RecursionError):
        return None


def _flat(value: Any) -> Iterator[dict[str, Any]]:
    pending = [value]
    while pending:
        value = pending.pop()
        if isinstance(value, list):
            pending.extend(reversed(value))
        elif isinstance(value, dict):
            yield value
            pending.extend(value[key] for key in reversed(_INNER) if key in value)


def story(items: list[dict[str, Any]], urls: Iterable[str]) -> dict[str, Any]:
    """The object about the article at one of ``urls``, or the first article of all, or {}."""
    articles = [item for item in items if any(map(_STORY_TYPE.search, types(item)))]
    about = (item for item in articles if is_about(item, urls))
    return next(about, articles[0] if articles else {})


def is_about(item: dict[str, Any], urls: Iterable[str]) -> bool:
    """Whether an object names one of ``urls`` as its own, whatever the scheme."""
    return not {_bare(url) for url in _addresses(item)}.isdisjoint(map(_bare, urls))


def _bare(url: str) -> str:
    return url.partition("://")[2].removeprefix("www.").partition("#")[0].rstrip("/")


def types(item: dict[str, Any]) -> list[str]:
    """The ``@type`` of an object, always as a list."""
    stated = item.get("@type")
    return [
        text for text in (stated if isinstance(stated, list) else [stated]) if isinstance(text, str)
    ]


def _addresses(item: dict[str, Any]) -> Iterator[str]:
    for value in (item.get("url"), item.get("@id"), item.get("mainEntityOfPage")):
        if isinstance(value, dict):
            value = value.get("@id") or value.get("url")
        if isinstance(value, str):
            yield value


def text_of(value: Any) -> str:
    """The text of a value: a string, the first of a list, or an object's ``name`` or ``@value``;
    ``""`` for anything else."""
    if isinstance(value, dict):
        value = value.get("name") or value.get("@value")
    if isinstance(value, list):
        value = value[0] if value else ""
    return unescape(value) if isinstance(value, str) else ""


def names_of(value: Any) -> list[str]:
    """The names of stated people: strings, objects with ``name``, or a list of either."""
    people = value if isinstance(value, list) else [value]
    names = [person.get("name") if isinstance(person, dict) else person for person in people]
    flat = [part for name in names for part in (name if isinstance(name, list) else [name])]
    return [unescape(part) for part in flat if isinstance(part, str)]
