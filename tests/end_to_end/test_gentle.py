"""``scrapy crawl bbc`` against a newsroom that watches its manners."""

from __future__ import annotations

import sqlite3
import subprocess
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

from newsdiff_crawler import __version__
from newsdiff_crawler.demo.loopback import Answer, Request, unless_unchanged
from tests.support.crawling import (
    FAST,
    FRONT_PAGE_FEED,
    PROJECT,
    bbc_feed,
    bbc_routes,
    bbc_story,
    bbc_url,
    crawl,
    environment,
    query,
    stories,
    urls_of,
)
from tests.support.forked import scrapy_forked
from tests.support.newsroom import (
    Newsroom,
    Slow,
    feed,
    page,
    redirect,
)

RAIN = ["It rained all day in the valley.", "Twelve roads are under water."]
SUN = ["The sun came out over the valley at noon.", "All roads were dry by the evening."]
AT_EIGHT = ("-s", "NEWSDIFF_NOW=2026-03-01T08:00:00Z")
AT_ELEVEN = ("-s", "NEWSDIFF_NOW=2026-03-01T11:00:00Z")
VERSIONS = "select url, version_count from articles order by url"


def slow(pages: dict[str, Answer]) -> dict[str, Answer]:
    """The same, each long enough on its way for others to be seen beside it."""
    return {url: Slow(answer.body, 200, answer.headers, 0.05) for url, answer in pages.items()}


def asked(newsroom: Newsroom, host: str) -> list[str]:
    """The paths that a host was asked for, in order."""
    return [record.request.path for record in newsroom.log if record.request.host == host]


def sent_for(newsroom: Newsroom, url: str) -> list[Mapping[str, str]]:
    """The headers of each request for a URL."""
    return [record.request.headers for record in newsroom.log if record.request.url == url]


def change(folder: Path, sql: str) -> None:
    """Puts the record into a state that would take many crawls to come to."""
    connection = sqlite3.connect(folder / "data" / "newsdiff.db")
    with connection:
        connection.execute(sql)
    connection.close()


# --- Manners --------------------------------------------------------------------------------------


def conditional(routes: dict[str, Any]) -> Any:
    """The answers of a newsroom that knows what its visitors hold."""

    def answer(request: Request) -> Answer:
        found = routes.get(request.url) or page("<h1>Not here</h1>", 404)
        return unless_unchanged(request, found)

    return answer


def test_what_a_publisher_sees_of_two_crawls(tmp_path: Path) -> None:
    pages = stories(urls_of(20), etag='"1"')
    away = {"https://evil.example/news/articles/trap": page("<h1>Trap</h1>")}
    routes = bbc_routes(pages | away)
    with Newsroom(conditional(routes | slow(pages))) as newsroom:
        crawl(newsroom, tmp_path, "bbc")
        first = len(newsroom.log)
        done = crawl(newsroom, tmp_path, "bbc", "-a", "recheck=1")
    assert "checked 20 articles: 20 unchanged" in done.stderr
    assert max(record.at_once for record in newsroom.log) == 2
    hosts = {"feeds.bbci.co.uk", "www.bbc.com"}
    assert {record.request.host for record in newsroom.log} == {*hosts, "evil.example"}
    # A link on another host is asked once where it leads.
    assert asked(newsroom, "evil.example") == ["/robots.txt", "/news/articles/trap"]
    for host in ("feeds.bbci.co.uk", "www.bbc.com"):
        assert asked(newsroom, host)[0] == "/robots.txt"
        assert asked(newsroom, host).count("/robots.txt") == 2
    agents = {record.request.headers["user-agent"] for record in newsroom.log}
    whom = "(keeps versions of news articles; test@news.example)"
    assert agents == {f"newsdiff_crawler/{__version__} {whom}"}
    again = [record.request for record in newsroom.log[first:] if record.request.url in pages]
    answers = [unless_unchanged(request, pages[request.url]).status for request in again]
    assert answers == [304] * 20


def test_a_crawl_delay_is_kept_and_a_forbidden_page_left_alone(tmp_path: Path) -> None:
    pages = stories([*urls_of(3), "https://www.bbc.com/forbidden/story"])
    robots = Answer(b"User-agent: *\nCrawl-delay: 1\nDisallow: /forbidden/\n")
    with Newsroom(bbc_routes(pages) | {"https://www.bbc.com/robots.txt": robots}) as newsroom:
        done = crawl(newsroom, tmp_path, "bbc")
    assert "https://www.bbc.com/forbidden/story: blocked: robots.txt forbids it" in done.stderr
    assert "/forbidden/story" not in asked(newsroom, "www.bbc.com")
    times = [entry.started for entry in newsroom.log if entry.request.host == "www.bbc.com"]
    # Three gaps of a second; a server thread may have been late by as much as one of them.
    assert times[-1] - times[0] > 2


