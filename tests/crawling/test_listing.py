"""What a feed's links come to: articles, and what is left out and why."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from newsdiff_crawler.crawling.listing import MOST_NAMED, Leads, sort_out, sort_out_sitemaps
from newsdiff_crawler.items import FeedEntry, LeftOut
from newsdiff_crawler.parsing.feeds import Links
from newsdiff_crawler.parsing.sitemaps import ListedSitemap
from tests.support.runs import Paper
from tests.traps.growth import steepness

MOST = 100
ONE = "https://news.example/news/1"


class News(Paper):
    """Without films."""

    leave_out = (r"/film/",)


def nowhere(_urls: Sequence[str]) -> Leads:
    return {}


def listed(*urls: str, no_link: int = 0) -> Links:
    return Links(tuple(FeedEntry(url, "m") for url in urls), no_link=no_link)


def test_what_is_left_out_is_counted_by_its_reason() -> None:
    links = listed(
        ONE,
        "https://news.example/film/1",
        "https://news.example/?utm_source=rss",
        "https://other.example/1",
        "https://u:p@news.example/1",
        no_link=2,
    )
    listing = sort_out(links, News(), MOST, nowhere)
    assert [entry.url for entry in listing.articles] == [ONE]
    assert str(listing.left_out) == (
        "1 on another host (other.example 1), 2 by rule, 2 without a link, 1 malformed"
    )


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("https://news.example:99999/1", "Port out of range 0-65535"),
        ("http://[news/1", "Invalid IPv6 URL"),
        ("javascript:alert(1)", "neither https:// nor http://"),
        ("https:///news/1", "no host"),
        ("https://news.example/" + "a" * 9000, "longer than 8000 characters"),
    ],
)
def test_a_malformed_link_is_named_and_passed_by(url: str, reason: str) -> None:
    listing = sort_out(listed(url, ONE), News(), MOST, nowhere)
    assert [entry.url for entry in listing.articles] == [ONE]
    (named,) = listing.left_out.named
    assert named.startswith(f"'{url[:20]}")
    assert named.endswith(reason)


def test_of_many_malformed_links_the_first_are_named() -> None:
    left_out = sort_out(listed(*(f"x:{n}" for n in range(99))), News(), MOST, nowhere).left_out
    assert (left_out.malformed, len(left_out.named)) == (99, MOST_NAMED)


def test_a_link_on_another_host_is_the_article_that_it_leads_to() -> None:
    links = listed("https://t.example/a", "https://t.example/b", "https://t.example/c")
    leads = {"https://t.example/a": ONE, "https://t.example/b": None}
    listing = sort_out(links, News(), MOST, lambda _urls: leads)
    assert [entry.url for entry in listing.articles] == [ONE]
    assert listing.left_out.by_host == {"t.example": 2}
    assert listing.unknown == ("https://t.example/c",)


def test_one_story_listed_twice_keeps_the_first_headline_and_guid() -> None:
    entries = (FeedEntry(ONE, "b"), FeedEntry(f"{ONE}?utm_source=x", "a", "Rain", "g1"))
    (entry,) = sort_out(Links(entries), News(), MOST, nowhere).articles
    assert entry == FeedEntry(ONE, "ab", "Rain", "g1")


def test_the_sitemaps_of_an_index_are_on_the_source_s_hosts() -> None:
    urls = ["https://news.example/a.xml", "https://cdn.example/b.xml", "https://u:p@news.example/"]
    links = Links(sitemaps=tuple(map(ListedSitemap, urls)))
    found, left_out = sort_out_sitemaps(links, News(), is_inner=False)
    assert found == ["https://news.example/a.xml"]
    assert (left_out.by_host, left_out.malformed) == ({"cdn.example": 1}, 1)


@pytest.mark.parametrize(
    "pattern",
    ["https://news.example/{}", "https://a{}.example/", "https://a.example/{}", "x:{}", ONE],
    ids=["its own", "of many hosts", "of another host", "malformed", "one and the same"],
)
@pytest.mark.parametrize("kind", ["articles", "sitemaps"])
def test_so_many_links_are_so_much_work(kind: str, pattern: str) -> None:
    """What nobody interrupts grows no faster than the feed. One letter stands for one link."""

    def sorted_out(text: str) -> object:
        urls = [pattern.format(number) for number in range(len(text))]
        if kind == "articles":
            return sort_out(listed(*urls), News(), len(text), nowhere)
        links = Links(sitemaps=tuple(map(ListedSitemap, urls)))
        return sort_out_sitemaps(links, News(), is_inner=False)

    assert steepness(sorted_out, "a".__mul__, 2_000) == ""


def test_reasons_add_up_over_feeds() -> None:
    one = LeftOut({"a.example": 2, "b.example": 1}, by_rule=1, named=("x",))
    two = LeftOut({"a.example": 40, "c.example": 1, "d.example": 1}, no_link=3, named=("y",))
    assert str(one + two) == (
        "45 on another host (a.example 42, b.example 1, c.example 1 and 1 more), 1 by rule, "
        "3 without a link"
    )
    assert (one + two).named == ("x", "y")
    assert str(LeftOut()) == ""


def dated(number: int, day: str = "") -> FeedEntry:
    return FeedEntry(f"https://news.example/news/{number}", "m", dated=day)


def test_of_too_many_articles_the_newest_are_kept_and_the_others_counted() -> None:
    oldest_first = [dated(day, f"2026-03-{day:02}T08:00:00Z") for day in range(1, 29)]
    listing = sort_out(Links(tuple(oldest_first)), News(), 3, nowhere)
    assert list(listing.articles) == oldest_first[:-4:-1]
    assert str(listing.left_out) == "25 beyond the newest"


def test_places_are_for_articles_and_not_for_what_is_left_out() -> None:
    films = tuple(FeedEntry(f"https://news.example/film/{n}", "m") for n in range(50))
    listing = sort_out(Links((*films, dated(1), dated(2))), News(), 2, nowhere)
    assert [entry.url for entry in listing.articles] == [dated(1).url, dated(2).url]
