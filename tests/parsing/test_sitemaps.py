"""Which sitemaps of an index are worth asking for."""

from __future__ import annotations

import tracemalloc

import pytest

from newsdiff_crawler.parsing import feeds
from newsdiff_crawler.parsing.feeds import read_feed
from newsdiff_crawler.parsing.sitemaps import ListedSitemap, newest_first


def index(*children: tuple[str, str]) -> list[ListedSitemap]:
    listed = "".join(
        f"<sitemap><loc>{url}</loc><lastmod>{day}</lastmod></sitemap>" for url, day in children
    )
    return list(
        read_feed(f"<sitemapindex>{listed}</sitemapindex>".encode(), "https://a.example/").sitemaps
    )


YEARS = [(f"/{year}.xml", f"{year}-11-01T00:00:00+00:00") for year in range(2010, 2027)]


def test_the_newest_come_first() -> None:
    chosen = newest_first(index(*YEARS), 3)
    assert chosen == [f"https://a.example/{year}.xml" for year in (2026, 2025, 2024)]


def test_a_date_in_the_address_counts_where_none_is_stated() -> None:
    months = [(f"/sitemap-2026-{month:02}.xml", "") for month in range(1, 12)]
    assert newest_first(index(*months), 1) == ["https://a.example/sitemap-2026-11.xml"]


def test_those_without_a_date_take_half_of_the_places_at_most() -> None:
    undated = [(f"/{name}.xml", "") for name in "abc"]
    chosen = newest_first(index(*YEARS, *undated), 4)
    assert [url.rpartition("/")[2] for url in chosen] == ["a.xml", "c.xml", "2026.xml", "2025.xml"]


def test_without_any_date_the_first_and_the_last_are_taken() -> None:
    names = [(f"/{name}.xml", "") for name in "abcdef"]
    chosen = newest_first(index(*names), 3)
    assert [url.rpartition("/")[2] for url in chosen] == ["a.xml", "b.xml", "f.xml"]


def test_a_large_sitemap_is_read_in_little_memory() -> None:
    """Most of it is not about addresses; none of that is held."""
    padding = "é" * 500
    body = b"".join(
        f"<url><loc>/news/{number}</loc><note>{padding}</note></url>".encode()
        for number in range(1000)
    )
    body = b"<urlset>" + body + b"</urlset>"
    tracemalloc.start()
    links = read_feed(body, "https://a.example/")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(links.articles) == 1000
    assert peak < len(body) * 0.8


def test_no_more_entries_are_read_than_the_protocol_allows(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(feeds, "MOST_ENTRIES", 10)
    body = b"<urlset>" + b"<url><loc>/1</loc></url>" * 15 + b"</urlset>"
    assert len(read_feed(body, "https://a.example/").articles) == 10
