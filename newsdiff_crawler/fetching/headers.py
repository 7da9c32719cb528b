"""What the headers of an answer say."""

from __future__ import annotations

from datetime import datetime

from scrapy.http import Response

from newsdiff_crawler.times import seconds_to_wait


def header(response: Response, name: str) -> str | None:
    """A header's value, or None where it is missing or empty."""
    value = response.headers.get(name)
    return value.decode("latin-1") if value else None


def validators_of(response: Response) -> tuple[str | None, str | None]:
    """ETag and Last-Modified, for the next request to carry."""
    return header(response, "ETag"), header(response, "Last-Modified")


def retry_after(response: Response, now: datetime) -> int | None:
    """The seconds that a server asks us to wait, as `seconds_to_wait` reads them."""
    return seconds_to_wait(header(response, "Retry-After") or "", now)
