"""JSON-LD as pages have it: often broken, nested in lists, or about another article.

What browsers and search engines forgive is forgiven: marks of comments and CDATA, several values in
one script, commas and semicolons too many, comments, escapes that are none, quotes as entities.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from html import unescape
from itertools import islice
from typing import Any

from rapidfuzz import fuzz

MAX_OBJECTS = 500
_MOST_VALUES = 5_000  # looked at for an object that another one refers to
# What may stand before, between and after the values of a script.
_BETWEEN = re.compile(
    r"(?:[\s,;\ufeff\u200b\x00]+|<!--|-->|(?://\s*)?(?:<!\[CDATA\[|\]\]>)|/\*.*?\*/|//[^\n]*)*",
    re.DOTALL,
)
_STRING = r'"(?:[^"\\]+|\\.)*(?:"|\\?\Z)'
_STRING_OR_COMMENT = re.compile(rf"{_STRING}|//[^\n]*|/\*.*?(?:\*/|\Z)", re.DOTALL)
_STRING_OR_COMMA = re.compile(
    rf"{_STRING}|,[\s,]*(?P<end>[}}\]])?|(?P<close>[}}\]])\s*(?=[{{\[])", re.DOTALL
)
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|.)", re.DOTALL)
_ESCAPES = frozenset('"\\/bfnrt')
_JSON = json.JSONDecoder(strict=False)
_AUTHORS = ("author", "creator")
_INNER = ("@graph", "mainEntity", "mainEntityOfPage")
_STORY_TYPE = re.compile(r"(?:^|[/#:])(?:\w*Article|BlogPosting|Report|LiveBlogPosting)$")
_ALIKE = 75  # rapidfuzz's 0 to 100
_LONGEST_HEADLINE = 300  # characters
_MOST_HEADLINES = 20
_SHORTEST_HEADLINE = 10  # characters; a shorter one may be a part of another by chance


def objects(texts: Iterable[str]) -> list[dict[str, Any]]:
    """The objects in JSON-LD texts, flattened, at most `MAX_OBJECTS`; a broken text gives those
    before the fault."""
    items: list[dict[str, Any]] = []
    for text in texts:
        for item in _flat(load(text)):
            items.append(item)
            if len(items) == MAX_OBJECTS:
                return items
    return items


def load(text: str) -> list[Any]:
    """The values of a script, up to the first fault that cannot be mended."""
    values, is_whole = _decoded(text)
    if is_whole:
        return values
    if '"' not in text:
        text = unescape(text)
    mended, _ = _decoded(_mended(text))
    return max(values, mended, key=len)


def _decoded(text: str) -> tuple[list[Any], bool]:
    """The values of a script, and whether that is all there is."""
    values: list[Any] = []
    at = _end_of_noise(text, 0)
    try:
        while at < len(text):
            value, at = _JSON.raw_decode(text, at)
            values.append(value)
            at = _end_of_noise(text, at)
    except (ValueError, RecursionError):
        return values, False
    return values, True


def _end_of_noise(text: str, at: int) -> int:
    noise = _BETWEEN.match(text, at)
    return noise.end() if noise else at


def _mended(text: str) -> str:
    """Without comments, trailing commas and escapes that are none, with commas between objects."""
    text = _STRING_OR_COMMENT.sub(_string_or_nothing, text)
    return _STRING_OR_COMMA.sub(_string_or_one_comma, text)


def _string_or_nothing(found: re.Match[str]) -> str:
    return _ESCAPE.sub(_escape, found[0]) if found[0].startswith('"') else ""


def _string_or_one_comma(found: re.Match[str]) -> str:
    if found[0].startswith('"'):
        return found[0]
    return f"{found['close']}," if found["close"] else found["end"] or ","


def _escape(found: re.Match[str]) -> str:
    return found[0] if found[1] in _ESCAPES or len(found[1]) > 1 else found[1]


def _flat(value: Any) -> Iterator[dict[str, Any]]:
    pending = [value]
    while pending:
        value = pending.pop()
        if isinstance(value, list):
            pending.extend(reversed(value))
        elif isinstance(value, dict):
            yield value
            pending.extend(value[key] for key in reversed(_INNER) if key in value)


def story(
    items: list[dict[str, Any]], urls: Iterable[str], headlines: Iterable[str] = ()
) -> dict[str, Any]:
    """The object about the article at one of ``urls``, or the one with one of ``headlines``, or the
    first that names no other address, or the first article of all, or {}. What it refers to by
    ``@id`` is put in its place.
    """
    articles = [item for item in items if any(map(_STORY_TYPE.search, types(item)))]
    if not articles:
        return {}
    read = islice(headlines, _MOST_HEADLINES) if len(articles) > 1 else ()
    shown = set(map(_folded, read)) - {""}
    ways: tuple[Callable[[dict[str, Any]], bool], ...] = (
        lambda item: is_about(item, urls),
        lambda item: _is_headed(item, shown),
        lambda item: _is_headed_alike(item, shown),
        lambda item: not any(_addresses(item)),
        lambda _: True,
    )
    chosen = next(item for is_meant in ways for item in articles if is_meant(item))
    return _with_references(chosen, items)


def is_about(item: dict[str, Any], urls: Iterable[str]) -> bool:
    """Whether an object names one of ``urls`` as its own, whatever the scheme."""
    return not {_bare(url) for url in _addresses(item)}.isdisjoint(map(_bare, urls))


def _is_headed(item: dict[str, Any], shown: set[str]) -> bool:
    """Whether an object's headline is one of those shown, or a part of it: the site's name stands
    in many of those, and a long headline is stated cut short."""
    stated = _folded(text_of(item.get("headline") or item.get("name")))
    return stated in shown or (
        len(stated) >= _SHORTEST_HEADLINE and any(stated in text for text in shown)
    )


def _is_headed_alike(item: dict[str, Any], shown: set[str]) -> bool:
    """Whether an object's headline is one of those shown but for a few words."""
    stated = _folded(text_of(item.get("headline")))[:_LONGEST_HEADLINE]
    return any(fuzz.ratio(stated, text[:_LONGEST_HEADLINE]) >= _ALIKE for text in shown)


