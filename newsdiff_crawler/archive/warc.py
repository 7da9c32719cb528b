"""Exchanges as WARC 1.1 records, and back."""

from __future__ import annotations

import base64
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from http.client import responses
from io import BytesIO
from typing import BinaryIO
from urllib.parse import urlsplit
from uuid import UUID, uuid4, uuid5

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordbuilder import RecordBuilder
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from newsdiff_crawler.archive.members import Member, pack
from newsdiff_crawler.items import Exchange, Snapshot

_HTTP = "HTTP/1.1"
_HEADERS = 64 * 1024  # bytes of a record's headers, at most
_REVISIT = RecordBuilder.REVISIT_PROFILE_1_1
_BUILDER = RecordBuilder(warc_version="1.1")


class BrokenRecordError(Exception):
    """What is there is no sound WARC record; the message says what is wrong."""


@dataclass(frozen=True)
class Record:
    """A record as it was read. ``http``: the status and headers of an answer, or the request line
    and its headers. ``body``: what came with it; a revisit has none."""

    type: str
    id: str
    url: str
    at: str
    headers: Mapping[str, str]
    http_line: str
    http_headers: tuple[tuple[str, str], ...]
    body: bytes

    @property
    def body_sha256(self) -> str:
        """Of the payload, as the record states it: that of a revisit is elsewhere."""
        stated = self.headers.get("warc-payload-digest", "").removeprefix("sha256:")
        return base64.b32decode(stated).hex() if stated else sha256(self.body).hexdigest()

    @property
    def status(self) -> int:
        """Of an answer; 0: it has none that is a number."""
        stated = self.http_line.split(" ")[1:2]
        return int(stated[0]) if stated and stated[0].isdecimal() else 0

    def asked_for(self, answer: Record) -> bool:
        """Whether this is the request that an answer was the answer to."""
        return (
            self.type == "request"
            and self.headers.get("warc-concurrent-to") == _urn(answer.id)
            and (self.url, self.at) == (answer.url, answer.at)
        )


def new_id() -> str:
    """Of a record: a UUID."""
    return str(uuid4())


def request_of(answer_id: str) -> str:
    """The id of the record of the request behind an answer."""
    return str(uuid5(UUID(answer_id), "request"))


def exchange_records(exchange: Exchange, record_id: str, same: Snapshot | None) -> bytes:
    """The answer and the request as two members. ``same``: the snapshot that has the same body, of
    which this one is then a revisit."""
    return _answer(exchange, record_id, same) + _request(exchange, record_id)


def _answer(exchange: Exchange, record_id: str, same: Snapshot | None) -> bytes:
    reason = responses.get(exchange.status, "")
    http = StatusAndHeaders(f"{exchange.status} {reason}".strip(), [*exchange.headers], _HTTP)
    more = {"WARC-Payload-Digest": _digest(bytes.fromhex(exchange.body_sha256))}
    if exchange.ip:
        more["WARC-IP-Address"] = exchange.ip
    if same:
        more |= {
            "WARC-Profile": _REVISIT,
            "WARC-Refers-To": _urn(same.same_as or same.record_id),
            "WARC-Refers-To-Target-URI": same.url,
            "WARC-Refers-To-Date": same.at,
        }
    body = b"" if same else exchange.body
    kind = "revisit" if same else "response"
    return _member(kind, record_id, exchange.url, exchange.at, more, body, http)


def _request(exchange: Exchange, answer_id: str) -> bytes:
    parts = urlsplit(exchange.url)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    headers = [("Host", parts.netloc.rpartition("@")[2]), *exchange.request_headers]
    http = StatusAndHeaders(f"{exchange.method} {path} {_HTTP}", headers, is_http_request=True)
    more = {"WARC-Concurrent-To": _urn(answer_id)}
    return _member("request", request_of(answer_id), exchange.url, exchange.at, more, b"", http)


def _member(
    kind: str,
    record_id: str,
    url: str,
    at: str,
    more: Mapping[str, str],
    body: bytes,
    http: StatusAndHeaders | None = None,
) -> bytes:
    return pack(_record(kind, record_id, url, at, more, body, http))


def _record(
    kind: str,
    record_id: str,
    url: str,
    at: str,
    more: Mapping[str, str],
    body: bytes,
    http: StatusAndHeaders | None = None,
) -> bytes:
    block = sha256()
    if http:
        http.compute_headers_buffer(None)
        block.update(http.headers_buff)
    block.update(body)
    headers = {
        "WARC-Type": kind,
        "WARC-Record-ID": _urn(record_id),
        "WARC-Date": at,
        "WARC-Block-Digest": _digest(block.digest()),
        **more,
    }
    record = _BUILDER.create_warc_record(
        url, kind, BytesIO(body), len(body), warc_headers_dict=headers, http_headers=http
    )
    out = BytesIO()
    WARCWriter(out, gzip=False, warc_version="1.1").write_record(record)
    return out.getvalue()


def _digest(value: bytes) -> str:
    return f"sha256:{base64.b32encode(value).decode()}"


def _urn(record_id: str) -> str:
    return f"<urn:uuid:{record_id}>"


def read_record(data: bytes) -> Record:
    """The record in an unpacked member. Raises BrokenRecordError, also where its digests are not
    those of what it holds."""
    try:
        records = ArchiveIterator(BytesIO(data), check_digests=True)
        record = next(records)
        body = record.content_stream().read()
        ends = next(records, None) is None
    except (ArchiveLoadFailed, StopIteration, ValueError, EOFError) as error:
        raise BrokenRecordError(f"it is no WARC record ({error})") from error
    if record.digest_checker.problems:
        raise BrokenRecordError(f"it is not what it was: {record.digest_checker.problems[0]}")
    if not ends:
        raise BrokenRecordError("it is more than one record")
    headers = {name.lower(): value for name, value in record.rec_headers.headers}
    http = record.http_headers
    return Record(
        type=record.rec_type,
        id=_uuid(headers.get("warc-record-id", "")),
        url=headers.get("warc-target-uri", ""),
        at=headers.get("warc-date", ""),
        headers=headers,
        http_line=f"{http.protocol} {http.statusline}" if http else "",
        http_headers=tuple(http.headers) if http else (),
        body=body,
    )


def named_at(file: BinaryIO, member: Member) -> tuple[str, str]:
    """The id of a record and the address in it, from its beginning; empty where they cannot be
    read."""
    file.seek(member.offset)
    packed = file.read(min(member.length, _HEADERS))
    try:
        head = zlib.decompressobj(31).decompress(packed, _HEADERS)
    except zlib.error:
        return "", ""
    lines = head.partition(b"\r\n\r\n")[0].decode("utf-8", "replace").split("\r\n")
    pairs = (line.partition(":") for line in lines)
    named = {name.strip().lower(): value.strip() for name, _, value in pairs}
    return _uuid(named.get("warc-record-id", "")), named.get("warc-target-uri", "")


def _uuid(urn: str) -> str:
    return urn.removeprefix("<urn:uuid:").removesuffix(">")