def test_redirects_move_the_article_or_are_refused(tmp_path: Path) -> None:
    old, home, inside = urls_of(3)
    new = bbc_url("valley-under-water")
    routes = bbc_routes(stories([old, home, inside], etag='"1"'))
    with Newsroom(routes) as newsroom:
        crawl(newsroom, tmp_path, "bbc")
        front = bbc_story("https://www.bbc.com/", "Home", RAIN)
        newsroom.routes = routes | {
            **{old: redirect(new), new: bbc_story(new, "Rain", RAIN + SUN, etag='"1"')},
            **{home: redirect("https://www.bbc.com/"), "https://www.bbc.com/": front},
            inside: redirect("http://127.0.0.1:6379/news/articles/keys"),
        }
        done = crawl(newsroom, tmp_path, "bbc", "-a", "recheck=1")
        crawl(newsroom, tmp_path, "bbc", "-a", "recheck=1")
    assert f"{home}: failed: redirected to a front or section page" in done.stderr
    assert f"{inside}: failed: led away from the source, to http://127.0.0.1:6379/" in done.stderr
    assert query(tmp_path, VERSIONS) == [(home, 1), (inside, 1), (new, 2)]
    moves = query(tmp_path, "select kind, detail from events")
    assert moves == [("moved", f"from {old} to {new}")]
    assert asked(newsroom, "www.bbc.com").count(urlsplit(old).path) == 2
    assert ["if-none-match" in headers for headers in sent_for(newsroom, new)] == [False, True]


# In place of a name service: every name is this machine's.
NAMES = """
from scrapy.resolver import CachingThreadedResolver
from twisted.internet.defer import succeed
class Resolver(CachingThreadedResolver):
    def getHostByName(self, name, timeout=()):
        return succeed("127.0.0.1")
"""


def without_proxy(newsroom: Newsroom, folder: Path) -> dict[str, str]:
    proxies = {"http_proxy": "", "https_proxy": "", "PYTHONPATH": str(folder)}
    return environment(newsroom, folder) | proxies | {"NEWSDIFF_CONTACT": ""}


def test_names_that_lead_into_the_own_network_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "names_for_test.py").write_text(NAMES)
    with Newsroom({}) as newsroom:
        port = newsroom.server_address[1]
        done = run(
            "feed",
            "-a",
            f"feed=http://paper.example:{port}/rss",
            "-s",
            "TWISTED_DNS_RESOLVER=names_for_test.Resolver",
            env=without_proxy(newsroom, tmp_path),
        )
        assert newsroom.urls() == []
    assert "paper.example has a private address, 127.0.0.1" in done.stderr
    assert done.stderr.count("NEWSDIFF_CONTACT is not set") == 1


def test_a_feed_on_this_machine_is_read_where_the_operator_names_it(tmp_path: Path) -> None:
    with Newsroom({}) as newsroom:
        port = newsroom.server_address[1]
        here, there = f"http://127.0.0.1:{port}/news/a-story-of-rain", "http://127.0.0.1:1/keys"
        links = "".join(f"<item><link>{url}</link></item>" for url in (here, there))
        text = "".join(f"<p>{line} {line} {line}</p>" for line in RAIN * 3)
        newsroom.routes = {
            f"http://127.0.0.1:{port}/rss": feed(f"<rss><channel>{links}</channel></rss>"),
            here: page(f"<html><body><article><h1>Rain</h1>{text}</article></body></html>"),
        }
        done = run(
            "feed",
            "-a",
            f"feed=http://127.0.0.1:{port}/rss",
            env=without_proxy(newsroom, tmp_path),
        )
    assert f"{there}: failed: led to a private address, 127.0.0.1" in done.stderr
    assert query(tmp_path, VERSIONS) == [(there, 0), (here, 1)]


