"""Compressed answers, also of servers that are wrong about what they send."""

from __future__ import annotations

import zlib
from traceback import clear_frames

from scrapy import Spider
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.exceptions import IgnoreRequest, ResponseDataLossError
from scrapy.http import Request, Response

_GZIP = b"\x1f\x8b"
_HEAD, _FLAGS = 10, 3  # bytes of gzip's head; which of them says what else belongs to it
_GZIPPED, _BARE = 31, -15  # zlib's numbers
_NAMES = (b"gzip", b"x-gzip")


class Compression(HttpCompressionMiddleware):
    """Scrapy's, but a body that is said to be gzipped and is not is taken as it is, and one that
    is cut off is no answer."""

    def process_response(
        self,
        request: Request,
        response: Response,
        spider: Spider | None = None,  # noqa: ARG002
    ) -> Request | Response:
        said = response.headers.get("Content-Encoding") or b""
        is_gzipped = said.strip().lower() in _NAMES
        if is_gzipped and not response.body.startswith(_GZIP):
            del response.headers["Content-Encoding"]
            is_gzipped = False
        try:
            answer: Request | Response = super().process_response(request, response)
        except IgnoreRequest as error:
            _let_go(error)
            raise
        if is_gzipped and isinstance(answer, Response) and _is_cut_off(response.body, answer.body):
            raise ResponseDataLossError
        return answer


def _is_cut_off(packed: bytes, unpacked: bytes) -> bool:
    """Whether something is missing at the end, which Scrapy takes for the end of the page: what
    stood there would seem to have been taken out. The last four bytes say how much there is, unless
    something else follows."""
    if int.from_bytes(packed[-4:], "little") == len(unpacked) % 2**32:
        return False
    if packed[_FLAGS] == 0:  # a head of ten bytes: some servers leave out what follows the text
        unpacking, packed = zlib.decompressobj(_BARE), packed[_HEAD:]
    else:
        unpacking = zlib.decompressobj(_GZIPPED)
    while packed and not unpacking.eof:
        unpacking.decompress(packed, len(unpacked) + 1)
        packed = unpacking.unconsumed_tail
    return not unpacking.eof


def _let_go(error: BaseException) -> None:
    """Of what was unpacked until it was too much: an error holds it for as long as it lives, and
    thirty bombs in a row took 300 MB."""
    cause: BaseException | None = error
    while cause:
        clear_frames(cause.__traceback__)
        cause = cause.__cause__ or cause.__context__
