"""Files that were put where we look for them, by whomever: only regular ones are opened."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from stat import S_ISREG
from typing import BinaryIO, Literal


def open_file(path: Path, mode: Literal["rb", "r+b"] = "rb", buffering: int = -1) -> BinaryIO:
    """Opens a file that is there. Raises OSError, also for a pipe, a device and the like, which
    would be waited for, or never end."""
    file: BinaryIO = open(path, mode, buffering, opener=_without_waiting)  # noqa: SIM115
    if not S_ISREG(os.fstat(file.fileno()).st_mode):
        file.close()
        raise OSError(errno.EINVAL, "it is no regular file", str(path))
    return file


def read_file(path: Path, most: int = -1) -> bytes:
    """The bytes of one, or so many of them. Raises OSError, as `open_file`."""
    with open_file(path) as file:
        return file.read(most)


def _without_waiting(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_NONBLOCK)