def run(*arguments: str, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return scrapy_forked(("crawl", *arguments, *FAST), cwd=PROJECT, env=env)


# --- Pauses ---------------------------------------------------------------------------------------


def test_retry_after_is_obeyed_by_this_crawl_and_the_next(tmp_path: Path) -> None:
    pages = stories(urls_of(12))
    busy: dict[str, Answer] = dict.fromkeys(
        pages, page("<h1>Slow down</h1>", 429, retry_after="7200")
    )
    with Newsroom(bbc_routes(pages) | busy) as newsroom:
        done = crawl(newsroom, tmp_path, "bbc", *AT_EIGHT)
        refused = len(asked(newsroom, "www.bbc.com")) - 1
        assert refused in (1, 2)  # two were on their way at once
        assert "www.bbc.com: left alone until 2026-03-01T10:00:00Z: HTTP 429" in done.stderr
        assert f"{refused} blocked; {12 - refused} put off; next check due 20" in done.stderr
        due = query(tmp_path, "select min(next_check_at), claimed_by from articles")
        assert due == [("2026-03-01T10:00:00Z", None)]

        done = crawl(newsroom, tmp_path, "bbc", "-a", "recheck=1", *AT_EIGHT)
        assert len(asked(newsroom, "www.bbc.com")) == refused + 1
        assert "nothing was checked; 12 put off" in done.stderr

        newsroom.routes = bbc_routes(pages)
        done = crawl(newsroom, tmp_path, "bbc", *AT_ELEVEN)
    assert "checked 12 articles: 12 new" in done.stderr
    assert query(tmp_path, "select * from hosts") == []


def test_a_source_that_is_left_alone_stays_unwell_while_nothing_is_due(tmp_path: Path) -> None:
    pages = stories(urls_of(12))
    busy = dict.fromkeys(pages, page("<h1>Slow down</h1>", 429, retry_after="7200"))
    logs = []
    with Newsroom(bbc_routes(pages) | busy) as newsroom:
        for hour in ("08:00", "08:30", "11:00"):
            if hour == "11:00":
                newsroom.routes = bbc_routes(pages)
            now = f"NEWSDIFF_NOW=2026-03-01T{hour}:00Z"
            logs.append(crawl(newsroom, tmp_path, "bbc", "-s", now).stderr)
    assert "bbc is unwell: 1" in logs[0]
    assert "pages were not asked for: their host wants to be left alone" in logs[0]
    assert "nothing was checked" in logs[1]
    assert "bbc is still unwell: 1" in logs[1]
    assert "bbc is well again" in logs[2]


def test_validators_that_lie_are_found_out_and_never_sent_again(tmp_path: Path) -> None:
    url, hidden = urls_of(2)
    routes = bbc_routes(stories([url], etag='"same"')) | {FRONT_PAGE_FEED: lying_feed(url)}

    def answer(request: Request) -> Answer:
        if "if-none-match" in request.headers:
            return Answer(status=304, headers={"Etag": '"same"'})
        return cast("Answer", routes.get(request.url, page("", 404)))

    with Newsroom(answer) as newsroom:
        crawl(newsroom, tmp_path, "bbc")
        routes |= stories([hidden]) | {url: bbc_story(url, "Sun", SUN, etag='"same"')}
        routes[FRONT_PAGE_FEED] = lying_feed(url, hidden)
        crawl(newsroom, tmp_path, "bbc", "-a", "recheck=1")
        assert query(tmp_path, VERSIONS) == [(url, 1)]
        for table in ("articles", "feeds"):
            change(tmp_path, f"update {table} set not_modified = 9 where etag is not null")
        done = crawl(newsroom, tmp_path, "bbc", "-a", "recheck=1")
        known = len(newsroom.log)
        crawl(newsroom, tmp_path, "bbc", "-a", "recheck=1")
        later = [record.request.headers for record in newsroom.log[known:]]
    assert query(tmp_path, VERSIONS) == [(url, 2), (hidden, 1)]
    assert done.stderr.count("whole pages only from now on") == 1
    assert not any("if-none-match" in headers for headers in later)
    assert query(tmp_path, "select source from false_validators") == [("bbc",)]


def lying_feed(*urls: str) -> Answer:
    return replace(bbc_feed(urls), headers={"Content-Type": "text/xml", "Etag": '"same"'})


def test_validators_that_tell_the_truth_are_kept(tmp_path: Path) -> None:
    (url,) = urls_of(1)
    with Newsroom(conditional(bbc_routes(stories([url], etag='"1"')))) as newsroom:
        crawl(newsroom, tmp_path, "bbc")
        change(tmp_path, "update articles set not_modified = 9")
        newsroom.routes = conditional(bbc_routes({url: bbc_story(url, "Sun", SUN, etag='"2"')}))
        crawl(newsroom, tmp_path, "bbc", "-a", "recheck=1")
        sent = [
            r.request.headers.get("if-none-match") for r in newsroom.log if r.request.url == url
        ]
    assert sent == [None, None, '"1"']
    assert query(tmp_path, VERSIONS) == [(url, 2)]
    assert query(tmp_path, "select * from false_validators") == []
