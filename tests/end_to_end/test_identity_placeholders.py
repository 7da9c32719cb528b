"""``scrapy crawl`` tells a page in the place of stories from a story, whatever words it uses."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsdiff_crawler.demo.loopback import Answer
from tests.end_to_end.test_identity_addresses import (
    FIRE_URL,
    RAIN_URL,
    TEXTS,
    fire,
    play,
    rain,
)
from tests.support.crawling import bbc_story, bbc_url, query
from tests.support.newsroom import page

SNOW_URL = bbc_url("c4snow")
WALLS = {
    "maintenance": ("We will be right back", "Our people are mending the machines."),
    "in Finnish": ("Huoltokatko", "Palvelu on hetken poissa, palaa pian asiaan."),
}
every_wall = pytest.mark.parametrize(("title", "text"), WALLS.values(), ids=WALLS)
SNOW = ("Snow fell on the pass at Carrow, and the road to the south is shut.", "More is to come.")


def stories() -> dict[str, Answer]:
    snow = bbc_story(SNOW_URL, "Snow on the pass", SNOW)
    return {RAIN_URL: rain(), FIRE_URL: fire(), SNOW_URL: snow}


def walled(title: str, text: str) -> dict[str, Answer]:
    return {
        url: bbc_story(url, title, [f"{text} {number}a{number}b"])
        for number, url in enumerate(stories())
    }


@every_wall
def test_it_makes_no_version_of_stories_that_are_known(
    tmp_path: Path, title: str, text: str
) -> None:
    log = play(tmp_path, stories(), walled(title, text), walled(title, text), stories())
    assert [text[1:] for text in query(tmp_path, TEXTS)] == [
        (1, "Rain in the valley"),
        (1, "Mill burns down"),
        (1, "Snow on the pass"),
    ]
    assert log.count(": failed: ") >= 3
    assert query(tmp_path, "select distinct last_error from articles") == [(None,)]


@every_wall
def test_stories_that_are_found_behind_it_are_read_when_it_is_down(
    tmp_path: Path, title: str, text: str
) -> None:
    play(tmp_path, walled(title, text), stories(), stories())
    assert [text[1:] for text in query(tmp_path, TEXTS)] == [
        (1, "Rain in the valley"),
        (1, "Mill burns down"),
        (1, "Snow on the pass"),
    ]


def test_the_source_is_unwell_while_it_stands(tmp_path: Path) -> None:
    play(tmp_path, stories(), walled(*WALLS["in Finnish"]), walled(*WALLS["in Finnish"]))
    ((unwell,),) = query(tmp_path, "select unwell from runs order by id desc limit 1")
    assert "one page stands in the place of" in unwell


def test_what_was_shown_is_kept_with_its_reason(tmp_path: Path) -> None:
    play(tmp_path, stories(), walled(*WALLS["in Finnish"]))
    kept = query(tmp_path, "select title, reason from other_texts")
    assert len(kept) == 3
    assert all(title == "Huoltokatko" and "place" in reason for title, reason in kept)


STUBS = {
    "meta": page(f'<head><meta http-equiv="refresh" content="0; url={FIRE_URL}"></head>'),
    "script": page(f'<head><script>location.replace("{FIRE_URL}")</script></head>'),
    "header": page("<p>One moment.</p>", refresh=f"0; url={FIRE_URL}"),
}


@pytest.mark.parametrize("stub", STUBS.values(), ids=STUBS)
def test_a_stub_that_leads_to_another_story_keeps_the_story_that_was_there(
    tmp_path: Path, stub: Answer
) -> None:
    after = {**stories(), RAIN_URL: stub}
    log = play(tmp_path, stories(), after, after)
    assert f"led to another page, {FIRE_URL}" in log
    assert len(query(tmp_path, TEXTS)) == 3


def test_a_first_look_at_a_stub_that_leads_nowhere_stores_nothing(tmp_path: Path) -> None:
    gone = bbc_url("c9gone")
    lead = f'<meta http-equiv="refresh" content="0; url={gone}">'
    play(tmp_path, {RAIN_URL: page(f"<html><head>{lead}</head><body></body></html>")})
    assert query(tmp_path, TEXTS) == []
    ((reason,),) = query(tmp_path, "select last_error from articles")
    assert reason == "HTTP 404"
