"""``scrapy crawl bbc`` against a newsroom that watches its manners, and against hostile ones."""

from __future__ import annotations

import gzip
import re
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import Any, cast
from urllib.parse import urlsplit

from newsdiff_crawler.demo.loopback import Answer, Request, unless_unchanged
from newsdiff_crawler.store import Store
from newsdiff_crawler.times import from_iso
from tests.crawling import (
    FRONT_PAGE_FEED,
    PROJECT,
    bbc_feed,
    bbc_routes,
    bbc_story,
    bbc_url,
    crawl,
    crawl_command,
    environment,
    query,
)
from tests.newsroom import (
    Babble,
    Drip,
    Flood,
    Held,
    Newsroom,
    Reset,
    Silence,
    Slow,
    feed,
    page,
    redirect,
    typed,
)

RAIN = ["It rained for the third day in the valley.", "Twelve roads are under water."]
SUN = ["The sun came out over the valley at noon.", "All roads were dry by the evening."]
AT_EIGHT = ("-s", "NEWSDIFF_NOW=2026-03-01T08:00:00Z")
AT_ELEVEN = ("-s", "NEWSDIFF_NOW=2026-03-01T11:00:00Z")
VERSIONS = "select url, version_count from articles order by url"


def urls_of(count: int, host: str = "www.bbc.com") -> list[str]:
    return [f"https://{host}/news/articles/story{number:02}" for number in range(count)]


def stories(urls: Iterable[str], **headers: str) -> dict[str, Answer]:
    return {url: bbc_story(url, f"Rain in {url[-7:]}", RAIN, **headers) for url in urls}


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
    assert "looked at 20 articles: 20 unchanged" in done.stderr
    assert max(record.at_once for record in newsroom.log) == 2
    assert {record.request.host for record in newsroom.log} == {"feeds.bbci.co.uk", "www.bbc.com"}
    for host in ("feeds.bbci.co.uk", "www.bbc.com"):
        assert asked(newsroom, host)[0] == "/robots.txt"
        assert asked(newsroom, host).count("/robots.txt") == 2
    agents = {record.request.headers["user-agent"] for record in newsroom.log}
    assert agents == {"newsdiff_crawler/0.1 (keeps versions of news articles; test@news.example)"}
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
            **{old: redirect(new), new: bbc_story(new, "Rain", SUN, etag='"1"')},
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
    return subprocess.run(
        crawl_command(*arguments), cwd=PROJECT, env=env, capture_output=True, text=True, timeout=120
    )


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
        assert f"{refused} blocked; {12 - refused} put off; next look due 20" in done.stderr
        due = query(tmp_path, "select min(next_check_at), claimed_by from articles")
        assert due == [("2026-03-01T10:00:00Z", None)]

        done = crawl(newsroom, tmp_path, "bbc", "-a", "recheck=1", *AT_EIGHT)
        assert len(asked(newsroom, "www.bbc.com")) == refused + 1
        assert "nothing was looked at; 12 put off" in done.stderr

        newsroom.routes = bbc_routes(pages)
        done = crawl(newsroom, tmp_path, "bbc", *AT_ELEVEN)
    assert "looked at 12 articles: 12 new" in done.stderr
    assert query(tmp_path, "select * from hosts") == []


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


# --- Hostile servers ------------------------------------------------------------------------------

PER_HOST = 8
BY_TURNS = [page("", 429), page("", 503, retry_after="3600")]
LEFT_ALONE = "left alone until 2026-03-01T08:.*: "
TOO_LARGE = "failed: the answer is larger than allowed"
CHECK = page("<html><head><title>Just a moment...</title></head><body></body></html>")
BOMB = typed(gzip.compress(bytes(50_000_000)), "text/html", content_encoding="gzip")
HOSTS: dict[str, tuple[Answer, str]] = {
    "refuses.bbc.com": (page("", 403), f"{LEFT_ALONE}HTTP 403"),
    "checks.bbc.com": (CHECK, f"{LEFT_ALONE}a bot check"),
    "hangs.bbc.com": (Silence(), f"{LEFT_ALONE}timed out"),
    "drips.bbc.com": (Drip(), f"{LEFT_ALONE}timed out"),
    "resets.bbc.com": (Reset(), f"{LEFT_ALONE}the connection was dropped"),
    "babbles.bbc.com": (Babble(), f"{LEFT_ALONE}the head of the answer is larger than allowed"),
    "breaks.bbc.com": (page("", 500), f"{LEFT_ALONE}HTTP 500"),
    "floods.bbc.com": (Flood(size=300_000_000), TOO_LARGE),
    "pours.bbc.com": (Flood(size=300_000_000, promised=False), TOO_LARGE),
    "bombs.bbc.com": (BOMB, TOO_LARGE),
    "forged.bbc.com": (page(""), f"{LEFT_ALONE}robots.txt: the certificate is not trusted"),
}
ROBOTS: dict[str, tuple[Answer, str]] = {
    "secret.bbc.com": (page("", 503), f"{LEFT_ALONE}robots.txt: HTTP 503"),
    "mute.bbc.com": (Silence(), f"{LEFT_ALONE}robots.txt: timed out"),
}
# The rest are played by functions.
SAID = {host: said for host, (_, said) in (HOSTS | ROBOTS).items()} | {
    "turns.bbc.com": "left alone until 2026-03-01T09:00:00Z: HTTP 503",
    "circles.bbc.com": "failed: redirected too often",
}


def circles(host: str) -> dict[str, Answer]:
    """Each page leads to the next one, the last to the first."""
    urls = urls_of(PER_HOST, host)
    return {url: redirect(to) for url, to in zip(urls, [*urls[1:], urls[0]], strict=True)}


