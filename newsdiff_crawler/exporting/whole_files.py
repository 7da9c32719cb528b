"""Files that are there whole or not at all, with what a manifest says of them."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO


class Sink:
    """What bytes are written into, counted and hashed. For pyarrow it is a file."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._sha256 = hashlib.sha256()
        self.size = 0
        self.closed = False

    def write(self, data: bytes) -> int:
        """Raises OSError."""
        self._file.write(data)
        self._sha256.update(data)
        self.size += len(data)
        return len(data)

    def tell(self) -> int:
        """How many bytes there are so far."""
        return self.size

    def flush(self) -> None:
        """Raises OSError."""
        self._file.flush()

    def close(self) -> None:
        """Nothing more comes. The file is its owner's to close."""
        self.closed = True

    @property
    def sha256(self) -> str:
        """Of all bytes so far, in hexadecimal digits."""
        return self._sha256.hexdigest()


def is_stream(path: Path) -> bool:
    """Whether a device or a pipe is there, which nothing may take the place of."""
    return path.exists() and not (path.is_file() or path.is_dir())


@contextmanager
def whole_file(path: Path) -> Iterator[Sink]:
    """A file that takes its name when the block has ended well, in place of one that has it. Raises
    OSError; nothing is left then, or after any other end. Into a device or a pipe all is written
    at once."""
    if is_stream(path):
        with path.open("wb") as stream:
            yield Sink(stream)
        return
    path = path.resolve()  # a link goes on leading to the file
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with part.open("wb", buffering=1 << 20) as file:
            sink = Sink(file)
            yield sink
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except BaseException:
        with suppress(OSError):
            part.unlink()
        raise
