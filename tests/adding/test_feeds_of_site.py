"""Where a site says that its feeds are."""

from __future__ import annotations

import pytest

from newsdiff_crawler.adding.feeds_of_site import feeds_of_page, language_of, sitemaps_of_robots
from newsdiff_crawler.parsing import Page

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


def test_sitemaps_are_those_of_robots_txt_for_news_first() -> None:
    robots = """User-agent: *
Disallow: /private/
Sitemap: https://ash.example/sitemap.xml
sitemap:https://ash.example/news-sitemap.xml
# Sitemap: https://ash.example/old.xml
Sitemap: /broken
"""
    assert sitemaps_of_robots(robots) == [
        "https://ash.example/news-sitemap.xml",
        "https://ash.example/sitemap.xml",
    ]


def test_what_stands_in_the_next_line_is_no_address_of_a_sitemap() -> None:
    assert sitemaps_of_robots("Sitemap:\nhttps://ash.example/sitemap.xml") == []


@pytest.mark.parametrize(
    ("stated", "language"),
    [("en-GB", "en"), ("NB", "nb"), ("gsw", "gsw"), ("english", ""), ("", "")],
)
def test_a_language_is_what_the_page_states_without_its_country(stated: str, language: str) -> None:
    assert language_of(Page(f'<html lang="{stated}">', "https://ash.example/")) == language
