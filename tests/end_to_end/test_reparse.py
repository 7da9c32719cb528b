"""What crawls stored, refused and doubted is read from the archive as it was."""

from __future__ import annotations

from pathlib import Path

from tests.end_to_end.test_identity_addresses import FIRE, FIRE_URL, NEW_URL, RAIN_URL, fire, rain
from tests.support.crawling import (
    FRONT_PAGE_FEED,
    bbc_feed,
    bbc_routes,
    bbc_story,
    bbc_url,
    crawl,
    query,
    scrapy,
)
from tests.support.newsroom import Newsroom, page, redirect

LONG_URL, WALL_URL = bbc_url("c7long"), bbc_url("c8wall")
TEXT = [f"On day {n} of the flood the council at Stanton opened road {n}." for n in range(12)]
WALL = page("<title>Sign in</title><h1>Sign in</h1><p>Sign in to read on.</p>")


def test_what_crawls_made_of_pages_is_what_reparse_makes_of_them(tmp_path: Path) -> None:
    long, short = bbc_story(LONG_URL, "Flood", TEXT), bbc_story(LONG_URL, "Flood", TEXT[:3])
    days = [
        {RAIN_URL: rain(), FIRE_URL: fire(), LONG_URL: long, WALL_URL: WALL},
        {RAIN_URL: rain(RAIN_URL, "Schools stay closed."), FIRE_URL: WALL, LONG_URL: short},
        {RAIN_URL: redirect(NEW_URL), NEW_URL: rain(NEW_URL), FIRE_URL: rain(), LONG_URL: short},
        {NEW_URL: rain(NEW_URL, "Trains stop."), FIRE_URL: fire(), LONG_URL: long, WALL_URL: WALL},
    ]
    with Newsroom({}) as newsroom:
        for routes in days:
            listed = {FRONT_PAGE_FEED: bbc_feed([RAIN_URL, FIRE_URL, LONG_URL, WALL_URL])}
            newsroom.routes = bbc_routes(routes) | listed
            crawl(newsroom, tmp_path, "bbc", "-a", "recheck=1")
        done = scrapy(newsroom, tmp_path, "reparse")
    versions = query(tmp_path, "select count(*) from versions")[0][0]
    pages = query(tmp_path, "select count(distinct article_id) from snapshots where status = 200")
    assert done.stdout.splitlines() == [
        f"{versions} versions are read as they were",
        f"{pages[0][0]} articles with pages, none rewritten: --apply does that",
    ]
    assert versions > len(FIRE)
