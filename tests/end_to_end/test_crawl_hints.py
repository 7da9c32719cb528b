"""What feeds say sends ``scrapy crawl`` where it would not have gone yet; the feeds themselves are
asked for when they are due."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from newsdiff_crawler.demo.loopback import Answer
from tests.support.crawling import (
    FRONT_PAGE_FEED,
    bbc_feed,
    bbc_feeds,
    bbc_routes,
    bbc_story,
    crawl,
    query,
    stories,
    urls_of,
)
from tests.support.newsroom import Newsroom, page, typed

VALLEY, HILLS = urls_of(2)
SUN = ["The sun came out over the valley at noon.", "All roads were dry by the evening."]
HINTS = "select sum(hints), sum(hints_right) from feeds"


def at(time: str) -> tuple[str, str]:
    """A crawl's arguments: it takes place at that time, on a day in March."""
    return "-s", f"NEWSDIFF_NOW=2026-03-01T{time}:00Z"


def newsroom_of(revision: int, **edited: list[str]) -> dict[str, Any]:
    """The valley's entry in the feed with this revision, and its page edited or not."""
    pages = stories([VALLEY, HILLS])
    if edited:
        pages[VALLEY] = bbc_story(VALLEY, "Rain", edited["text"])
    entries = bbc_feed([VALLEY], revision).body.replace(
        b"<item>", b"<item><link>%s</link></item><item>" % HILLS.encode(), 1
    )
    return bbc_routes(pages) | {FRONT_PAGE_FEED: typed(entries, "text/xml")}


def asked(newsroom: Newsroom, *urls: str) -> list[int]:
    """How often each was asked for."""
    times = Counter(newsroom.urls())
    return [times[url] for url in urls]


def test_what_a_feed_says_has_moved_is_checked_before_it_is_due(tmp_path: Path) -> None:
    with Newsroom(newsroom_of(0)) as newsroom:
        crawl(newsroom, tmp_path, "bbc", *at("08:00"))
        newsroom.routes = newsroom_of(1, text=SUN)
        edited = crawl(newsroom, tmp_path, "bbc", *at("08:06"))
        assert asked(newsroom, VALLEY, HILLS) == [2, 1]
        newsroom.routes = newsroom_of(2, text=SUN)
        not_edited = crawl(newsroom, tmp_path, "bbc", *at("08:12"))
    assert "checked 1 article: 1 changed" in edited.stderr
    assert "1 unchanged" in not_edited.stderr
    assert query(tmp_path, HINTS) == [(2, 1)]


def test_what_was_checked_within_five_minutes_waits_for_them(tmp_path: Path) -> None:
    with Newsroom(newsroom_of(0)) as newsroom:
        crawl(newsroom, tmp_path, "bbc", *at("08:00"))
        crawl(newsroom, tmp_path, "bbc", "-a", f"url={VALLEY}", *at("08:04"))
        newsroom.routes = newsroom_of(1, text=SUN)
        done = crawl(newsroom, tmp_path, "bbc", *at("08:06"))
        assert asked(newsroom, VALLEY) == [2]
        assert "bbc: nothing was checked" in done.stderr
        due = f"select next_check_at from articles where url = '{VALLEY}'"
        assert query(tmp_path, due) == [("2026-03-01T08:09:00Z",)]
        done = crawl(newsroom, tmp_path, "bbc", *at("08:09"))
    assert "checked 1 article: 1 changed" in done.stderr


def test_a_feed_is_asked_for_when_it_is_due_or_when_everything_is_rechecked(
    tmp_path: Path,
) -> None:
    with Newsroom(newsroom_of(0)) as newsroom:
        for time, *arguments in (["08:00"], ["08:04"], ["08:04", "-a", "recheck=1"]):
            done = crawl(newsroom, tmp_path, "bbc", *at(time), *arguments)
            assert "ERROR " not in done.stderr
        assert set(asked(newsroom, *bbc_feeds())) == {2}
    # The front page brought something the first time, the others nothing at all.
    waits = query(tmp_path, "select distinct wait from feeds order by 1")
    assert waits == [(375,), (468,)]


def test_feeds_that_fail_are_no_better_for_not_being_asked(tmp_path: Path) -> None:
    with Newsroom(dict.fromkeys(bbc_feeds(), Answer(status=404))) as newsroom:
        crawl(newsroom, tmp_path, "bbc", *at("08:00"))
        done = crawl(newsroom, tmp_path, "bbc", *at("08:01"))
        assert set(asked(newsroom, *bbc_feeds())) == {1}
    assert "bbc is still unwell: none of 8 feeds could be read" in done.stderr


def test_feeds_of_a_host_that_is_left_alone_are_due_when_that_is_over(tmp_path: Path) -> None:
    busy = dict.fromkeys(bbc_feeds(), page("<h1>Slow down</h1>", 429, retry_after="7200"))
    put_off = """select distinct next_check_at, last_checked_at is null from feeds
                  where last_error like 'left alone until 2026-03-01T10:00:00Z: HTTP 429'"""
    with Newsroom(busy) as newsroom:
        crawl(newsroom, tmp_path, "bbc", *at("08:00"))
        refused = sum(asked(newsroom, *bbc_feeds()))
        assert refused in (1, 2)  # two were on their way at once
        assert query(tmp_path, put_off) == [("2026-03-01T10:00:00Z", 1)]
        newsroom.routes = newsroom_of(0)
        done = crawl(newsroom, tmp_path, "bbc", *at("10:00"))
        assert sum(asked(newsroom, *bbc_feeds())) == refused + 8
    assert "bbc is well again" in done.stderr


# --- Sitemaps ---------------------------------------------------------------------------------

SOURCE = """
[paper]
title = "The Paper"
sitemaps = ["https://paper.example/index.xml"]
"""
INDEX, NEWS = "https://paper.example/index.xml", "https://paper.example/news.xml"
STORY = "https://paper.example/news/rain-in-the-valley"
TEXT = "It rained for the third day in the valley, and twelve roads are under water. "


def paper(lastmod: str, word: str = "third") -> dict[str, Any]:
    text = "".join(f"<p>{TEXT.replace('third', word) * 3}</p>" for _ in range(3))
    return {
        NEWS: typed(
            f"<urlset><url><loc>{STORY}</loc><lastmod>{lastmod}</lastmod></url></urlset>".encode(),
            "application/xml",
        ),
        STORY: page(f"<html><body><article><h1>Rain</h1>{text}</article></body></html>"),
    }


def test_a_sitemap_is_read_when_it_is_due_though_its_index_has_not_changed(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "sources.toml").write_text(SOURCE)
    index = f"<sitemapindex><sitemap><loc>{NEWS}</loc></sitemap></sitemapindex>".encode()
    routes = {INDEX: typed(index, "application/xml", etag='"1"')} | paper("2026-03-01T07:00:00Z")
    with Newsroom(routes) as newsroom:
        done = crawl(newsroom, tmp_path, "paper", *at("08:00"))
        assert "1 new" in done.stderr
        newsroom.routes = paper("2026-03-01T08:03:00Z", "fourth") | {INDEX: Answer(status=304)}
        done = crawl(newsroom, tmp_path, "paper", *at("08:06"))
        assert asked(newsroom, INDEX, NEWS, STORY) == [2, 2, 2]
    assert "checked 1 article: 1 changed" in done.stderr
    assert query(tmp_path, "select hints, hints_right from feeds order by id") == [(1, 1), (0, 0)]
