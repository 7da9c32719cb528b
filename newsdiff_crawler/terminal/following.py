"""What ``scrapy follow`` and ``unfollow`` share, and how the feeds of a site are found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from urllib.parse import urljoin

from scrapy.settings import BaseSettings

from newsdiff_crawler.adding.feeds_of_site import feeds_of_page, language_of, sitemaps_of_robots
from newsdiff_crawler.adding.opml import plain
from newsdiff_crawler.budget import Budget, OverBudget
from newsdiff_crawler.crawling.sources_loader import note_followed, sources_loader
from newsdiff_crawler.exit_status import ExitStatus, give_up
from newsdiff_crawler.parsing import Page, Refusal
from newsdiff_crawler.parsing.feeds import FeedError, read_feed
from newsdiff_crawler.parsing.size import check_size
from newsdiff_crawler.source import Source
from newsdiff_crawler.store import DatabaseError, Store, StoreError
from newsdiff_crawler.store.engine.opening import is_made
from newsdiff_crawler.terminal.asking import Answer, Get

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
        if budget.spend_on(partial(is_feed, answer)):
            return FoundFeeds(answer.url, feeds=[answer.url])
        site = budget.spend_on(partial(_site, answer))
        if feeds := await _that_answer(get, site.feeds, site.site, budget):
            return replace(site, feeds=feeds)
        robots = await get(urljoin(site.site, "/robots.txt"), led_by=site.site)
        named = sitemaps_of_robots(robots.body.decode("utf-8", "replace"))
        if sitemaps := await _that_answer(get, named, site.site, budget):
            return replace(site, feeds=(), sitemaps=sitemaps[:1])
    except Refusal as refusal:
        return NoFeed(refusal.reason)
    except OverBudget as error:
        return NoFeed(str(error))
    return NoFeed("its page names no feed that can be read, and its robots.txt no sitemap")


def _site(answer: Answer) -> FoundFeeds:
    """What a page says of its site. Raises Refusal."""
    page = Page(answer.body, answer.url)
    check_size(page.html)
    named = feeds_of_page(page)
    return FoundFeeds(answer.url, plain(page.site_names[0]), language_of(page), named)


async def _that_answer(get: Get, urls: Sequence[str], led_by: str, budget: Budget) -> list[str]:
    answers = [await get(url, led_by=led_by) for url in urls[:MOST_TRIED]]
    return [
        url
        for url, answer in zip(urls, answers, strict=False)
        if budget.spend_on(partial(is_feed, answer))
    ]


def is_feed(answer: Answer) -> bool:
    """Whether an answer is a feed or a sitemap with something in it."""
    try:
        read_feed(answer.body, answer.url)
    except FeedError:
        return False
    return True


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
        give_up(error, ExitStatus.NO_RECORD)
