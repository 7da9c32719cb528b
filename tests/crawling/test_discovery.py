"""What is made of a feed's answer."""

from __future__ import annotations

from datetime import timedelta

import pytest
from scrapy.http import Response

from newsdiff_crawler.crawling.discovery import Discovery, FeedNews
from newsdiff_crawler.crawling.listing import SITEMAPS_OF_AN_INDEX
from newsdiff_crawler.store import Feed, Store
from newsdiff_crawler.store.writing.hosts import BackOff
from newsdiff_crawler.times import from_iso, to_iso
from tests.support.runs import LoneRun, Paper

NOW = from_iso("2026-03-01T08:00:00Z")
FEED = "https://news.example/rss.xml"


class News(Paper):
    """Whose articles are below /news/."""

    def is_article(self, url: str) -> bool:
        return "/news/" in url


class Crawl:
    """A source's discovery, and the figures of its crawl."""

    def __init__(self, store: Store) -> None:
        self.store = store
        run = LoneRun(store, News())
        self.run, self.counts = run, run.counted
        self.discovery = Discovery(run)

    def allow(self, **settings: int) -> None:
        self.run.configuration = self.run.configuration.model_copy(update=settings)

    def feed(self) -> Feed:
        return self.discovery.claim([FEED], everything=True)[0]

    def read(self, body: str, status: int = 200, **headers: str) -> FeedNews:
        response = Response(FEED, status, headers=headers, body=body.encode())
        return self.discovery.read(response, self.feed())

    def wait(self) -> int:
        """Minutes until the feed is due."""
        (row,) = self.store.db.query(
            "select next_check_at from feeds where url = :url", {"url": FEED}
        )
        return (from_iso(row["next_check_at"]) - NOW) // timedelta(minutes=1)

    def articles(self) -> list[str]:
        return [row["url"] for row in self.store.db.query("select url from articles order by id")]


@pytest.fixture
def crawl(store: Store) -> Crawl:
    return Crawl(store)


def rss(*items: tuple[str, str]) -> str:
    """A feed of links and titles."""
    entries = "".join(
        f"<item><link>{url}</link><title>{title}</title></item>" for url, title in items
    )
    return f'<rss version="2.0"><channel>{entries}</channel></rss>'


def index(*urls: str) -> str:
    listed = "".join(f"<sitemap><loc>{url}</loc></sitemap>" for url in urls)
    return f"<sitemapindex>{listed}</sitemapindex>"


ONE, TWO = "https://news.example/news/1", "https://news.example/news/2"


def test_new_articles_are_tracked_once_and_counted(crawl: Crawl) -> None:
    assert crawl.read(rss((ONE, "a"), (f"{ONE}?utm_source=rss", "a"), (TWO, "b"))).news == 2
    assert crawl.read(rss((TWO, "b"))).news == 0
    assert crawl.articles() == [ONE, TWO]
    assert crawl.counts == {"feeds_read": 2, "listed": 3, "found": 2, "hinted": 0}


def test_links_that_are_no_urls_or_no_articles_are_left_out(crawl: Crawl) -> None:
    crawl.read(rss(("http://[news/1", "a"), ("https://news.example/about", "b"), (ONE, "c")))
    assert crawl.articles() == [ONE]


def test_an_article_that_is_listed_twice_moves_when_either_entry_does(crawl: Crawl) -> None:
    moved = [
        crawl.read(rss(*((ONE, title) for title in titles))).news for titles in ("ab", "ba", "ac")
    ]
    assert moved == [1, 0, 1]


def test_a_feed_that_brings_something_is_soon_due_again(crawl: Crawl) -> None:
    waits = []
    for title in "aaabb":
        crawl.read(rss((ONE, title)))
        waits.append(crawl.wait())
    assert waits == [5, 6, 7, 5, 6]


def test_the_hints_of_a_feed_that_is_not_followed_are_no_news(crawl: Crawl) -> None:
    crawl.read(rss((ONE, "a")))
    crawl.store.db.execute("update feeds set hints = 50, hints_right = 2")
    assert crawl.read(rss((ONE, "b"))).news == 0
    assert crawl.counts["hinted"] == 1


def test_an_answer_that_says_not_modified_brings_nothing_and_keeps_what_is_known(
    crawl: Crawl,
) -> None:
    crawl.read(rss((ONE, "a")), ETag='"1"')
    assert crawl.read("", 304) == FeedNews()
    feed = crawl.feed()
    assert (feed.etag, feed.not_modified, feed.listed) == ('"1"', 1, 1)
    assert crawl.counts["feeds_unchanged"] == 1


@pytest.mark.parametrize(
    ("body", "status", "reason"), [("", 500, "HTTP 500"), ("<html>", 200, "HTML instead of a feed")]
)
def test_a_feed_that_cannot_be_read_says_why(
    crawl: Crawl, body: str, status: int, reason: str
) -> None:
    assert crawl.read(body, status) == FeedNews()
    (row,) = crawl.store.db.query("select last_error, failures from feeds")
    assert row == {"last_error": reason, "failures": 1}
    assert (crawl.wait(), crawl.counts) == (10, {"feeds_failed": 1})


def test_a_feed_whose_host_is_left_alone_is_due_when_that_is_over(crawl: Crawl) -> None:
    until = NOW + timedelta(minutes=42)
    crawl.discovery.put_off(crawl.feed(), BackOff("news.example", until, "HTTP 429"))
    (row,) = crawl.store.db.query("select last_error, last_checked_at from feeds")
    said = f"left alone until {to_iso(until)}: HTTP 429"
    assert row == {"last_error": said, "last_checked_at": None}
    assert crawl.wait() == 42


def test_sitemaps_from_both_ends_of_an_index_are_asked_for_when_they_are_new(crawl: Crawl) -> None:
    urls = [f"{FEED}?{number}" for number in range(12)]
    feed_news = crawl.read(index(*urls))
    half = SITEMAPS_OF_AN_INDEX // 2
    assert [feed.url for feed in feed_news.sitemaps] == urls[:half] + urls[-half:]
    assert feed_news.news == SITEMAPS_OF_AN_INDEX
    assert crawl.read(index(*urls)) == FeedNews()


def test_an_index_in_an_index_is_followed_and_no_deeper(crawl: Crawl) -> None:
    (inner,) = crawl.read(index(f"{FEED}?1")).sitemaps
    response = Response(inner.url, body=index(f"{FEED}?2").encode())
    (innermost,) = crawl.discovery.read(response, inner).sitemaps
    response = Response(innermost.url, body=index(f"{FEED}?3").encode())
    assert crawl.discovery.read(response, innermost) == FeedNews()


def test_no_more_new_articles_are_tracked_than_a_day_may_bring(crawl: Crawl) -> None:
    crawl.allow(new_per_day=10)
    links = [(f"https://news.example/news/{number}", "a") for number in range(14)]
    crawl.read(rss(*links), etag="1")
    assert crawl.articles() == [url for url, _ in links[:10]]
    assert crawl.feed().etag is None  # it is read in full again
    crawl.allow(new_per_day=12)
    crawl.read(rss(*links))
    assert crawl.articles() == [url for url, _ in links[:12]]


def test_of_a_feed_the_newest_entries_are_followed(crawl: Crawl) -> None:
    crawl.allow(feed_entries=10)
    crawl.read(rss(*((f"https://news.example/news/{number}", "a") for number in range(14))))
    assert len(crawl.articles()) == 10
    assert crawl.feed().left_out.older == 4
