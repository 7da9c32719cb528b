"""A page of the archive as today's parsers read it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from newsdiff_crawler.archive.archive import Archive, ArchiveError
from newsdiff_crawler.budget import Budget, OverBudget
from newsdiff_crawler.items import ParsedPage, Snapshot
from newsdiff_crawler.parsing import LengthBounds, Page, Parser, Refusal, read

# Reads a page, by the one that has its bytes; the name of the parser that is to go first.
ReadPage = Callable[[Snapshot, Mapping[str, Snapshot], str], ParsedPage]


class UnreadableError(Exception):
    """The archive does not have the page any more, or not as it was; the message says why."""


def reader(
    archive: Archive, parsers: Sequence[type[Parser]], bounds: LengthBounds, budget: Budget
) -> ReadPage:
    """Of the pages of one source. It raises Refusal for a page that makes no version, and
    UnreadableError."""

    def read_page(snapshot: Snapshot, bodies: Mapping[str, Snapshot], prefer: str) -> ParsedPage:
        if not parsers:
            raise UnreadableError("its source is no longer there")
        body, content_type = _kept(archive, snapshot, bodies)
        if content_type and "html" not in content_type.lower():
            raise Refusal("no_text", f"not HTML ({content_type})")
        page = Page(body, snapshot.url, content_type=content_type)
        try:
            return budget.spend_on(lambda: read(page, parsers, prefer=prefer, bounds=bounds))
        except OverBudget as over:
            raise UnreadableError(str(over)) from None
        except Refusal:
            raise
        except Exception as error:
            raise UnreadableError(f"the parser failed: {error!r}") from error

    return read_page


def _kept(
    archive: Archive, snapshot: Snapshot, bodies: Mapping[str, Snapshot]
) -> tuple[bytes, str | None]:
    """The bytes of a page and its type; of a revisit, those of the page that it is equal to."""
    try:
        record = archive.read(snapshot)
        if snapshot.same_as:
            first = bodies.get(snapshot.same_as)
            if first is None:
                raise ArchiveError("the page that it is equal to is not there")
            record = archive.read(first)
    except ArchiveError as error:
        raise UnreadableError(f"its page in {snapshot.file}: {error}") from None
    headers = {name.lower(): value for name, value in record.http_headers}
    return record.body, headers.get("content-type")
