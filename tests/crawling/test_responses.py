"""What an answer to an article's request amounts to."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from scrapy.http import HtmlResponse, Request, Response

from newsdiff_crawler.budget import Budget
from newsdiff_crawler.crawling.responses import ResponseReader
from newsdiff_crawler.fetching.validators import conditions
from newsdiff_crawler.items import READING, Check, FetchedPage, ParsedPage
from newsdiff_crawler.parsing import LengthBounds, Page, Parser
from newsdiff_crawler.source import Source
from newsdiff_crawler.store import Claim
from newsdiff_crawler.times import from_iso

URL = "https://news.example/world/rain-in-the-valley"
TEXT = "It rained for the third day in the valley, and twelve roads are under water. " * 3
HTML = f"<html><body><article><h1>Rain</h1><p>{TEXT}</p></article></body></html>"


class Paper(Parser):
    name = "paper/2026"
    layout = "article"
    read = 0

    def parse(self, page: Page) -> ParsedPage:
        type(self).read += 1
        return super().parse(page)


@pytest.fixture(autouse=True)
def _unread() -> None:
    Paper.read = 0


def claim(**more: Any) -> Claim:
    nothing: dict[str, Any] = dict.fromkeys(Claim.__dataclass_fields__)
    known = {"article_id": 1, "url": URL, "not_modified": 0, "reading": READING}
    return Claim(**nothing | known | more)


def answered(
    status: int = 200,
    html: str = HTML,
    url: str = URL,
    request: Request | None = None,
    **headers: str,
) -> HtmlResponse:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return HtmlResponse(
        url, status, named, html.encode(), encoding="utf-8", request=request or Request(url)
    )


def reader(*parsers: type[Parser]) -> ResponseReader:
    source = Source("paper", domains=("news.example",), parsers=parsers or (Paper,))
    return ResponseReader(source, lambda: from_iso("2026-03-01T08:00:00Z"), Budget(60))


def check(response: Response, known: Claim | None = None) -> Check:
    result = reader().read(response, known or claim())
    assert isinstance(result, Check)
    return result


def page(response: Response, known: Claim | None = None) -> FetchedPage:
    fetched = reader().read(response, known or claim())
    assert isinstance(fetched, FetchedPage)
    return fetched


@pytest.mark.parametrize(
    ("status", "outcome"),
    [(404, "gone"), (410, "gone"), (500, "failed"), (302, "failed"), (204, "failed")]
    + [(status, "blocked") for status in (401, 403, 429, 451, 503)],
)
def test_a_status_that_brings_no_page_is_a_check(status: int, outcome: str) -> None:
    result = check(answered(status))
    assert (result.outcome, result.reason) == (outcome, f"HTTP {status}")


def test_a_refusal_carries_the_time_that_it_asks_for() -> None:
    assert check(answered(503, Retry_After="600")).retry_after == 600
    assert check(answered(503)).retry_after is None


def test_not_modified_is_unchanged() -> None:
    asked = Request(URL, headers=conditions('"1"', None))
    result = check(answered(304, "", request=asked), claim(not_modified=4))
    assert (result.outcome, result.not_modified) == ("unchanged", 5)


def test_not_modified_without_being_asked_tells_nothing() -> None:
    result = check(answered(304, ""))
    assert (result.outcome, result.not_modified) == ("failed", 0)


def test_equal_bytes_are_not_read_again() -> None:
    seen = page(answered(ETag='"1"'))
    again = check(answered(ETag='"2"'), claim(body_hash=seen.body_hash, parser="paper/2026"))
    assert (again.outcome, again.reason, again.etag) == ("unchanged", "same page", '"2"')
    assert Paper.read == 1


def test_equal_bytes_are_read_again_where_their_parser_is_no_more() -> None:
    seen = page(answered())
    page(answered(), claim(body_hash=seen.body_hash, parser="paper/2020"))
    assert Paper.read == 2


def test_equal_bytes_are_read_again_where_pages_are_read_otherwise_by_now() -> None:
    seen = page(answered())
    old = claim(body_hash=seen.body_hash, parser="paper/2026", reading=READING - 1)
    assert page(answered(), old).page.reading == READING


def test_equal_bytes_that_hold_no_article_are_refused_each_time() -> None:
    empty = answered(html="<html><body><article><h1>Rain</h1></article></body></html>")
    assert check(empty).outcome == "failed"
    assert check(empty).body_hash is None


def test_a_text_longer_than_the_settings_allow_is_a_check_with_the_reason() -> None:
    short = replace(reader(), bounds=LengthBounds(headline_words=1))
    result = short.read(answered(html=HTML.replace("<h1>", "<h1>Long and ")), claim())
    assert isinstance(result, Check)
    assert result.outcome == "failed"
    assert "more than 1" in result.reason


def test_a_redirect_is_told_from_where_it_leads() -> None:
    redirected = Request(URL + "-2", meta={"redirect_urls": [URL]})
    result = page(answered(url=URL + "-2", request=redirected))
    assert (result.url, result.moved_from) == (URL + "-2", URL)


def test_what_a_page_states_is_kept_beside_the_address_that_answered() -> None:
    html = HTML.replace("<html>", f'<html><head><link rel="canonical" href="{URL}"></head>')
    redirected = Request(URL + "-2", meta={"redirect_urls": [URL]})
    result = page(answered(html=html, url=URL + "-2", request=redirected, ETag='"1"'))
    assert (result.url, result.moved_from, result.stated_url) == (URL + "-2", URL, URL)
    assert result.etag == '"1"'  # of the address that answered


def test_a_parser_that_breaks_is_a_failed_check(caplog: pytest.LogCaptureFixture) -> None:
    class Broken(Paper):
        def parse(self, page: Page) -> ParsedPage:
            raise ZeroDivisionError

    result = reader(Broken).read(answered(), claim())
    assert isinstance(result, Check)
    assert (result.outcome, result.reason) == ("failed", "the parser failed")
    assert "ZeroDivisionError" in caplog.text


@pytest.mark.parametrize(
    ("asked", "answered_at", "moved_from"),
    [
        (URL, URL.replace("https:", "http:"), None),
        (URL, URL.replace("https:", "http:") + "/", None),
        (URL, URL.replace("https:", "http:") + "-2", URL),
        (URL.replace("https:", "http:"), URL, URL.replace("https:", "http:")),
    ],
)
def test_a_redirect_to_the_same_page_without_tls_leads_nowhere_else(
    asked: str, answered_at: str, moved_from: str | None
) -> None:
    request = Request(answered_at, meta={"redirect_urls": [asked]})
    fetched = reader().read(answered(url=answered_at, request=request), claim(url=asked))
    assert isinstance(fetched, FetchedPage)
    assert (fetched.url, fetched.moved_from) == (answered_at if moved_from else asked, moved_from)
