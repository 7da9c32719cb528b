"""The parts of a WACZ that other tools want: the pages as one WARC file, its index, and the list of
pages. replayweb.page and pywb open it by them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import BytesIO
from urllib.parse import urlsplit

from newsdiff_crawler.archive.members import BrokenMemberError, unpack, walk
from newsdiff_crawler.archive.warc import BrokenRecordError, Record, read_record
from newsdiff_crawler.proof.container import BundleError

WARC, INDEX, PAGES = "archive/data.warc.gz", "indexes/index.cdx", "pages/pages.jsonl"
_MOST = 10  # records: two pages, what they repeat, and what was asked for


def records_in(warc: bytes) -> Iterator[tuple[int, int, Record]]:
    """Where each record begins, how long it is, and the record. Raises BundleError for a file that
    is not all sound records."""
    file = BytesIO(warc)
    for count, member in enumerate(walk(file)):
        if count == _MOST:
            raise BundleError("its archive has too many records")
        if member.fault:
            raise BundleError(f"its archive, from {member.offset} on: {member.fault}")
        try:
            record = read_record(unpack(file, member.offset))
        except (BrokenMemberError, BrokenRecordError, ValueError) as error:
            raise BundleError(f"its archive, at {member.offset}: {error}") from error
        yield member.offset, member.length, record


def index_of(warc: bytes) -> bytes:
    """A line of CDXJ for each answer."""
    lines = [
        _line(offset, length, record)
        for offset, length, record in records_in(warc)
        if record.type in ("response", "revisit")
    ]
    return "".join(sorted(lines)).encode()


def _line(offset: int, length: int, record: Record) -> str:
    headers = {name.lower(): value for name, value in record.http_headers}
    said = {
        "url": record.url,
        "mime": headers.get("content-type", "").partition(";")[0].strip() or "text/html",
        "status": str(record.status),
        "digest": f"sha256:{record.body_sha256}",
        "length": str(length),
        "offset": str(offset),
        "filename": WARC.rpartition("/")[2],
    }
    when = "".join(sign for sign in record.at if sign.isdigit())[:14]
    return f"{_sorted(record.url)} {when} {json.dumps(said)}\n"


def _sorted(url: str) -> str:
    """A URL by which an index is sorted: its host from the right, and what follows."""
    parts = urlsplit(url)
    host = ",".join(reversed((parts.hostname or "").split(".")))
    port = f":{parts.port}" if parts.port else ""
    query = f"?{parts.query}" if parts.query else ""
    return f"{host}{port}){parts.path or '/'}{query}".lower().replace(" ", "%20")


def list_of_pages(pages: list[tuple[str, str, str]]) -> bytes:
    """The pages: URL, time and title of each."""
    head = {"format": "json-pages-1.0", "id": "pages", "title": "Pages"}
    lines = [head, *({"url": url, "ts": at, "title": title} for url, at, title in pages)]
    return "".join(f"{json.dumps(line)}\n" for line in lines).encode()
