"""URLs lose what only tracks readers, and nothing that names the article."""

from __future__ import annotations

import pytest

from newsdiff_crawler.urls import clean, is_web_page


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (
            "https://www.bbc.com/news/articles/c1?at_medium=RSS&at_campaign=rss",
            "https://www.bbc.com/news/articles/c1",
        ),
        ("https://news.example/a?utm_source=x&id=7&UTM_Medium=y", "https://news.example/a?id=7"),
        ("https://news.example/a?id=7&id=8#comments", "https://news.example/a?id=7&id=8"),
        ("  https://news.example/a \n", "https://news.example/a"),
        ("https://news.example/straße", "https://news.example/stra%C3%9Fe"),
        ("https://news.example/a?flag", "https://news.example/a?flag"),
    ],
)
def test_a_url_is_cleaned(url: str, expected: str) -> None:
    assert clean(url) == expected


def test_cleaning_twice_changes_nothing_more() -> None:
    once = clean("https://news.example/a b?q=ä ö&at_x=1&y=2")
    assert clean(once) == once


@pytest.mark.parametrize("host", ["bbc.com", "www.bbc.com", "news.bbc.com"])
def test_a_domain_takes_in_the_hosts_below_it(host: str) -> None:
    assert is_web_page(f"https://{host}/news", ["bbc.com"])


@pytest.mark.parametrize(
    "url",
    [
        "https://notbbc.com/news",
        "https://bbc.com.evil.example/news",
        "https://bbc.com@evil.example/news",
        "javascript:alert(1)//bbc.com",
        "ftp://bbc.com/news",
        "https://[bbc.com/news",
        "",
    ],
)
def test_what_is_no_page_of_the_domain_is_told_apart(url: str) -> None:
    assert not is_web_page(url, ["bbc.com"])
