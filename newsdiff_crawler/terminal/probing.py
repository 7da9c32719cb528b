"""What ``scrapy probe`` finds out of a source, without a record: whether its feeds answer, what
would be stored of its articles, and whether two readings are alike."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import chain

from rapidfuzz import fuzz

from newsdiff_crawler.budget import Budget, OverBudget
from newsdiff_crawler.crawling.listing import sort_out, sort_out_sitemaps
from newsdiff_crawler.exit_status import ExitStatus
from newsdiff_crawler.fetching.headers import header
from newsdiff_crawler.items import FeedEntry, LeftOut, ParsedPage
from newsdiff_crawler.parsing import Page, Refusal, read
from newsdiff_crawler.parsing.feeds import FeedError, Links, read_feed
from newsdiff_crawler.source import Source
from newsdiff_crawler.terminal.asking import Answer, Get
from newsdiff_crawler.text import count_words
from newsdiff_crawler.urls import is_web_page

FEEDS = 10  # that are read, of those that a source has
ARTICLES = 3
MOST_LISTED = 2000  # entries of a feed
LONGEST = 60  # characters of a headline


@dataclass(frozen=True)
class FeedFound:
    """``listed``: links to articles; ``problem``: why there are none, for people. ``moved_to``:
    where it is for good, if not there."""

    url: str
    listed: int = 0
    problem: str = ""
    moved_to: str = ""
    left_out: LeftOut = field(default_factory=LeftOut)


@dataclass(frozen=True)
class ArticleFound:
    """What would be stored of an article, or ``problem``. ``alike``: with a second reading, in per
    cent; None: there was none."""

    url: str
    title: str = ""
    words: int = 0
    parser: str = ""
    dated: bool = False
    problem: str = ""
    alike: float | None = None


@dataclass(frozen=True)
class Probe:
    """What was found of a source."""

    source: str
    title: str
    feeds: Sequence[FeedFound]
    more_feeds: int
    articles: Sequence[ArticleFound]
    min_articles: int = 1

    @property
    def answering(self) -> int:
        """How many feeds could be read."""
        return sum(not feed.problem for feed in self.feeds)

    @property
    def listed(self) -> int:
        """Links to articles in all feeds."""
        return sum(feed.listed for feed in self.feeds)

    @property
    def stored(self) -> Sequence[ArticleFound]:
        """The articles of which a version would be stored."""
        return [article for article in self.articles if not article.problem]

    @property
    def alike(self) -> float | None:
        """The least that two readings of an article have in common, in per cent."""
        read_twice = [each.alike for each in self.articles if each.alike is not None]
        return min(read_twice, default=None)

    @property
    def problems(self) -> list[str]:
        """What is not well, for people."""
        found = []
        if self.answering < len(self.feeds):
            found.append(f"{len(self.feeds) - self.answering} of {len(self.feeds)} feeds not read")
        if self.answering and self.listed < self.min_articles:
            found.append(f"{self.listed} articles listed, fewer than {self.min_articles}")
        if len(self.stored) < len(self.articles):
            refused = len(self.articles) - len(self.stored)
            found.append(f"{refused} of {len(self.articles)} articles not read")
        if self.alike is not None and self.alike < 100:
            found.append(f"two readings are {self.alike:.1f} % alike")
        return found

    @property
    def reason(self) -> str:
        """The first of what went wrong at a feed or an article, for people."""
        problems = chain(
            (feed.problem for feed in self.feeds), (article.problem for article in self.articles)
        )
        return next(filter(None, problems), "")

    @property
    def status(self) -> ExitStatus:
        """For scripts."""
        if not self.answering or (self.articles and not self.stored):
            return ExitStatus.NOTHING_READ
        return ExitStatus.UNWELL if self.problems else ExitStatus.DONE


async def probe(get: Get, source: Source, pause: float, budget: Budget) -> Probe:
    """Reads the feeds and three articles of a source, and these once more after so many seconds.
    ``budget``: of each reading."""
    addresses = source.all_feeds()
    feeds, entries = [], []
    for url in addresses[:FEEDS]:
        found, listed = await _feed(get, source, url, budget)
        feeds.append(found)
        entries.append(listed)
    chosen = _some_of_each(entries)
    first = [await _article(get, source, entry.url, budget) for entry in chosen]
    articles = [found for found, _ in first]
    if any(page for _, page in first):
        await asyncio.sleep(pause)
        articles = [await _again(get, source, found, page, budget) for found, page in first]
    more = len(addresses) - len(feeds)
    return Probe(source.name, source.title, feeds, more, articles, source.min_articles)


def _some_of_each(entries: Sequence[Sequence[FeedEntry]]) -> list[FeedEntry]:
    """The first of each feed, then the second, and so on: ARTICLES, each once."""
    deepest = max(map(len, entries), default=0)
    in_turn = [each[n] for n in range(min(deepest, ARTICLES)) for each in entries if n < len(each)]
    return [*{entry.url: entry for entry in in_turn}.values()][:ARTICLES]


async def _feed(
    get: Get, source: Source, url: str, budget: Budget
) -> tuple[FeedFound, Sequence[FeedEntry]]:
    answer = await get(url)
    links, problem = _links(source, answer, budget)
    if links.sitemaps and not links.articles:
        newest, _ = sort_out_sitemaps(links, source, is_inner=False)
        if newest:
            links, problem = _links(source, await get(newest[0], led_by=url), budget)
    listing = sort_out(links, source, MOST_LISTED, lambda _: {})
    if not problem and not listing.articles:
        problem = "it lists no article of the source"
    found = FeedFound(url, len(listing.articles), problem, answer.moved_to, listing.left_out)
    return found, listing.articles


def _links(source: Source, answer: Answer, budget: Budget) -> tuple[Links, str]:
    if answer.problem or answer.response is None:
        return Links(), answer.problem
    if not is_web_page(answer.url, source.hosts()):
        return Links(), _led_away(answer)
    try:
        kind = header(answer.response, "Content-Type")
        return budget.spend_on(lambda: read_feed(answer.body, answer.url, kind)), ""
    except (FeedError, OverBudget) as error:
        return Links(), str(error)


async def _article(
    get: Get, source: Source, url: str, budget: Budget
) -> tuple[ArticleFound, ParsedPage | None]:
    answer = await get(url, led_by=source.all_feeds()[0])
    if answer.problem or answer.response is None:
        return ArticleFound(url, problem=answer.problem), None
    if not is_web_page(answer.url, source.hosts()):
        return ArticleFound(url, problem=_led_away(answer)), None
    kind = header(answer.response, "Content-Type")
    page = Page(answer.body, answer.url, asked_url=url, content_type=kind)
    try:
        article = budget.spend_on(lambda: read(page, source.parsers))
    except Refusal as refusal:
        return ArticleFound(url, problem=f"{refusal.sentence} ({refusal.reason})"), None
    except OverBudget as error:
        return ArticleFound(url, problem=str(error)), None
    words = sum(count_words(block.text) for block in article.body)
    is_dated = article.published_at is not None
    return ArticleFound(url, article.title, words, article.parser, is_dated), article


def _led_away(answer: Answer) -> str:
    """A crawl does not go there."""
    return f"led away from the source, to {answer.url}"


async def _again(
    get: Get, source: Source, found: ArticleFound, before: ParsedPage | None, budget: Budget
) -> ArticleFound:
    if before is None:
        return found
    second, after = await _article(get, source, found.url, budget)
    if after is None:
        return ArticleFound(found.url, problem=f"at a second reading: {second.problem}")
    one, other = ("\n".join(block.text for block in page.blocks()) for page in (before, after))
    alike = 100.0 if one == other else min(99.9, fuzz.ratio(one, other))
    return ArticleFound(found.url, found.title, found.words, found.parser, found.dated, alike=alike)
