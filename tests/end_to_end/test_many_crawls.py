"""Crawls of one source at the same time share its work and its hosts' back-offs."""

from __future__ import annotations

import subprocess
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from newsdiff_crawler.demo.loopback import Request
from tests.support.crawling import (
    FRONT_PAGE_FEED,
    bbc_feed,
    bbc_feeds,
    bbc_routes,
    crawl,
    query,
    started,
    stories,
    urls_of,
)
from tests.support.forked import Forked
from tests.support.newsroom import Held, LoggedRequest, Newsroom

FIND_ONLY = ("-s", "NEWSDIFF_CRAWL_MINUTES=0")
VERSIONS = "select url, version_count from articles order by url"
PORTION = 5


def begun(newsroom: Newsroom, folder: Path, contact: str, *arguments: str) -> Forked:
    """A crawl that is known by its contact; it has begun."""
    process = started(
        newsroom,
        folder,
        *("bbc", *arguments, "-L", "DEBUG", "-s", f"NEWSDIFF_PORTION={PORTION}"),
        stderr=subprocess.PIPE,
        more={"NEWSDIFF_CONTACT": contact},
    )
    assert process.stderr
    assert any("Spider opened" in line for line in process.stderr)
    return process


def contact_of(request: Request) -> str:
    """The letter that a crawl of ``begun`` is known by."""
    return request.headers["user-agent"][-2]


def most_at_once(records: Iterable[LoggedRequest]) -> int:
    """Of these alone: the newsroom still counts the requests of a crawl that is dead, until it
    notices that nobody listens."""
    log = list(records)
    return max(
        sum(
            other.request.host == record.request.host
            and other.started <= record.started
            and (other.finished is None or record.started < other.finished)
            for other in log
        )
        for record in log
    )


def test_four_crawls_at_once_one_of_them_killed(tmp_path: Path) -> None:
    urls = urls_of(40)
    asked_for, gate = Event(), Event()
    pages: dict[str, Any] = {
        url: Held(answer.body, 200, answer.headers, gate, asked_for)
        for url, answer in stories(urls).items()
    }
    with Newsroom(bbc_routes(pages)) as newsroom:
        crawl(newsroom, tmp_path, "bbc", *FIND_ONLY)
        crawls = {name: begun(newsroom, tmp_path, name) for name in "abcd"}
        assert asked_for.wait(90)
        first = next(entry.request for entry in newsroom.log if entry.request.url in pages)
        killed_name = contact_of(first)
        killed = crawls.pop(killed_name)
        before = len(newsroom.log)
        killed.kill()
        killed.communicate(timeout=90)
        gate.set()
        logs = [process.communicate(timeout=90)[1] for process in crawls.values()]
        crawl(newsroom, tmp_path, "bbc")
    times = Counter(url for url in newsroom.urls() if url in pages)
    assert all("ERROR " not in log for log in logs)
    assert query(tmp_path, VERSIONS) == [(url, 1) for url in urls]
    # Nothing twice but what the killed crawl was at; never three requests at a time.
    assert len([url for url, number in times.items() if number > 1]) <= PORTION
    assert max(times.values()) == 2
    assert max(record.at_once for record in newsroom.log[:before]) <= 2
    living = [entry for entry in newsroom.log if contact_of(entry.request) != killed_name]
    assert most_at_once(living) <= 2


def feeds_asked(newsroom: Newsroom) -> Counter[str]:
    return Counter(url for url in newsroom.urls() if url in bbc_feeds())


@pytest.mark.parametrize("arguments", [(), ("-a", "recheck=1")], ids=["due", "all"])
def test_each_feed_is_asked_for_by_one_crawl(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    held = Held(bbc_feed([]).body)
    with Newsroom(bbc_routes({}) | {FRONT_PAGE_FEED: held}) as newsroom:
        first = begun(newsroom, tmp_path, "a")
        assert held.asked.wait(60)
        crawl(newsroom, tmp_path, "bbc", *arguments)
        held.gate.set()
        first.communicate(timeout=60)
        # It may have read some of the others already; those were no longer its own.
        again = feeds_asked(newsroom) - Counter(bbc_feeds())
    assert again[FRONT_PAGE_FEED] == 0
    assert arguments or not again
    assert query(tmp_path, "select count(*), sum(claimed_by) from feeds") == [(8, None)]


def test_a_killed_crawl_delays_no_feed(tmp_path: Path) -> None:
    held = Held(bbc_feed([]).body)
    with Newsroom(bbc_routes({}) | {FRONT_PAGE_FEED: held}) as newsroom:
        killed = begun(newsroom, tmp_path, "a")
        assert held.asked.wait(60)
        killed.kill()
        killed.communicate(timeout=60)
        held.gate.set()
        crawl(newsroom, tmp_path, "bbc")
        asked = feeds_asked(newsroom)
    assert asked[FRONT_PAGE_FEED] == 2
    assert query(tmp_path, "select count(last_checked_at) from feeds") == [(8,)]
