"""What the Wayback Machine captured of an address: read through EDGI's ``wayback``, which keeps the
pace that the Internet Archive asks for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from types import TracebackType

from newsdiff_crawler.internet_archive.save_page_now import ArchiveDownError
from newsdiff_crawler.services import AGENT
from newsdiff_crawler.telling.message import one_line
from newsdiff_crawler.times import from_iso, to_iso

INSTALL = "wayback is not installed: pip install 'newsdiff_crawler[wayback]'"
MOST = 100  # captures of one address, the first ones with another text each
LARGEST = 10_000_000  # bytes of a capture, packed
_LISTED = 5_000
_TIMEOUT, _RETRIES = 60, 2
Span = tuple[str, str]  # after a time and before another, both left out; "" is before all times


@dataclass(frozen=True)
class Capture:
    """A page as it was captured. ``url``: of the capture."""

    url: str
    at: str
    content_type: str
    body: bytes = field(repr=False)


class Captures:
    """A session with the Wayback Machine, one of ``wayback``'s. Raises ArchiveDownError where that
    is missing. To be used as a context manager."""

    def __init__(self, session: object = None) -> None:
        try:
            import wayback
        except ImportError:
            raise ArchiveDownError(INSTALL) from None
        self._wayback = wayback
        usual = {"retries": _RETRIES, "timeout": _TIMEOUT, "user_agent": AGENT}
        self._client = wayback.WaybackClient(session or wayback.WaybackSession(**usual))

    def __enter__(self) -> Captures:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: object, _where: TracebackType | None
    ) -> None:
        self._client.close()

    def of(self, url: str, since: str, spans: Sequence[Span]) -> Iterator[Capture | str]:
        """Captures of an address from a day on and within spans of time, the oldest first, each
        with other bytes than the one before; or why one cannot be read, in a few words. Raises
        ArchiveDownError."""
        errors = self._wayback.exceptions
        try:
            yield from self._found(url, since, spans)
        except (errors.BlockedSiteError, errors.BlockedByRobotsError):
            yield "the archive shows none of this site"
        except errors.RateLimitError as error:
            raise ArchiveDownError("web.archive.org wants fewer requests") from error
        except (errors.WaybackException, OSError) as error:
            raise ArchiveDownError(one_line(f"web.archive.org: {error}")) from error

    def _found(self, url: str, since: str, spans: Sequence[Span]) -> Iterator[Capture | str]:
        digest, count = "", 0
        records = self._client.search(
            url,
            from_date=since.replace("-", "") or None,
            to_date=from_iso(max(before for _, before in spans)),
            filter_field=["statuscode:200", "mimetype:text/html"],
            limit=_LISTED,
        )
        for record in records:
            is_known, digest = record.digest == digest, record.digest
            at = to_iso(record.timestamp)
            if is_known or not any(after < at < before for after, before in spans):
                continue
            if count == MOST:
                yield f"beyond the first {MOST}"
                return
            count += 1
            yield self._read(record) if (record.length or 0) <= LARGEST else "too large"

    def _read(self, record: object) -> Capture | str:
        errors = self._wayback.exceptions
        try:
            memento = self._client.get_memento(record, follow_redirects=False)
        except (errors.MementoPlaybackError, errors.NoMementoError):
            return "the archive cannot show it"
        if not memento.ok:
            return f"HTTP {memento.status_code}"
        kind = memento.headers.get("Content-Type", "")
        return Capture(memento.memento_url, to_iso(memento.timestamp), kind, memento.content)
