"""The sources that ship as data are read one by one, and each is right."""

from __future__ import annotations

import re

import pytest

from newsdiff_crawler.crawling import shipped
from newsdiff_crawler.crawling.sections import no_stories
from newsdiff_crawler.crawling.shipped import Shipped
from newsdiff_crawler.crawling.source_table import checked, spider_of
from newsdiff_crawler.parsing import Page, is_read_generically, read
from newsdiff_crawler.parsing.explain import findings
from newsdiff_crawler.urls import is_web_page
from tests.support.sources import SOURCES, spider

# Feeds of papers are on their hosts, too.
FEED_SERVICES = ("feedburner.com", "uecdn.es", "impresa.pt")
TWO = """# Papers.

[ash]
title = "The Ash"  # as it calls itself
feeds = ["https://ash.example/rss"]

[elm]
title = "The Elm"
feeds = [
  "https://elm.example/[a]",
]
"""


@pytest.mark.parametrize("file", [shipped.named(), shipped.catalogue()])
def test_a_table_read_by_itself_is_the_one_in_the_file(file: Shipped) -> None:
    everything = file.everything()
    assert [*file] == [*everything] == sorted(everything)
    assert {name: file.stated(name) for name in file} == everything


def test_a_table_ends_where_the_next_begins() -> None:
    assert Shipped(TWO).stated("ash") == {"title": "The Ash", "feeds": ["https://ash.example/rss"]}
    assert Shipped(TWO).stated("elm")["feeds"] == ["https://elm.example/[a]"]


def test_a_mistake_is_one_line_and_harms_no_other_table() -> None:
    file = Shipped(TWO.replace("[a]", " ").replace("elm.example", ""))
    with pytest.raises(ValueError, match=r"^elm: feeds\.0: expected an address.*$"):
        file.table("elm")
    assert file.table("ash").title == "The Ash"


def test_every_source_of_the_catalogue_can_be_crawled() -> None:
    for name, stated in shipped.catalogue().everything().items():
        spider_of(name, checked(name, stated))().check_declared()


def test_the_catalogue_is_large_and_lists_no_named_source() -> None:
    assert len(shipped.catalogue()) >= 2000
    assert not {*shipped.catalogue()} & {*SOURCES, "all", "feed"}


@pytest.mark.parametrize(
    ("language", "path"),
    [
        ("en", "/video/a-ferry"),
        ("en", "/world/podcasts/the-daily/one"),
        ("en", "/crosswords/quick/16800"),
        ("de", "/politik/liveticker/wahl-101"),
        ("nb", "/kryssord/2026/uke-9"),
        (None, "/sport/live/match"),
    ],
)
def test_what_is_no_story_is_left_out_in_each_language(language: str | None, path: str) -> None:
    assert _matches(language, path)


@pytest.mark.parametrize(
    ("language", "path"),
    [
        ("en", "/games/a-game-is-banned"),
        ("en", "/world/live-music-is-back"),
        ("en", "/world/video"),
        ("de", "/wirtschaft/video-dienst-waechst"),
        ("de", "/quizmaster/tritt-zurueck"),
        (None, "/lives/of-others"),
    ],
)
def test_what_may_be_a_story_is_kept(language: str | None, path: str) -> None:
    assert not _matches(language, path)


def test_a_named_source_leaves_out_what_its_language_does() -> None:
    assert not spider("orf")().is_article("https://orf.at/liveticker/wahl")


def test_what_a_table_drops_is_dropped_whoever_finds_the_body() -> None:
    paragraphs = "".join(
        f"<p>The ferry of the year {n} was taken off on Monday, after all.</p>"
        for n in range(1950, 1960)
    )
    box = "<div class='fact'><p>Did you know that the first ferry was built in a barn?</p></div>"
    page = f"<article><h1>Ferry gone</h1><div>{paragraphs}{box}{paragraphs}</div></article>"
    stated = {"title": "Elm", "feeds": ["https://elm.example/rss"]}
    for more, is_read in (({}, True), ({"drop_selector": ".fact"}, False)):
        parsers = spider_of("elm", checked("elm", stated | more)).parsers
        texts = [block.text for block in read(Page(page, "https://elm.example/a"), parsers).body]
        assert len(texts) == 20 + is_read
    (drop,) = [
        each
        for each in findings(Page(page, "https://elm.example/a"), parsers[0])
        if each.hook == "drop"
    ]
    assert drop.count == 1


def test_a_page_of_a_named_source_is_read_by_its_own_parser() -> None:
    assert not is_read_generically("generic/2", spider("orf").parsers)
    assert is_read_generically("generic/2", spider("times_live").parsers)


def _matches(language: str | None, path: str) -> bool:
    return any(re.search(pattern, path) for pattern in no_stories(language))


def test_every_feed_of_the_catalogue_is_its_publishers_own_or_at_a_service() -> None:
    foreign = [
        (name, feed)
        for name, table in shipped.catalogue().everything().items()
        for feed in table.get("feeds", ())
        if not is_web_page(feed, [*table["domains"], *FEED_SERVICES])
    ]
    assert foreign == []


def test_no_source_of_the_catalogue_is_a_service_that_hosts_feeds_of_others() -> None:
    tables = shipped.catalogue().everything().values()
    domains = {domain for table in tables for domain in table["domains"]}
    services = (*FEED_SERVICES, "amazonaws.com", "bbci.co.uk", "blogspot.com", "hnrss.org")
    assert not [host for host in domains if is_web_page(f"http://{host}/", services)]
