"""What ``scrapy follow`` and ``unfollow`` share, and how the feeds of a site are found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin

from scrapy.settings import BaseSettings

from newsdiff_crawler.adding.feeds_of_site import feeds_of_page, language_of, sitemaps_of_robots
from newsdiff_crawler.adding.opml import plain
from newsdiff_crawler.crawling.sources_loader import note_followed, sources_loader
from newsdiff_crawler.exit_status import ExitStatus, give_up
from newsdiff_crawler.parsing import Page, Refusal
from newsdiff_crawler.parsing.feeds import FeedError, read_feed
from newsdiff_crawler.parsing.size import check_size
from newsdiff_crawler.source import Source
from newsdiff_crawler.store import DatabaseError, Store, StoreError
from newsdiff_crawler.store.engine.connection import DATABASE_NAME
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


async def find_feeds(get: Get, url: str) -> FoundFeeds | NoFeed:
    """The feeds that the page at an address names, or else the sitemaps of its host; or the address
    itself, if it is that of a feed."""
    answer = await get(url)
    if answer.problem:
        return NoFeed(answer.problem)
    if is_feed(answer):
        return FoundFeeds(answer.url, feeds=[answer.url])
    try:
        page = _page(answer)
    except Refusal as refusal:
        return NoFeed(refusal.reason)
    title = plain(page.site_names[0])
    language = language_of(page)
    if feeds := await _that_answer(get, feeds_of_page(page), answer.url):
        return FoundFeeds(answer.url, title, language, feeds=feeds)
    robots = await get(urljoin(answer.url, "/robots.txt"), led_by=answer.url)
    named = sitemaps_of_robots(robots.body.decode("utf-8", "replace"))
    if sitemaps := await _that_answer(get, named, answer.url):
        return FoundFeeds(answer.url, title, language, sitemaps=sitemaps[:1])
    return NoFeed("its page names no feed that can be read, and its robots.txt no sitemap")


def _page(answer: Answer) -> Page:
    page = Page(answer.body, answer.url)
    check_size(page.html)
    return page


async def _that_answer(get: Get, urls: Sequence[str], led_by: str) -> list[str]:
    return [url for url in urls[:MOST_TRIED] if is_feed(await get(url, led_by=led_by))]


def is_feed(answer: Answer) -> bool:
    """Whether an answer is a feed or a sitemap with something in it."""
    try:
        read_feed(answer.body, answer.url)
    except FeedError:
        return False
    return True


def note(settings: BaseSettings, folder: Path, new: Iterable[str] = ()) -> None:
    """Tells the record, if there is one, what is followed now, and who the new ones are."""
    if not (folder / DATABASE_NAME).exists():
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
