"""A server that is wrong about what it compressed is read all the same."""

from __future__ import annotations

import gzip

import pytest
from scrapy.exceptions import ResponseDataLossError
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


LONG = b"".join(b"<p>%d men left.</p>" % number for number in range(5_000))
PACKED = gzip.compress(LONG)


def unpacked(body: bytes) -> Response:
    middleware = Compression.from_crawler(get_crawler())
    response = Response("https://news.example/", headers={"Content-Encoding": "gzip"}, body=body)
    answer = middleware.process_response(Request(response.url), response)
    assert isinstance(answer, Response)
    return answer


@pytest.mark.parametrize("length", [len(PACKED) // 4, len(PACKED) // 2, len(PACKED) - 30])
def test_a_page_that_is_cut_off_lost_nothing_that_anybody_took_out(length: int) -> None:
    with pytest.raises(ResponseDataLossError):
        unpacked(PACKED[:length])


@pytest.mark.parametrize(
    "body",
    [PACKED, PACKED[:-8], PACKED[:-3], PACKED + b"more", gzip.compress(LONG[:99]) + PACKED],
    ids=["whole", "without its sums", "with half of them", "with more behind it", "in two parts"],
)
def test_a_page_that_is_whole_is_read_however_it_ends(body: bytes) -> None:
    assert unpacked(body).body.endswith(LONG)
