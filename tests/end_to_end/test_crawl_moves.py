"""``scrapy crawl`` finds a story under its new address before it sees that it moved there."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest

from newsdiff_crawler.demo.loopback import Answer, Request
from tests.support.crawling import (
    FRONT_PAGE_FEED,
    bbc_feed,
    bbc_routes,
    bbc_story,
    crawl,
    query,
    started,
    urls_of,
)
from tests.support.newsroom import Held, Newsroom, redirect

OLD, NEW = urls_of(2)
RAIN = [
    "It rained for the third day in the valley.",
    "Twelve roads are under water, the council said.",
]
MORE_RAIN = [*RAIN, "Schools will stay closed until Thursday."]
VERSIONS = """select a.url, v.number, count(p.id) from articles a
                join versions v on v.article_id = a.id
                join passages p on p.article_id = a.id
                 and v.number between p.first_version and p.last_version
               group by a.id, v.number"""
EVENTS = "select article_id, kind, detail from events"
MOVED = [(1, "moved", f"from {OLD} to {NEW}")]


def rain(url: str, paragraphs: list[str]) -> Answer:
    return bbc_story(url, "Rain in the valley", paragraphs)


def before() -> dict[str, Any]:
    return bbc_routes({OLD: rain(OLD, RAIN)})


def after(page: Any) -> dict[str, Any]:
    """The old address leads to the new one, and only that is in the feed."""
    return bbc_routes({OLD: redirect(NEW, 301), NEW: page}) | {FRONT_PAGE_FEED: bbc_feed([NEW])}


FIND_ONLY = ("-a", "recheck=1", "-s", "NEWSDIFF_CRAWL_MINUTES=0")
LOOKS = {
    "at the old address first": (FIND_ONLY, ("-a", f"url={OLD}")),
    "at the new address first": (FIND_ONLY, ("-a", f"url={NEW}"), ("-a", f"url={OLD}")),
    "at both in one crawl": (("-a", "recheck=1"),),
}


@pytest.mark.parametrize("looks", LOOKS.values(), ids=LOOKS)
@pytest.mark.parametrize("edited", [False, True])
def test_it_has_one_record_with_all_that_it_said(
    tmp_path: Path, looks: tuple[tuple[str, ...], ...], edited: bool
) -> None:
    page = rain(NEW, MORE_RAIN if edited else RAIN)
    with Newsroom(before()) as newsroom:
        crawl(newsroom, tmp_path, "bbc")
        newsroom.routes = after(page)
        logs = [crawl(newsroom, tmp_path, "bbc", *arguments).stderr for arguments in looks]
        asked = len(newsroom.log)
        crawl(newsroom, tmp_path, "bbc", "-a", "recheck=1")
        assert OLD not in newsroom.urls()[asked:]
    assert not any("ERROR " in log or "Traceback" in log for log in logs)
    assert query(tmp_path, VERSIONS) == [(NEW, 1, 3), (NEW, 2, 4)][: 1 + edited]
    assert query(tmp_path, EVENTS) == MOVED
    assert query(tmp_path, "select id, article_id, shift from merged_articles") in (
        [(2, 1, 0)],
        [(2, 1, 1)],
    )
    assert query(tmp_path, "select url, article_id from article_urls") == [(OLD, 1), (NEW, 1)]


IN_FLIGHT = {
    "a text": (rain(NEW, MORE_RAIN), [(NEW, 1, 3), (NEW, 2, 4)]),
    "none": (Answer(status=500), [(NEW, 1, 3)]),
}


@pytest.mark.parametrize(("answer", "versions"), IN_FLIGHT.values(), ids=IN_FLIGHT)
def test_a_check_at_it_that_another_crawl_overtakes_goes_on_as_one_at_the_one_record(
    tmp_path: Path, answer: Answer, versions: list[Any]
) -> None:
    held = Held(answer.body, answer.status, answer.headers)

    def first_waits(_: Request) -> Answer:
        return rain(NEW, RAIN) if held.asked.is_set() else held

    with Newsroom(before()) as newsroom:
        crawl(newsroom, tmp_path, "bbc")
        newsroom.routes = after(first_waits)
        crawl(newsroom, tmp_path, "bbc", *FIND_ONLY)
        one = ("bbc", "-a", f"url={NEW}")
        overtaken = started(newsroom, tmp_path, *one, stderr=subprocess.PIPE)
        assert held.asked.wait(60)
        first = crawl(newsroom, tmp_path, "bbc", "-a", f"url={OLD}").stderr
        held.gate.set()
        second = overtaken.communicate(timeout=60)[1]
    assert "checked 1 article: 1 unchanged" in first
    assert not any(word in second for word in ("ERROR ", "Traceback", "! "))
    assert query(tmp_path, VERSIONS) == versions
    assert query(tmp_path, "select id, url, claimed_by from articles") == [(1, NEW, None)]
    assert query(tmp_path, EVENTS) == MOVED


def test_a_withdrawn_story_that_leads_to_another_one_keeps_its_record(tmp_path: Path) -> None:
    text = ["The mill at Stanton burned down overnight.", "Sixty people had to leave."]
    another = bbc_story(NEW, "Fire in the mill", text)
    with Newsroom(before()) as newsroom:
        crawl(newsroom, tmp_path, "bbc")
        newsroom.routes = after(another)
        crawl(newsroom, tmp_path, "bbc", *FIND_ONLY)
        crawl(newsroom, tmp_path, "bbc", "-a", f"url={NEW}")
        done = crawl(newsroom, tmp_path, "bbc", "-a", f"url={OLD}")
    assert f"failed: led to another page, {NEW}" in done.stderr
    assert query(tmp_path, VERSIONS) == [(OLD, 1, 3), (NEW, 1, 3)]
