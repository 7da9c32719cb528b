"""URLs lose what only tracks readers, and nothing that names the article."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdiff_crawler.urls import (
    clean,
    domain_of,
    is_web_page,
    normal,
    site_of,
)


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


ONE = "https://news.example/caf%C3%A9/a"


@pytest.mark.parametrize(
    "url",
    [
        "https://news.example/caf%c3%a9/a",
        "https://news.example/café/a",
        "HTTPS://News.Example:443/caf%C3%A9/a",
        "https://news.example./%63af%C3%A9/a",
        "https://news.example/b/../caf%C3%A9/./a",
        "https://news.example/%2e%2e/caf%C3%A9/a#top",
        "\u200bhttps://news.example/caf\n%C3%A9/a?\u00a0",
        "https:\\\\news.example\\caf%C3%A9\\a",
        "https://news.example/caf%C3%A9/a;jsessionid=8F3C1.node1",
        "https://news.example/(S(lit3py55t21z5v55vlm25s55))/caf%C3%A9/a",
        "https://news.example/caf%C3%A9/a?PHPSESSID=1&ASPSESSIONIDAB=2&utm%5Fsource=rss&wt.mc_id=3",
        "https://news.example/caf%C3%A9/a?sid=0123456789abcdef0123456789abcdef&_ga=1.2&yclid=1",
    ],
)
def test_equivalent_addresses_are_one(url: str) -> None:
    assert clean(url) == ONE


@pytest.mark.parametrize(
    "url",
    [
        "https://news.example/a%2Fb",
        "https://news.example/a?b=%26",
        "https://news.example/a//b",
        "https://news.example:8443/a",
        "https://news.example/article.php?ref=1001",
        "https://news.example/item?feed=7&partner=x&rss=1&sid=12",
        "https://news.example/?p=11",
        "https://[::1]/a",
    ],
)
def test_what_may_name_the_story_stays(url: str) -> None:
    assert clean(url) == url


@pytest.mark.parametrize(
    "host", ["müller-bote.example", "MÜLLER-BOTE.example", "m%C3%BCller-bote.example"]
)
def test_an_international_host_is_written_in_ascii(host: str) -> None:
    assert clean(f"https://{host}/a") == "https://xn--mller-bote-9db.example/a"
    assert is_web_page(f"https://{host.replace('%C3%BC', 'ü')}/a", ["xn--mller-bote-9db.example"])
    assert site_of("https://www.straße.example/") == "xn--strae-oqa.example"


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("/news/1", "no scheme"),
        ("", "no scheme"),
        ("ftp://news.example/", "neither https:// nor http://"),
        ("https://", "no host"),
        ("https://user:secret@news.example/", "a user or password"),
        ("https://news.example:99999/", "Port"),
        ("https://news..example/", "no name of a host"),
        ("https://[news/", "IPv6"),
    ],
)
def test_what_is_no_usable_address_has_its_reason(url: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        clean(url)


@given(st.text(max_size=60), st.sampled_from(["https://news.example/", "https://", ""]))
def test_any_text_is_a_normal_address_or_none(text: str, start: str) -> None:
    with contextlib.suppress(ValueError):
        once = clean(start + text)
        assert clean(once) == normal(once) == once


@pytest.mark.parametrize(
    "text",
    [
        "news.example",
        "News.Example",
        " www.news.example",
        "https://www.news.example/",
        "*.news.example",
    ],
)
def test_a_domain_is_taken_as_people_write_it(text: str) -> None:
    assert domain_of(text) == "news.example"


@pytest.mark.parametrize(
    "text", ["", "news example", "https://news.example/world", "https://", "a@b"]
)
def test_what_is_no_domain_is_told(text: str) -> None:
    with pytest.raises(ValueError, match="expected a domain such as"):
        domain_of(text)


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
