"""What an entry of a sitemap or of an index of sitemaps says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from lxml import etree

from newsdiff_crawler.items import FeedEntry
from newsdiff_crawler.parsing.dates import to_utc
from newsdiff_crawler.parsing.feed_markup import Entry, local_name, text_of
from newsdiff_crawler.parsing.marks import mark_of

_DATE_IN_URL = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_/]?(0[1-9]|1[0-2])?[-_/]?([0-3]\d)?(?!\d)")


@dataclass(frozen=True)
class ListedSitemap:
    """A sitemap as an index lists it. ``dated``: when it was changed last, or what its URL is named
    after, as ISO 8601; empty: nobody says."""

    url: str
    dated: str = ""


Dated = TypeVar("Dated", bound=FeedEntry | ListedSitemap)


def read_sitemap_entry(entry: Entry) -> FeedEntry | ListedSitemap | None:
    """An article or, in an index, a sitemap; None where it has no address."""
    url = _address(entry)
    if not url:
        return None
    modified = _date(entry.text("lastmod"))
    if local_name(entry.element) == "sitemap":
        return ListedSitemap(url, modified or _date_in(url))
    news = [each for part in entry.foreign("news") for each in part]
    title = _text(news, "title")
    published = _date(_text(news, "publication_date"))
    dates = max(to_utc(date) or "" for date in (modified, published))
    return FeedEntry(url, mark_of([modified, published], [title]), title, dated=dates)


def newest_first(sitemaps: Iterable[ListedSitemap], most: int) -> list[str]:
    """The URLs of the sitemaps of an index that are worth asking for: the `newest`."""
    return [sitemap.url for sitemap in newest(sitemaps, most)]


def newest(listed: Iterable[Dated], most: int) -> list[Dated]:
    """Of what is listed, each once, the newest. Those without a date, from both ends of their
    order, take half of the places at most where others want them."""
    each_once: list[Dated] = list(dict.fromkeys(listed))
    undated = [each for each in each_once if not each.dated]
    dated = [each for each in each_once if each.dated]
    dated.sort(key=lambda each: each.dated, reverse=True)
    places = max(most // 2, most - len(dated))
    return (_from_both_ends(undated, places) + dated)[:most]


def _from_both_ends(listed: list[Dated], most: int) -> list[Dated]:
    """In their order. Some list the newest first, and some last."""
    if len(listed) <= most:
        return listed
    last = most // 2
    return listed[: most - last] + listed[len(listed) - last :]


def read_list(pieces: Iterable[str]) -> Iterator[FeedEntry]:
    """The articles of a sitemap that is nothing but URLs, one a line; none of any other text."""
    rest = ""
    for piece in pieces:
        *lines, rest = (rest + piece).lstrip("\ufeff").split("\n")
        for line in filter(None, map(str.strip, lines)):
            if not _is_address(line):
                return
            yield FeedEntry(line, mark_of([], []))
        if len(rest) > 10_000:
            return
    if _is_address(rest.strip()):
        yield FeedEntry(rest.strip(), mark_of([], []))


def _is_address(line: str) -> bool:
    return line.startswith(("https://", "http://")) and " " not in line


def _address(entry: Entry) -> str:
    for element in [*entry.children("loc"), *entry.foreign("loc")]:
        if text_of(element):
            return entry.address(text_of(element), element)
    return ""


def _text(elements: Iterable[etree._Element], name: str) -> str:
    found = (text_of(each) for each in elements if local_name(each) == name)
    return next(filter(None, found), "")


def _date(stated: str) -> str:
    """In UTC where it can be read, else as stated."""
    return to_utc(stated) or stated


def _date_in(url: str) -> str:
    found = _DATE_IN_URL.findall(url)
    return "-".join(filter(None, found[-1])) if found else ""
