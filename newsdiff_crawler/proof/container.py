"""The bytes of a bundle: a ZIP file without compression, written in one way only, so that any
altered byte of it shows, and nothing in it can be larger than it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from struct import Struct
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from newsdiff_crawler.regular_files import read_file

LARGEST = 200_000_000  # bytes of a bundle
_MOST = 5_000  # files in it
_NAME = re.compile(r"[a-z0-9-]+(?:[./][a-z0-9-]+)*")
_LONGEST_LIST = 1_000_000  # bytes of the list of files at its end
_END = Struct("<4s4H2IH")
_LOCATOR, _LOCATOR_SIZE = b"PK\6\7", 20  # of ZIP64
_WHEN = (1980, 1, 1, 0, 0, 0)  # the first day that ZIP knows


class BundleError(Exception):
    """It is no sound bundle; the message says what is wrong."""


def pack(files: Mapping[str, bytes]) -> bytes:
    """A bundle of these files."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_STORED) as bundle:
        for name in sorted(files):
            entry = ZipInfo(name, _WHEN)
            entry.external_attr = 0o644 << 16
            entry.create_system = 3
            bundle.writestr(entry, files[name])
    return out.getvalue()


def read(path: Path) -> bytes:
    """A bundle's bytes. Raises BundleError."""
    try:
        data = read_file(path, LARGEST + 1)
    except OSError as error:
        raise BundleError(f"it cannot be read: {error.strerror}") from error
    if len(data) > LARGEST:
        raise BundleError("it is too large to be a proof")
    return data


def unpack(data: bytes) -> dict[str, bytes]:
    """The files in it, by their names. Raises BundleError for any that `pack` would not write."""
    try:
        files = _unpack(data)
    except BundleError:
        raise
    except Exception as error:  # of many kinds: zipfile is not made for what is broken on purpose
        raise BundleError("it is no proof, or is cut off") from error
    if pack(files) != data:
        raise BundleError("it is not as it was written")
    return files


def _check_end(data: bytes) -> None:
    """That it ends as `pack` ends it, and lists few files: others may list millions."""
    signature, _, _, _, count, size, offset, comment = _END.unpack(data[-_END.size :])
    is_ours = signature == b"PK\5\6" and not comment and offset + size + _END.size == len(data)
    if not is_ours or _LOCATOR in data[-_END.size - _LOCATOR_SIZE : -_END.size]:
        raise BundleError("it does not end as a proof does: it is none, or cut off")
    if count > _MOST or size > _LONGEST_LIST:
        raise BundleError("it has too many files")


def _unpack(data: bytes) -> dict[str, bytes]:
    _check_end(data)
    with ZipFile(BytesIO(data)) as bundle:
        entries = bundle.infolist()
        names = [entry.filename for entry in entries]
        if len(set(names)) < len(names):
            raise BundleError("it has a file twice")
        for entry in entries:
            if not _NAME.fullmatch(entry.filename):
                raise BundleError(f"it has a file with a name that none has: {entry.filename!r}")
            if entry.compress_type != ZIP_STORED or entry.file_size != entry.compress_size:
                raise BundleError(f"{entry.filename} is compressed, which nothing in a proof is")
        if sum(entry.file_size for entry in entries) > len(data):
            raise BundleError("its files are larger than itself")
        return {entry.filename: bundle.read(entry) for entry in entries}
