"""Requests leave for the source's own hosts only."""

from __future__ import annotations

import pytest
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Request

from newsdiff_crawler.fetching.source_hosts import MAY_LEAVE_SOURCE, SourceHostsOnly
from newsdiff_crawler.store import Store
from tests.support.runs import LoneRun, Paper

PAGE = "https://www.news.example/world/rain"


@pytest.fixture
def guard(store: Store) -> SourceHostsOnly:
    source = Paper(
        domains=("news.example", "127.0.0.1"), feeds=("https://feeds.elsewhere.example/rss",)
    )
    run = LoneRun(store, source)
    return SourceHostsOnly(run.crawler, run)


@pytest.mark.parametrize(
    "url", [PAGE, "https://news.example/", "https://feeds.elsewhere.example/b"]
)
def test_a_source_s_hosts_are_asked(guard: SourceHostsOnly, url: str) -> None:
    guard.process_request(Request(url))


@pytest.mark.parametrize("may_leave", [True, False])
@pytest.mark.parametrize("user", ["a:secret@", "a@", ":@", "@", "a%40b:secret@"])
def test_nobody_is_asked_in_the_name_of_a_user(
    guard: SourceHostsOnly, user: str, may_leave: bool
) -> None:
    meta = {MAY_LEAVE_SOURCE: True} if may_leave else {}
    with pytest.raises(IgnoreRequest, match="a user or a password in it, at https://www") as raised:
        guard.process_request(Request(PAGE.replace("//", f"//{user}"), meta=meta))
    assert "secret" not in str(raised.value)


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example/trap",
        "https://evilnews.example/",
        "https://elsewhere.example/",
        "https://news.example.evil.example/",
        "https://news.example@evil.example/",
        "http://169.254.169.254/latest/meta-data",
        "http://[::1]/",
        "http://0.0.0.0/",
        "http://2130706433/",
        "ftp://news.example/a",
        "file:///etc/passwd",
    ],
)
def test_no_other_host_is_asked(guard: SourceHostsOnly, url: str) -> None:
    with pytest.raises(IgnoreRequest, match="led away from the source, to "):
        guard.process_request(Request(url))


def test_our_own_code_may_let_a_request_leave_for_another_page_of_the_web(
    guard: SourceHostsOnly,
) -> None:
    guard.process_request(Request("https://t.example/a", meta={MAY_LEAVE_SOURCE: True}))
    with pytest.raises(IgnoreRequest):
        guard.process_request(Request("file:///etc/passwd", meta={MAY_LEAVE_SOURCE: True}))
