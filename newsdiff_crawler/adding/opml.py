"""Feeds that an OPML file lists, as feed readers write it.

Each ``<outline>`` is read by itself, so that one that is broken harms no other: no XML parser goes
on behind a fault. Nothing else of the file is read, so there are no entities to be expanded.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from newsdiff_crawler.urls import normal

LARGEST = 20_000_000  # bytes
LONGEST_TITLE = 100  # characters
_BEGINS = re.compile(r"<outline\b", re.IGNORECASE)
_ATTRIBUTE = r"""\s+([\w:.-]+)\s*=\s*("[^"<]*"|'[^'<]*')"""
_WHOLE = re.compile(rf"<outline((?:{_ATTRIBUTE})*)\s*(/?)>", re.IGNORECASE)
_ATTRIBUTES = re.compile(_ATTRIBUTE)
_ENCODING = re.compile(rb"""^\s*<\?xml[^>]*encoding=["']([\w.-]+)""")


class NoOPMLError(Exception):
    """A file is no OPML. The message says why, for people."""


@dataclass(frozen=True)
class ListedFeed:
    """A feed, in normal form, and the site that it is of; either is empty where the file does not
    say it, as the feed is of what is listed as a link."""

    line: int
    title: str
    feed: str
    site: str = ""


@dataclass(frozen=True)
class BrokenLine:
    """What lists no feed, though it should, and why."""

    line: int
    reason: str


def read_opml(body: bytes) -> Iterator[ListedFeed | BrokenLine]:
    """What a file lists, in its order. Raises NoOPMLError."""
    if len(body) > LARGEST:
        raise NoOPMLError(f"larger than {LARGEST // 1_000_000} MB")
    text = _without_comments(_decoded(body))
    starts = [match.start() for match in _BEGINS.finditer(text)]
    if not starts:
        raise NoOPMLError("no OPML: it has no <outline>")
    line, before = 1, 0
    for start in starts:
        line, before = line + text.count("\n", before, start), start
        found = _read(line, text, start)
        if found:
            yield found


def _without_comments(text: str) -> str:
    """Of each comment only its line ends are left. One that does not end is none."""
    kept, at = [], 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start)) >= 0:
        kept += [text[at:start], "\n" * text.count("\n", start, end)]
        at = end + len("-->")
    return "".join([*kept, text[at:]])


def _read(line: int, text: str, start: int) -> ListedFeed | BrokenLine | None:
    """None for a folder."""
    tag = _WHOLE.match(text, start)
    if tag is None:
        return BrokenLine(line, "an <outline> that is broken")
    values = {name.lower(): unescape(value[1:-1]).strip() for name, value in _pairs(tag[1])}
    address = values.get("xmlurl", "")
    title = plain(values.get("title") or values.get("text") or "")
    if not address and values.get("type", "").lower() == "link" and _site(values.get("url", "")):
        return ListedFeed(line, title, "", _site(values["url"]))
    if not address:
        return BrokenLine(line, "no address of a feed (xmlUrl)") if tag.groups()[-1] else None
    try:
        feed = normal(address)
    except ValueError as error:
        return BrokenLine(line, f"no address of a feed: {error}")
    return ListedFeed(line, title, feed, _site(values.get("htmlurl", "")))


def _pairs(attributes: str) -> list[tuple[str, str]]:
    return [(match[1], match[2]) for match in _ATTRIBUTES.finditer(attributes)]


def _site(address: str) -> str:
    try:
        return normal(address) if address else ""
    except ValueError:
        return ""


def plain(title: str) -> str:
    """A title from outside, as one short line without what does not print."""
    words = " ".join(title.split())
    return "".join(character for character in words if character.isprintable())[:LONGEST_TITLE]


def _decoded(body: bytes) -> str:
    if body.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return body.decode("utf-16", "replace")
    stated = _ENCODING.match(body[:200])
    try:
        encoding = codecs.lookup(stated[1].decode()).name if stated else "utf-8"
        return body.decode(encoding, "replace").removeprefix("\ufeff")
    except (LookupError, UnicodeError):  # no encoding, or one that takes no part of it
        return body.decode("utf-8", "replace")
