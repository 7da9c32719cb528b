"""Where a site says that its feeds are."""

from __future__ import annotations

import pytest

from newsdiff_crawler.adding.feeds_of_site import (
    feeds_of_page,
    language_of,
    perhaps_feeds,
    sitemaps_of_robots,
)
from newsdiff_crawler.parsing import Page

ROBOTS = "https://ash.example/robots.txt"
HEAD = """<html><head>
<link rel="stylesheet" href="/style.css">
<link rel="alternate" type="application/rss+xml" title="News" href="/feed/">
<link rel="alternate feed" type="application/atom+xml" href="https://feeds.ash.example/all">
<link rel="alternate" type="application/rss+xml" title="Comments" href="/comments/feed/">
<link rel="alternate" type="application/feed+json" href="feed.json">
<link rel="alternate" hreflang="nn" href="/nn/">
<link rel="alternate" type="application/rss+xml" href="javascript:alert(1)">
<link rel="alternate" type="application/rss+xml" href="https://[broken">
</head></html>"""


def test_feeds_are_those_of_the_head_but_for_comments_and_what_is_no_address() -> None:
    assert feeds_of_page(Page(HEAD, "https://www.ash.example/news/")) == [
        "https://www.ash.example/feed/",
        "https://feeds.ash.example/all",
        "https://www.ash.example/news/feed.json",
    ]


@pytest.mark.parametrize(
    "link",
    [
        '<LINK REL="Alternate" TYPE="Application/RSS+XML; charset=utf-8" HREF="/rss">',
        '<base href="https://ash.example/"><link rel=alternate type=application/rss+xml href=rss>',
        '<body><p>News<link rel="alternate" type="application/rdf+xml" href="/rss">',
    ],
)
def test_links_are_read_as_sites_write_them(link: str) -> None:
    assert feeds_of_page(Page(link, "https://ash.example/news/")) == ["https://ash.example/rss"]


def test_what_may_be_a_feed_is_what_is_called_so_or_has_a_type_of_many_things() -> None:
    page = """<link rel="alternate" type="application/json" href="/feed.json">
<link rel="alternate" href="/untyped"><link rel="alternate" hreflang="nn" href="/nn/">
<link rel="alternate" type="application/json+oembed" href="/oembed">
<a href="/rss.xml">RSS</a> <a href="/feedback">Write to us</a> <a href="/comments/feed/">All</a>
<a href="https://oak.example/feed">Another paper</a>"""
    assert perhaps_feeds(Page(page, "https://ash.example/")) == [
        "https://ash.example/feed.json",
        "https://ash.example/untyped",
        "https://ash.example/rss.xml",
    ]


def test_sitemaps_are_those_of_robots_txt_for_news_first() -> None:
    robots = """User-agent: *
Disallow: /private/
Sitemap: https://ash.example/sitemap.xml
sitemap:https://ash.example/news-sitemap.xml
# Sitemap: https://ash.example/old.xml
Sitemap: /map.xml
Sitemap: https://[broken
"""
    assert sitemaps_of_robots(robots, ROBOTS) == [
        "https://ash.example/news-sitemap.xml",
        "https://ash.example/sitemap.xml",
        "https://ash.example/map.xml",
    ]


def test_what_stands_in_the_next_line_is_no_address_of_a_sitemap() -> None:
    assert sitemaps_of_robots("Sitemap:\nhttps://ash.example/sitemap.xml", ROBOTS) == []


@pytest.mark.parametrize(
    ("stated", "language"),
    [("en-GB", "en"), ("NB", "nb"), ("gsw", "gsw"), ("english", ""), ("", "")],
)
def test_a_language_is_what_the_page_states_without_its_country(stated: str, language: str) -> None:
    assert language_of(Page(f'<html lang="{stated}">', "https://ash.example/")) == language
