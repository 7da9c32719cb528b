"""``scrapy crawl`` believes an address when it has shown the story, and not before."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from newsdiff_crawler.demo.loopback import Answer
from tests.support.crawling import (
    FRONT_PAGE_FEED,
    bbc_feed,
    bbc_routes,
    bbc_story,
    bbc_url,
    crawl,
    query,
)
from tests.support.newsroom import Newsroom, page, redirect

RAIN_URL, FIRE_URL, NEW_URL = bbc_url("c1rain"), bbc_url("c2fire"), bbc_url("c3rain")
RAIN = (
    "It rained for the third day in the valley, and no end of it is in sight.",
    "Twelve roads are under water, the council at Stanton said.",
)
FIRE = (
    "The old mill at Wexford burned down overnight, and sixty people lost their work.",
    "Nobody knows yet how it began.",
)
AGAIN = ("-a", "recheck=1")
TEXTS = """select a.url, v.number, v.title from versions v join articles a on a.id = v.article_id
            order by a.url, v.number"""
STATED = "select url, how, reason from stated_urls where refused_at is not null"
LOGIN = "https://www.bbc.com/session?return=%2Fnews%2Farticles%2Fc1rain"


def rain(url: str = RAIN_URL, *more: str, canonical: str = "") -> Answer:
    return _calling_itself(bbc_story(url, "Rain in the valley", [*RAIN, *more]), url, canonical)


def fire(url: str = FIRE_URL, canonical: str = "") -> Answer:
    return _calling_itself(bbc_story(url, "Mill burns down", FIRE), url, canonical)


def _calling_itself(answer: Answer, url: str, canonical: str) -> Answer:
    stated = f'href="{canonical or url}"'.encode()
    return replace(answer, body=answer.body.replace(f'href="{url}"'.encode(), stated))


def play(folder: Path, *days: dict[str, Answer], listed: list[str] | None = None) -> str:
    """A crawl of everything for each state of the publisher. Their logs."""
    logs = []
    with Newsroom({}) as newsroom:
        for routes in days:
            newsroom.routes = bbc_routes(routes) | {FRONT_PAGE_FEED: bbc_feed(listed or routes)}
            logs.append(crawl(newsroom, folder, "bbc", *AGAIN).stderr)
    assert not any("Traceback" in log for log in logs), logs
    return "\n".join(logs)


def test_a_story_that_states_another_ones_address_has_a_record_of_its_own(tmp_path: Path) -> None:
    lying = {RAIN_URL: rain(), FIRE_URL: fire(canonical=RAIN_URL)}
    play(tmp_path, lying, lying)
    assert query(tmp_path, TEXTS) == [
        (RAIN_URL, 1, "Rain in the valley"),
        (FIRE_URL, 1, "Mill burns down"),
    ]


def test_stories_that_all_state_one_address_stay_apart(tmp_path: Path) -> None:
    section = "https://www.bbc.com/news/index.html"
    lying = {
        RAIN_URL: rain(canonical=section),
        FIRE_URL: fire(canonical=section),
        section: page("<h1>News</h1><ul><li>Rain</li><li>Mill burns down</li></ul>"),
    }
    play(tmp_path, lying, lying, listed=[RAIN_URL, FIRE_URL])
    assert [text[:2] for text in query(tmp_path, TEXTS)] == [(RAIN_URL, 1), (FIRE_URL, 1)]


@pytest.mark.parametrize(
    "dead",
    [
        "https://www.bbc.com/news/articles/c9gone",
        "//www.bbc.com:99999/news/articles/c9",
    ],
)
def test_a_dead_canonical_ends_no_storys_checks(tmp_path: Path, dead: str) -> None:
    edited = rain(RAIN_URL, "Schools stay closed.", canonical=dead)
    play(tmp_path, {RAIN_URL: rain(canonical=dead)}, {RAIN_URL: edited})
    assert [text[:2] for text in query(tmp_path, TEXTS)] == [(RAIN_URL, 1), (RAIN_URL, 2)]
    assert all(reason for _, _, reason in query(tmp_path, STATED))


def test_a_canonical_that_shows_the_story_becomes_its_address(tmp_path: Path) -> None:
    both = {RAIN_URL: rain(canonical=NEW_URL), NEW_URL: rain(NEW_URL)}
    play(tmp_path, both, both, listed=[RAIN_URL])
    assert [text[:2] for text in query(tmp_path, TEXTS)] == [(NEW_URL, 1)]
    assert query(tmp_path, "select count(*) from articles") == [(1,)]


def test_one_that_shows_something_else_is_refused_with_its_reason(tmp_path: Path) -> None:
    lying = {RAIN_URL: rain(canonical=NEW_URL), NEW_URL: fire(NEW_URL)}
    play(tmp_path, lying, lying, listed=[RAIN_URL])
    assert [text[:2] for text in query(tmp_path, TEXTS)] == [(RAIN_URL, 1)]
    ((url, how, reason),) = query(tmp_path, STATED)
    assert (url, how) == (NEW_URL, "canonical")
    assert "Mill burns down" in reason


def test_an_hour_of_redirects_to_a_login_page_leaves_no_trace(tmp_path: Path) -> None:
    login = page("<h1>Sign in</h1><article><p>Your name, please.</p></article>")
    walled: dict[str, Any] = {RAIN_URL: redirect(LOGIN), LOGIN: login}
    log = play(tmp_path, {RAIN_URL: rain()}, walled, walled, {RAIN_URL: rain()}, listed=[RAIN_URL])
    assert log.count("bbc: https://www.bbc.com/news/articles/c1rain: failed") == 2
    assert [text[:2] for text in query(tmp_path, TEXTS)] == [(RAIN_URL, 1)]
    assert query(tmp_path, "select url, last_error from articles") == [(RAIN_URL, None)]


def test_a_redirect_to_another_story_keeps_both_apart_and_says_so(tmp_path: Path) -> None:
    withdrawn = {RAIN_URL: redirect(FIRE_URL, 301), FIRE_URL: fire()}
    log = play(tmp_path, {RAIN_URL: rain(), FIRE_URL: fire()}, withdrawn, withdrawn)
    assert f"failed: led to another page, {FIRE_URL}" in log
    assert [text[:2] for text in query(tmp_path, TEXTS)] == [(RAIN_URL, 1), (FIRE_URL, 1)]


def test_an_address_that_led_to_another_story_before_it_was_published_tells_its_own_later(
    tmp_path: Path,
) -> None:
    early = {RAIN_URL: rain(), FIRE_URL: redirect(RAIN_URL)}
    play(tmp_path, early, early, {RAIN_URL: rain(), FIRE_URL: fire()})
    assert [text[:2] for text in query(tmp_path, TEXTS)] == [(RAIN_URL, 1), (FIRE_URL, 1)]


def test_one_story_under_two_addresses_is_one_record(tmp_path: Path) -> None:
    also = bbc_url("c5rain")
    both = {RAIN_URL: rain(), also: rain(also, canonical=RAIN_URL)}
    play(tmp_path, both, both)
    assert [text[:2] for text in query(tmp_path, TEXTS)] == [(RAIN_URL, 1)]
    led = query(tmp_path, "select url from article_urls order by url")
    assert led == [(RAIN_URL,), (also,)]