def by_turns(host: str) -> dict[str, Any]:
    turns: Counter[str] = Counter()

    def answer(request: Request) -> Answer:
        turns[host] += 1
        return BY_TURNS[turns[host] % 2]

    return dict.fromkeys(urls_of(PER_HOST, host), answer)


def hostile() -> dict[str, Any]:
    routes = circles("circles.bbc.com") | by_turns("turns.bbc.com") | stories(urls_of(PER_HOST))
    for host, (answer, said) in HOSTS.items():
        few = 2 if said == TOO_LARGE else PER_HOST  # the page's fault, not the host's
        routes |= dict.fromkeys(urls_of(few, host), answer)
    for host, (answer, _) in ROBOTS.items():
        routes |= stories(urls_of(PER_HOST, host)) | {f"https://{host}/robots.txt": answer}
    return routes


def track(folder: Path, urls: Iterable[str]) -> None:
    """Makes the record know them, and look at them at eight."""
    store = Store.open(folder / "data")
    store.agenda.track("bbc", urls, from_iso("2026-03-01T08:00:00Z"))
    store.close()


# A process that is started inherits the peak of the one that starts it, on Linux, and pytest is
# large by then. So a small one starts the crawl, and tells the peak of its child.
MEASURE = """
import os, subprocess, sys
_, _, used = os.wait4(subprocess.Popen(sys.argv[1:]).pid, 0)
print(used.ru_maxrss * (1 if sys.platform == "darwin" else 1024) // 1_000_000)
"""


def measured(*arguments: str, env: dict[str, str], log: Path) -> tuple[int, str]:
    """A crawl's largest size in memory, in megabytes, and its log."""
    with log.open("wb") as output:
        done = subprocess.run(
            [sys.executable, "-c", MEASURE, *crawl_command(*arguments)],
            cwd=PROJECT,
            env=env,
            stdout=subprocess.PIPE,
            stderr=output,
            check=True,
        )
    return int(done.stdout), log.read_text("utf-8")


def test_hostile_servers_cost_little_and_are_named(tmp_path: Path) -> None:
    routes = hostile()
    track(tmp_path, [url for url in routes if "/articles/" in url])
    with Newsroom(bbc_routes({}) | routes, untrusted=("forged.bbc.com",)) as newsroom:
        megabytes, log = measured(
            *("bbc", "-s", "DOWNLOAD_TIMEOUT=4", "-s", "DOWNLOAD_MAXSIZE=1000000", *AT_EIGHT),
            env=environment(newsroom, tmp_path),
            log=tmp_path / "log",
        )
        requests = Counter(record.request.host for record in newsroom.log)
    unnamed = [host for host, said in SAID.items() if not re.search(rf"{host}\S* {said}", log)]
    assert unnamed == []
    assert "Traceback" not in log
    assert megabytes < 300
    # No more than a few tries each; a redirect is followed five times.
    assert max(requests[host] for host in HOSTS | ROBOTS) <= 10
    assert requests["turns.bbc.com"] <= 3
    assert requests["circles.bbc.com"] <= 1 + PER_HOST * 6
    good = "select count(*) from articles where version_count = 1 and url like '%//www.bbc.com/%'"
    assert query(tmp_path, good) == [(PER_HOST,)]
    left = "select count(*) - (select looked_at + put_off from runs) from articles"
    assert query(tmp_path, left) == [(0,)]


# --- Many crawls ----------------------------------------------------------------------------------


def test_four_crawls_at_once_one_of_them_killed(tmp_path: Path) -> None:
    urls = urls_of(40)
    asked_for, all_here, gate = Event(), Event(), Event()
    pages: dict[str, Any] = {
        url: Held(answer.body, 200, answer.headers, gate, asked_for)
        for url, answer in stories(urls).items()
    }
    agents: set[str] = set()

    def robots(request: Request) -> Answer:
        agents.add(request.headers["user-agent"])
        if len(agents) == 4:
            all_here.set()
        return Answer(b"")

    routes = bbc_routes(pages) | {"https://feeds.bbci.co.uk/robots.txt": robots}
    with Newsroom(routes) as newsroom:
        crawls = {name: started(newsroom, tmp_path, name) for name in "abcd"}
        assert all_here.wait(90)
        assert asked_for.wait(90)
        first = next(entry.request for entry in newsroom.log if entry.request.url in pages)
        killed = crawls.pop(first.headers["user-agent"][-2])
        killed.kill()
        killed.communicate(timeout=90)
        gate.set()
        logs = [process.communicate(timeout=90)[1] for process in crawls.values()]
        crawl(newsroom, tmp_path, "bbc")
    times = Counter(url for url in newsroom.urls() if url in pages)
    assert all(" ERROR " not in log for log in logs)
    assert query(tmp_path, VERSIONS) == [(url, 1) for url in urls]
    # Nothing twice but what the killed crawl was at; never three requests at a time.
    assert len([url for url, number in times.items() if number > 1]) <= PORTION
    assert max(times.values()) == 2
    assert max(record.at_once for record in newsroom.log) <= 2


PORTION = 5


def started(newsroom: Newsroom, folder: Path, contact: str) -> subprocess.Popen[str]:
    """A crawl that is known by its contact."""
    env = environment(newsroom, folder) | {"NEWSDIFF_CONTACT": contact}
    command = crawl_command("bbc", "-s", f"NEWSDIFF_PORTION={PORTION}")
    return subprocess.Popen(command, cwd=PROJECT, env=env, stderr=subprocess.PIPE, text=True)
