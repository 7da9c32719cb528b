"""A request and its answer as the archive keeps them."""

from __future__ import annotations

from collections.abc import Iterator

from scrapy.http import Headers, Response

from newsdiff_crawler.items import Exchange

# Who we are to proxies and servers is nobody else's business.
_SECRET = (b"proxy-authorization", b"authorization", b"cookie")
# The body is kept as it was read: these say how it came.
_OF_THE_WAY = (b"content-encoding", b"transfer-encoding", b"content-length")


def exchange_of(response: Response, at: str) -> Exchange:
    """Of an answer that came at this moment."""
    request = response.request
    assert request
    ip = "" if request.meta.get("proxy") else str(response.ip_address or "")
    return Exchange(
        url=response.url,
        at=at,
        method=request.method,
        request_headers=tuple(_headers(request.headers, _SECRET)),
        status=response.status,
        headers=(
            *_headers(response.headers, _OF_THE_WAY),
            ("Content-Length", str(len(response.body))),
        ),
        body=response.body,
        ip=ip,
    )


def _headers(headers: Headers, left_out: tuple[bytes, ...]) -> Iterator[tuple[str, str]]:
    for name, values in headers.items():
        if name.lower() not in left_out:
            for value in values:
                yield name.decode("latin-1"), value.decode("latin-1")
