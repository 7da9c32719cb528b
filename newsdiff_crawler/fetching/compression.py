"""Compressed answers, also of servers that are wrong about what they send."""

from __future__ import annotations

from traceback import clear_frames

from scrapy import Spider
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Request, Response

_GZIP = b"\x1f\x8b"
_NAMES = (b"gzip", b"x-gzip")


class Compression(HttpCompressionMiddleware):
    """Scrapy's, but a body that is said to be gzipped and is not is taken as it is."""

    def process_response(
        self,
        request: Request,
        response: Response,
        spider: Spider | None = None,  # noqa: ARG002
    ) -> Request | Response:
        said = response.headers.get("Content-Encoding") or b""
        if said.strip().lower() in _NAMES and not response.body.startswith(_GZIP):
            del response.headers["Content-Encoding"]
        try:
            answer: Request | Response = super().process_response(request, response)
        except IgnoreRequest as error:
            _let_go(error)
            raise
        return answer


def _let_go(error: BaseException) -> None:
    """Of what was unpacked until it was too much: an error holds it for as long as it lives, and
    thirty bombs in a row took 300 MB."""
    cause: BaseException | None = error
    while cause:
        clear_frames(cause.__traceback__)
        cause = cause.__cause__ or cause.__context__
