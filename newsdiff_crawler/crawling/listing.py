"""What a feed's links come to for a source: its articles, and what is left out and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from newsdiff_crawler.items import FeedEntry, LeftOut
from newsdiff_crawler.parsing.feeds import Links
from newsdiff_crawler.parsing.sitemaps import ListedSitemap, newest, newest_first
from newsdiff_crawler.source import Source
from newsdiff_crawler.urls import clean, host_of, is_web_page, normal

SITEMAPS_OF_AN_INDEX = 10  # the newest ones
SITEMAPS_OF_AN_INNER_INDEX = 5
MOST_NAMED = 10  # malformed entries that are told one by one
LONGEST_NAME = 200  # characters

T = TypeVar("T", FeedEntry, ListedSitemap)
# Where links on other hosts lead, of those that were asked; None: to no other host.
Leads = Mapping[str, str | None]


@dataclass(frozen=True)
class Listing:
    """``articles``: each once, by its clean URL. ``unknown``: links on other hosts, of which nobody
    knows where they lead."""

    articles: tuple[FeedEntry, ...]
    left_out: LeftOut
    unknown: tuple[str, ...] = ()


def sort_out(
    links: Links, source: Source, most: int, known: Callable[[Sequence[str]], Leads]
) -> Listing:
    """The articles of a feed, the newest where it has more than so many. ``known`` says where links
    on other hosts lead."""
    entries, malformed = _each(links.articles, clean)
    outside = [entry.url for entry in entries if not is_web_page(entry.url, source.domains)]
    leads = known(outside) if outside else {}
    listed: dict[str, list[FeedEntry]] = {}
    by_host: Counter[str] = Counter()
    by_rule = 0
    for entry in entries:
        url = leads.get(entry.url) or entry.url
        if source.is_article(url):
            listed.setdefault(url, []).append(entry)
        elif is_web_page(url, source.domains):
            by_rule += 1
        else:
            by_host[host_of(entry.url)] += 1
    articles = tuple(_together(url, each) for url, each in listed.items())
    kept = articles if len(articles) <= most else tuple(newest(articles, most))
    left_out = LeftOut(
        dict(by_host),
        by_rule,
        links.no_link,
        len(malformed),
        _named(malformed),
        older=len(articles) - len(kept) + links.unread,
    )
    unknown = tuple(url for url in dict.fromkeys(outside) if url not in leads)
    return Listing(kept, left_out, unknown)


def sort_out_sitemaps(links: Links, source: Source, is_inner: bool) -> tuple[list[str], LeftOut]:
    """The sitemaps of an index that are asked for, and what is left out of it."""
    sitemaps, malformed = _each(links.sitemaps, normal)
    hosts = source.hosts()
    found: list[ListedSitemap] = []
    by_host: Counter[str] = Counter()
    for sitemap in sitemaps:
        if is_web_page(sitemap.url, hosts):
            found.append(sitemap)
        else:
            by_host[host_of(sitemap.url)] += 1
    most = SITEMAPS_OF_AN_INNER_INDEX if is_inner else SITEMAPS_OF_AN_INDEX
    left_out = LeftOut(dict(by_host), malformed=len(malformed), named=_named(malformed))
    return newest_first(found, most), left_out


def _each(listed: Sequence[T], cleaned: Callable[[str], str]) -> tuple[list[T], list[str]]:
    """What is listed, with clean URLs; and in words that whose link is no usable address."""
    usable: list[T] = []
    malformed: list[str] = []
    for each in listed:
        url, problem = _cleaned(each.url, cleaned)
        if problem:
            malformed.append(problem)
        else:
            usable.append(replace(each, url=url))
    return usable, malformed


def _cleaned(url: str, cleaned: Callable[[str], str]) -> tuple[str, str]:
    """The clean URL, or what is wrong with it."""
    try:
        return cleaned(url), ""
    except ValueError as error:
        reason = " ".join(str(error).split())[:LONGEST_NAME]
        return "", f"{url[:LONGEST_NAME]!r}: {reason}"


def _named(malformed: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(malformed))[:MOST_NAMED]


def _together(url: str, entries: Sequence[FeedEntry]) -> FeedEntry:
    """One entry for a URL that is listed once or more; title and guid are the first stated."""
    return FeedEntry(
        url,
        "".join(sorted({entry.mark for entry in entries})),
        next((entry.title for entry in entries if entry.title), ""),
        next((entry.guid for entry in entries if entry.guid), ""),
        max(entry.dated for entry in entries),
    )
