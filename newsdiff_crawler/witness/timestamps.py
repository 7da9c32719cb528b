"""Time stamps of RFC 3161: what an authority signs, and whether it did."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta, timezone
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from rfc3161_client import (
    HashAlgorithm,
    TimestampRequestBuilder,
    VerifierBuilder,
    decode_timestamp_response,
)

from newsdiff_crawler.regular_files import read_file
from newsdiff_crawler.witness.asking import ClockError, ask, host_of

KIND = "rfc3161"
QUERY, REPLY = "application/timestamp-query", "application/timestamp-reply"
_BEFORE = timedelta(minutes=5)  # by which our clock may be ahead of the authority's
_LARGEST = 1_000_000  # bytes of certificates
T = TypeVar("T")

Certificates = Sequence[x509.Certificate]


def read_certificates(path: Path) -> list[x509.Certificate]:
    """Those whom an authority's own is to be signed by, in PEM. Raises ClockError."""
    try:
        return parse_certificates(read_file(path, _LARGEST))
    except OSError as error:
        raise ClockError(f"{path}: {error.strerror}") from error
    except ClockError as error:
        raise ClockError(f"{path}: {error}") from error


def parse_certificates(data: bytes) -> list[x509.Certificate]:
    """Raises ClockError for what holds none in PEM."""
    try:
        return x509.load_pem_x509_certificates(data)
    except ValueError as error:
        raise ClockError("no certificates in PEM are there") from error


def as_pem(certificates: Certificates) -> bytes:
    """As a file."""
    return b"".join(each.public_bytes(Encoding.PEM) for each in certificates)


def fingerprint(certificate: x509.Certificate) -> str:
    """SHA-256, as authorities publish it."""
    return certificate.fingerprint(SHA256()).hex()


def stamp(url: str, data: bytes, made_at: datetime, roots: Certificates) -> tuple[bytes, datetime]:
    """An authority's stamp on data of a time, and when it says it was. Raises ClockError where
    there is none, or one that is not good."""
    request = (
        TimestampRequestBuilder().data(data).hash_algorithm(HashAlgorithm.SHA256).nonce().build()
    )
    answer = ask(url, REPLY, request.as_bytes(), QUERY)
    return answer, _said_by(url, lambda: check(answer, data, made_at, roots, request.nonce))


def check(
    answer: bytes,
    data: bytes,
    made_at: datetime,
    roots: Certificates,
    nonce: int | None = None,
) -> datetime:
    """When an authority under one of these certificates saw the data, by its answer. Raises
    ClockError."""
    return _without_panic(lambda: _check(answer, data, made_at, roots, nonce))


def _check(
    answer: bytes, data: bytes, made_at: datetime, roots: Certificates, nonce: int | None
) -> datetime:
    response = decode_timestamp_response(answer)
    if response.as_bytes() != answer:
        raise ClockError("there is more than a stamp")
    builder = VerifierBuilder(roots=list(roots), nonce=nonce)
    if response.tst_info.message_imprint.message != sha256(data).digest():
        raise ClockError("it stamped something else")
    builder.build().verify(response, sha256(data).digest())
    at = response.tst_info.gen_time
    at = at if at.tzinfo else at.replace(tzinfo=timezone.utc)
    if at < made_at - _BEFORE:
        raise ClockError(f"its time, {at.isoformat()}, is before what it stamped was made")
    return at


def _without_panic(check: Callable[[], T]) -> T:
    """The library raises errors of many kinds for what is no answer, and a panic of Rust's, which
    is no Exception, for some."""
    try:
        return check()
    except ClockError:
        raise
    except Exception as error:
        raise ClockError(f"no stamp that is good: {' '.join(str(error).split())}") from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise ClockError("no stamp that is good") from error


def _said_by(url: str, check: Callable[[], datetime]) -> datetime:
    try:
        return check()
    except ClockError as error:
        raise ClockError(f"{host_of(url)}: {error}") from error