def _folded(text: str) -> str:
    return " ".join(text.casefold().split()).removesuffix("...").removesuffix("…").strip()


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


def _with_references(item: dict[str, Any], items: list[dict[str, Any]]) -> dict[str, Any]:
    """An object with those in place that its values only refer to."""
    referring = (_reference(value, key) for key in item for value in _listed(item[key]))
    if not any(referring):
        return item
    known = _by_id(items)
    return {
        key: [known.get(_reference(value, key), value) for value in _listed(values)]
        if isinstance(values, list)
        else known.get(_reference(values, key), values)
        for key, values in item.items()
    }


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _reference(value: Any, key: str) -> str:
    """The ``@id`` of an object that has no name of its own, or one in the place of an author;
    ``""`` for anything else."""
    stated = value.get("@id") if isinstance(value, dict) and "name" not in value else ""
    if isinstance(value, str) and key in _AUTHORS:
        stated = value
    return stated.rpartition("#")[2] if isinstance(stated, str) else ""


def _by_id(items: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Objects with an ``@id`` and a name, wherever they stand in others."""
    known: dict[str, dict[str, Any]] = {}
    pending: list[Any] = list(reversed(items))
    for _ in range(_MOST_VALUES):
        if not pending:
            break
        value = pending.pop()
        if isinstance(value, list):
            pending.extend(value)
        elif isinstance(value, dict):
            pending.extend(value.values())
            if isinstance(value.get("@id"), str) and "name" in value:
                known.setdefault(value["@id"].rpartition("#")[2], value)
    return known


def authors_of(item: dict[str, Any]) -> list[str]:
    """The names of a story's authors."""
    stated = (names_of(item.get(key)) for key in _AUTHORS)
    return next(filter(None, stated), [])


def text_of(value: Any) -> str:
    """The text of a value: a string, the first of a list, or an object's ``name`` or ``@value``;
    ``""`` for anything else."""
    return next(iter(names_of(value)), "")


def names_of(value: Any) -> list[str]:
    """The names of stated people: strings, objects with ``name`` (or a given and a family name), or
    lists of either, in lists or not."""
    names: list[str] = []
    pending = [value]
    while pending:
        value = pending.pop()
        if isinstance(value, list):
            pending.extend(reversed(value))
        elif isinstance(value, dict):
            pending.append(_name_in(value))
        elif isinstance(value, str) and value.strip():
            names.append(unescape(value))
    return names


def _name_in(item: dict[str, Any]) -> Any:
    stated = (item.get(key) for key in ("name", "@value", "@list", "@set"))
    parts = [item.get(key) for key in ("givenName", "familyName")]
    whole = " ".join(part for part in parts if isinstance(part, str))
    return next(filter(None, stated), whole)
