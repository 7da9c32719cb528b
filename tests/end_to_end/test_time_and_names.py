"""Clocks go wrong, sources are renamed, stories come back: the real crawl copes, and says so."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from newsdiff_crawler.demo.loopback import Answer
from newsdiff_crawler.exit_status import ExitStatus
from tests.support.crawling import crawl, query, scrapy, started
from tests.support.newsroom import Held, Newsroom, feed, page

SITE = "https://paper.example"
FEED, OTHER_FEED = f"{SITE}/rss.xml", f"{SITE}/more.xml"
FERRY, BRIDGE = f"{SITE}/news/ferry", f"{SITE}/news/bridge"
RECHECK = ("-a", "recheck=1")
TEXT = (
    "The night ferry to the island will stop running at the end of March, the harbour board said.",
    "Nobody on the island was asked about it, the mayor told a meeting on Tuesday evening.",
    "The board points to the price of fuel, and to an engine that is older than its captain.",
)


class Paper:
    """A small newspaper, what is on it, and the crawls of it in a data folder."""

    def __init__(self, newsroom: Newsroom, routes: dict[str, Any], folder: Path) -> None:
        self.newsroom, self.routes, self.folder = newsroom, routes, folder
        (folder / "data").mkdir()
        self.declare("paper")

    def declare(self, *names: str, **feeds: str) -> None:
        """The tables of sources.toml from now on."""
        urls = dict.fromkeys(names, FEED) | feeds
        tables = (f'[{name}]\ntitle = "P"\nfeeds = ["{url}"]\n' for name, url in urls.items())
        (self.folder / "data" / "sources.toml").write_text("\n".join(tables))

    def put(self, url: str, headline: str = "Night ferry axed", *more: str) -> None:
        text = "".join(f"<p>{paragraph}</p>" for paragraph in (*TEXT, *more))
        html = f"<title>{headline}</title><article><h1>{headline}</h1>{text}</article>"
        self.routes[url] = page(f"<html lang='en'>{html}</html>")

    def publish(self, *urls: str, at: str = FEED) -> None:
        items = "".join(f"<item><title>t</title><link>{url}</link></item>" for url in urls)
        self.routes[at] = feed(f'<rss version="2.0"><channel>{items}</channel></rss>')

    def crawl(
        self, source: str = "paper", *arguments: str, at: str = ""
    ) -> subprocess.CompletedProcess[str]:
        now = ("-s", f"NEWSDIFF_NOW={at}") if at else ()
        done = crawl(self.newsroom, self.folder, source, *arguments, *now)
        assert "Traceback" not in done.stderr
        return done

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        return query(self.folder, sql)

    def versions(self, url: str = FERRY) -> int:
        ((number,),) = self.query(f"select version_count from articles where url = '{url}'")
        return int(number)

    def sources(self) -> list[tuple[Any, ...]]:
        return self.query("select source from articles order by id")

    def events(self) -> list[tuple[Any, ...]]:
        return self.query("select kind, detail from events order by id")


@pytest.fixture
def paper(tmp_path: Path) -> Iterator[Paper]:
    routes: dict[str, Any] = {f"{SITE}/robots.txt": Answer(status=404)}
    with Newsroom(routes) as newsroom:
        paper = Paper(newsroom, routes, tmp_path)
        paper.put(FERRY)
        paper.publish(FERRY)
        yield paper


def is_silent(done: subprocess.CompletedProcess[str]) -> bool:
    return not any(word in done.stderr for word in ("! ", "ERROR", "unwell"))


# --- Clocks -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "wrong", ["2026-03-06T08:00:00Z", "2026-04-10T08:00:00Z", "2036-03-01T08:00:00Z"]
)
def test_after_a_crawl_with_a_clock_ahead_nothing_stands_still(paper: Paper, wrong: str) -> None:
    paper.crawl(at="2026-03-01T08:00:00Z")
    paper.crawl(at=wrong)
    paper.put(FERRY, "Night ferry saved")
    paper.put(BRIDGE, "Bridge closed")
    paper.publish(FERRY, BRIDGE)
    noticed = paper.crawl(at="2026-03-01T09:00:00Z")
    assert "! WARNING paper: the clock was wrong" in noticed.stderr
    assert "paper is unwell: a crawl before 2026-03-01T09:00:00Z ran with a wrong clock" in (
        noticed.stderr
    )
    assert paper.versions(BRIDGE) == 1
    assert paper.versions(FERRY) == 2
    assert "still unwell" in paper.crawl(at="2026-03-04T09:00:00Z").stderr
    assert "well again" in paper.crawl(at="2026-03-20T09:00:00Z").stderr


def test_a_crawl_that_was_killed_while_the_clock_was_ahead_holds_nothing(paper: Paper) -> None:
    paper.crawl(at="2026-03-01T08:00:00Z")
    answer = paper.routes[FERRY]
    held = paper.routes[FERRY] = Held(answer.body, 200, answer.headers)
    now = ("-s", "NEWSDIFF_NOW=2036-03-01T08:00:00Z")
    process = started(paper.newsroom, paper.folder, "paper", *now)
    assert held.asked.wait(60)
    process.kill()
    process.wait()
    paper.put(FERRY, "Night ferry saved")
    assert "wrong clock" in paper.crawl(at="2026-03-01T09:00:00Z").stderr
    assert paper.versions() == 2


def test_a_clock_without_a_battery_stops_the_crawl_and_says_so(paper: Paper) -> None:
    paper.crawl(at="2026-03-01T08:00:00Z")
    before = paper.query("select * from articles")
    asked = len(paper.newsroom.log)
    done = paper.crawl(at="1970-01-01T00:05:00Z")
    assert "paper is unwell: the clock is behind (1970-01-01T00:05:00Z)" in done.stderr
    assert len(paper.newsroom.log) == asked
    assert paper.query("select * from articles") == before
    paper.put(FERRY, "Night ferry saved")
    noticed = paper.crawl(at="2026-03-03T08:00:00Z").stderr
    assert "ran with a wrong clock (1970-01-01T00:05:00Z)" in noticed
    assert paper.versions() == 2


# --- Names --------------------------------------------------------------------------------------


def test_a_renamed_source_keeps_its_articles(paper: Paper) -> None:
    paper.put(BRIDGE, "Bridge closed")
    paper.publish(FERRY, BRIDGE)
    paper.crawl()
    paper.declare("the_paper")
    paper.publish(FERRY)  # the bridge is in no feed any more
    paper.put(FERRY, "Night ferry saved")
    paper.put(BRIDGE, "Bridge open again")
    done = paper.crawl("the_paper", *RECHECK)
    assert is_silent(done)
    assert (paper.versions(FERRY), paper.versions(BRIDGE)) == (2, 2)
    assert paper.sources() == [("the_paper",)] * 2
    assert paper.events() == [("source changed", "from paper to the_paper")] * 2
    assert paper.query("select distinct source from versions") == [("the_paper",)]


def test_a_source_renamed_and_back_again_keeps_them_too(paper: Paper) -> None:
    for name in ("paper", "the_paper", "paper"):
        paper.declare(name)
        assert is_silent(paper.crawl(name, *RECHECK))
    assert paper.sources() == [("paper",)]
    assert [detail for _, detail in paper.events()] == [
        "from paper to the_paper",
        "from the_paper to paper",
    ]


def test_a_site_that_was_followed_by_its_feed_first_goes_over(paper: Paper) -> None:
    paper.crawl("feed", "-a", f"feed={FEED}")
    assert paper.sources() == [("paper.example",)]
    assert is_silent(paper.crawl("paper", *RECHECK))
    assert paper.sources() == [("paper",)]


def test_an_article_goes_to_the_source_that_lists_it_though_its_feed_is_another(
    paper: Paper,
) -> None:
    paper.crawl()
    paper.declare(the_paper=OTHER_FEED)
    paper.publish(FERRY, at=OTHER_FEED)
    paper.crawl("the_paper")
    assert paper.sources() == [("the_paper",)]


def test_what_two_sources_list_stays_with_the_first(paper: Paper) -> None:
    paper.declare("paper", second=FEED)
    paper.crawl()
    for source in ("second", "paper", "second"):
        paper.crawl(source, *RECHECK)
    assert (paper.sources(), paper.events()) == ([("paper",)], [])


def test_a_hidden_article_is_still_hidden_under_the_new_name(paper: Paper) -> None:
    paper.crawl()
    assert scrapy(paper.newsroom, paper.folder, "hide", FERRY, "--reason", "r").returncode == 0
    paper.declare("the_paper")
    paper.crawl("the_paper", *RECHECK)
    assert paper.query("select source, state from articles") == [("the_paper", "hidden")]


def test_a_crawl_under_the_old_name_is_left_to_end_first(paper: Paper) -> None:
    paper.crawl()
    answer = paper.routes[FERRY]
    held = paper.routes[FERRY] = Held(answer.body, 200, answer.headers)
    process = started(paper.newsroom, paper.folder, "paper", *RECHECK)
    assert held.asked.wait(60)
    paper.declare("the_paper")
    paper.crawl("the_paper")
    assert paper.sources() == [("paper",)]
    held.gate.set()
    assert process.wait(60) == 0
    paper.crawl("the_paper")
    assert paper.sources() == [("the_paper",)]


# --- Stories that come back, headlines in turn ----------------------------------------------------


def test_a_story_that_is_listed_anew_after_it_was_gone_is_looked_at(paper: Paper) -> None:
    paper.crawl(at="2026-03-01T08:00:00Z")
    del paper.routes[FERRY]
    paper.publish(BRIDGE)
    paper.put(BRIDGE, "Bridge closed")
    for day in ("02", "04", "06", "08"):
        paper.crawl("paper", *RECHECK, at=f"2026-03-{day}T08:00:00Z")
    assert paper.query(f"select state from articles where url = '{FERRY}'") == [("gone",)]
    paper.put(FERRY, "Night ferry saved")
    paper.publish(FERRY, BRIDGE)
    paper.crawl(at="2026-03-10T08:00:00Z")
    assert paper.versions(FERRY) == 2
    assert [kind for kind, _ in paper.events()] == ["gone", "back"]


def test_two_headlines_in_turn_make_one_version_for_each_edit(paper: Paper) -> None:
    one, other = "Night ferry axed", "Islanders left without a boat"
    for edits, headline in [(0, one), (0, other), (0, one), (1, other), (1, one), (2, one)]:
        paper.put(FERRY, headline, *["The board will meet again on Friday."] * edits)
        paper.crawl("paper", *RECHECK)
    assert paper.versions() == 5
    assert paper.events() == [("reverted again", f"to the headline “{one}”")]


# --- Any page -------------------------------------------------------------------------------------


def test_any_page_can_be_followed_without_a_feed(paper: Paper) -> None:
    url = ("feed", "-a", f"url={FERRY}")
    assert "paper.example: checked 1 article: 1 new" in paper.crawl(*url).stderr
    paper.put(FERRY, "Night ferry saved")
    assert "checked 1 article: 1 changed" in paper.crawl(*url).stderr
    assert FEED not in paper.newsroom.urls()
    paper.put(FERRY, "Night ferry sold")
    paper.crawl("feed", "-a", f"feed={FEED}", *RECHECK)
    assert (paper.versions(), paper.sources()) == (3, [("paper.example",)])


def test_a_page_that_a_declared_source_has_is_asked_for_there(paper: Paper) -> None:
    paper.crawl()
    done = paper.crawl("feed", "-a", f"url={FERRY}")
    assert f"{FERRY} is an article of paper: scrapy crawl paper -a url={FERRY}" in done.stderr
    assert done.returncode == ExitStatus.NOT_DONE
    assert paper.sources() == [("paper",)]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "expected -a feed=https://... or -a url=https://..."),
        (("feed=http://",), "expected -a feed=https://..., not 'http://'"),
        (("feed=https://a.example:port/",), "expected -a feed=https://..., not "),
        (("url=foo",), "expected -a url=https://..., not 'foo'"),
        (("url=ftp://a.example/b",), "expected -a url=https://..., not "),
        (
            ("feed=https://a.example/rss", "url=https://b.example/1"),
            "https://b.example/1 is not a page of a.example (a.example)",
        ),
    ],
)
def test_what_cannot_be_followed_is_refused_in_one_line(
    tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    given = [part for argument in arguments for part in ("-a", argument)]
    with Newsroom({}) as newsroom:
        done = crawl(newsroom, tmp_path, "feed", *given)
    assert done.returncode == ExitStatus.NO_SENSE
    assert done.stderr.strip().splitlines()[-1].startswith(f"newsdiff_crawler: {said}")
    assert "Traceback" not in done.stderr
