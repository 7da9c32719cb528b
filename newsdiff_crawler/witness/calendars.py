"""Stamps of OpenTimestamps: calendars put what they are given under a hash in Bitcoin's chain,
hours later. Whether a block has it only somebody with the chain can say: ``ots verify``."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, TypeVar

from newsdiff_crawler.witness.asking import ClockError, ask, host_of

KIND = "opentimestamps"
_ACCEPT = "application/vnd.opentimestamps.v1"
T = TypeVar("T")


@dataclass(frozen=True)
class Attested:
    """Who vouches for a stamp: calendars that still have to, and blocks of Bitcoin."""

    pending: tuple[str, ...]
    blocks: tuple[int, ...]

    def __str__(self) -> str:
        if self.blocks:
            return f"Bitcoin block {', '.join(map(str, self.blocks))}"
        return f"pending at {', '.join(self.pending)}"


def submit(url: str, data: bytes) -> bytes:
    """A calendar's stamp on data, which is only a promise yet. Raises ClockError."""
    stamp = _new(data)
    digest = stamp.file_digest
    _add(stamp.timestamp, url, ask(f"{url}/digest", _ACCEPT, digest, "application/octet-stream"))
    return _written(stamp)


def to_ask(ots: bytes, data: bytes, configured: Sequence[str]) -> list[str]:
    """The calendars that promised a stamp and may be asked what became of it: those configured,
    and those that pools hand on to. Raises ClockError."""
    from opentimestamps.calendar import DEFAULT_CALENDAR_WHITELIST

    return [
        uri
        for uri in check(ots, data).pending
        if uri.rstrip("/") in configured or uri in DEFAULT_CALENDAR_WHITELIST
    ]


def complete(url: str, ots: bytes, data: bytes) -> bytes:
    """The stamp with what the calendar knows of it by now. Raises ClockError, also where that is
    no more than before."""
    stamp = _parse(ots, data)
    for part in list(_pending_at(stamp.timestamp, url)):
        _add(part, url, ask(f"{url.rstrip('/')}/timestamp/{part.msg.hex()}", _ACCEPT))
    return _written(stamp)


def check(ots: bytes, data: bytes) -> Attested:
    """Who vouches for a stamp on data. Raises ClockError where it is none, or on something else."""
    from opentimestamps.core.notary import BitcoinBlockHeaderAttestation, PendingAttestation

    stamp = _parse(ots, data)
    if _written(stamp) != ots:
        raise ClockError("it is not as it was written")
    known = [each for _, each in stamp.timestamp.all_attestations()]
    pending = {each.uri for each in known if isinstance(each, PendingAttestation)}
    blocks = {each.height for each in known if isinstance(each, BitcoinBlockHeaderAttestation)}
    if not pending and not blocks:
        raise ClockError("nobody vouches for it")
    return Attested(tuple(sorted(pending)), tuple(sorted(blocks)))


def _new(data: bytes) -> Any:
    from opentimestamps.core.op import OpSHA256
    from opentimestamps.core.timestamp import DetachedTimestampFile, Timestamp

    return DetachedTimestampFile(OpSHA256(), Timestamp(sha256(data).digest()))


def _parse(ots: bytes, data: bytes) -> Any:
    from opentimestamps.core.serialize import BytesDeserializationContext
    from opentimestamps.core.timestamp import DetachedTimestampFile

    stamp = _read(lambda: DetachedTimestampFile.deserialize(BytesDeserializationContext(ots)))
    if stamp.file_digest != sha256(data).digest():
        raise ClockError("it stamped something else")
    return stamp


def _add(timestamp: Any, url: str, answer: bytes) -> None:
    """What a calendar answered goes below a part of a stamp."""
    from opentimestamps.core.serialize import BytesDeserializationContext
    from opentimestamps.core.timestamp import Timestamp

    try:
        context = BytesDeserializationContext(answer)
        more = _read(lambda: Timestamp.deserialize(context, timestamp.msg))
        _read(context.assert_eof)
    except ClockError as error:
        raise ClockError(f"{host_of(url)}: {error}") from error
    if not list(more.all_attestations()):
        raise ClockError(f"{host_of(url)}: nobody vouches for it")
    timestamp.merge(more)


def _pending_at(timestamp: Any, url: str) -> Iterator[Any]:
    """The parts of a stamp that a calendar has promised to complete."""
    from opentimestamps.core.notary import PendingAttestation

    for attestation in timestamp.attestations:
        if isinstance(attestation, PendingAttestation) and attestation.uri == url:
            yield timestamp
            break
    for below in timestamp.ops.values():
        yield from _pending_at(below, url)


def _written(stamp: Any) -> bytes:
    from opentimestamps.core.serialize import BytesSerializationContext

    context = BytesSerializationContext()
    stamp.serialize(context)
    return bytes(context.getbytes())


def _read(read: Callable[[], T]) -> T:
    try:
        return read()
    except Exception as error:  # of many kinds, for what is none
        raise ClockError("no stamp of OpenTimestamps is there") from error


def merged(stamps: Sequence[bytes], data: bytes) -> bytes:
    """The stamps of several calendars as one. Raises ClockError."""
    first, *others = (_parse(each, data) for each in stamps)
    for other in others:
        first.timestamp.merge(other.timestamp)
    return _written(first)
