"""What ``scrapy follow`` and ``unfollow`` share, and how the feeds of a site are found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from urllib.parse import urljoin

from scrapy.settings import BaseSettings

from newsdiff_crawler.adding.feeds_of_site import (
    feeds_of_page,
    language_of,
    perhaps_feeds,
    sitemaps_of_robots,
)
from newsdiff_crawler.adding.opml import plain
from newsdiff_crawler.budget import Budget, OverBudget
from newsdiff_crawler.crawling.sources_loader import note_followed, sources_loader
from newsdiff_crawler.parsing import Page, Refusal
from newsdiff_crawler.parsing.feeds import FeedError, read_feed
from newsdiff_crawler.parsing.size import check_size
from newsdiff_crawler.source import Source
from newsdiff_crawler.store import DatabaseError, Store, StoreError
from newsdiff_crawler.store.engine.opening import is_made
from newsdiff_crawler.terminal.asking import Answer, Get
from newsdiff_crawler.terminal.record_failure import give_up_record
from newsdiff_crawler.urls import host_of, is_web_page, site_of

MOST_TRIED = 4  # addresses of a kind


@dataclass(frozen=True)
class FoundFeeds:
    """Of a site, by its page or its feed."""

    site: str
    title: str = ""
    language: str = ""
    feeds: Sequence[str] = ()
    sitemaps: Sequence[str] = ()


@dataclass(frozen=True)
class NoFeed:
    """Why none was found, for people."""

    reason: str


async def find_feeds(get: Get, url: str, budget: Budget) -> FoundFeeds | NoFeed:
    """The feeds that the page at an address names, or else the sitemaps of its host; or the address
    itself, if it is that of a feed. ``budget``: of each reading."""
    answer = await get(url)
    if answer.problem:
        return NoFeed(answer.problem)
    try:
        return budget.spend_on(partial(_of_feed, answer))
    except FeedError:
        pass
    except OverBudget as error:
        return NoFeed(str(error))
    try:
        site, named = budget.spend_on(partial(_site, answer))
    except (Refusal, OverBudget) as error:
        return NoFeed(str(error))
    tried = _Tried(get, site.site, budget)
    for addresses in named:
        if feeds := await tried.that_answer(addresses):
            return replace(site, feeds=feeds)
    why = f"; {tried.problem}" if tried.problem else ""
    robots = await get(urljoin(site.site, "/robots.txt"), led_by=site.site)
    stated = sitemaps_of_robots(robots.body.decode("utf-8", "replace"), robots.url)
    usual = urljoin(site.site, "/sitemap.xml")
    if sitemaps := await tried.that_answer([*stated, *({usual} - {*stated})]):
        return replace(site, sitemaps=sitemaps[:1])
    return NoFeed(f"its page names no feed that can be read, and its robots.txt no sitemap{why}")


def _of_feed(answer: Answer) -> FoundFeeds:
    """What an answer that is a feed says of its site: where its articles are, if it lists none of
    its own host. Raises FeedError."""
    listed = read_feed(answer.body, answer.url).articles
    own = site_of(answer.url)
    hosts = Counter(site_of(entry.url) for entry in listed if host_of(entry.url))
    if not hosts or any(is_web_page(entry.url, [own]) for entry in listed):
        return FoundFeeds(answer.url, feeds=[answer.url])
    ((host, _),) = hosts.most_common(1)
    return FoundFeeds(f"https://{host}/", feeds=[answer.url])


def _site(answer: Answer) -> tuple[FoundFeeds, tuple[list[str], list[str]]]:
    """What a page says of its site, and where its feeds are, and may be. Raises Refusal."""
    page = Page(answer.body, answer.url)
    check_size(page.html)
    found = FoundFeeds(answer.url, plain(page.site_names[0]), language_of(page))
    return found, (feeds_of_page(page), perhaps_feeds(page))


class _Tried:
    """Addresses that a site named. ``problem``: of the first one that is no feed."""

    def __init__(self, get: Get, led_by: str, budget: Budget) -> None:
        self.problem = ""
        self._get, self._led_by, self._budget = get, led_by, budget

    async def that_answer(self, urls: Sequence[str]) -> list[str]:
        """Those that are feeds or sitemaps with something in them, where they are for good."""
        found = []
        for url in urls[:MOST_TRIED]:
            answer = await self._get(url, led_by=self._led_by)
            problem = answer.problem or self._why_no_feed(answer)
            if not problem:
                found.append(answer.moved_to or url)
            self.problem = self.problem or (problem and f"{url}: {problem}")
        return found

    def _why_no_feed(self, answer: Answer) -> str:
        try:
            self._budget.spend_on(partial(read_feed, answer.body, answer.url))
        except (FeedError, OverBudget) as error:
            return str(error)
        return ""


def note(settings: BaseSettings, folder: Path, new: Iterable[str] = ()) -> None:
    """Tells the record, if there is one, what is followed now, and who the new ones are."""
    if not is_made(folder):
        return
    loader = sources_loader(settings)
    try:
        with closing(Store.open(folder)) as store:
            note_followed(store, loader, are_said=False)
            for spider in map(loader.load, new):
                if issubclass(spider, Source):
                    store.sources.describe(spider().publisher())
    except (StoreError, DatabaseError) as error:
        give_up_record(folder, error)
