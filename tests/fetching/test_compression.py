"""A server that is wrong about what it compressed is read all the same."""

from __future__ import annotations

import gzip

import pytest
from scrapy.http import Request, Response
from scrapy.utils.test import get_crawler

from newsdiff_crawler.fetching.compression import Compression

FEED = b"<rss/>"


@pytest.mark.parametrize("body", [FEED, gzip.compress(FEED)], ids=["plain", "gzipped"])
def test_a_body_that_is_said_to_be_gzipped_is_read_as_it_is(body: bytes) -> None:
    middleware = Compression.from_crawler(get_crawler())
    response = Response("https://news.example/", headers={"Content-Encoding": "gzip"}, body=body)
    answer = middleware.process_response(Request(response.url), response)
    assert isinstance(answer, Response)
    assert answer.body == FEED
    assert "Content-Encoding" not in answer.headers
