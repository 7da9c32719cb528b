"""Files and folders of the record are its user's alone. A data folder that is closed to others and
open to a group, which the operator made so, shares its files with that group: with the site's user.
"""

from __future__ import annotations

import errno
import os
from pathlib import Path
from stat import S_IRWXG, S_IRWXO, S_ISREG
from typing import BinaryIO, Literal

_USER_FILE, _USER_FOLDER = 0o600, 0o700


def make_data_folder(folder: Path) -> None:
    """Makes the data folder where there is none. Raises OSError."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.mkdir(_USER_FOLDER, exist_ok=True)


def make_folder(folder: Path) -> None:
    """Makes a folder in the data folder where there is none. Raises OSError."""
    make_data_folder(folder.parent)
    folder.mkdir(_USER_FOLDER | _group(folder.parent), exist_ok=True)


def mode_in(folder: Path) -> int:
    """Of a new file in a folder; the umask may take from it. Raises OSError."""
    return _USER_FILE | (_group(folder) & 0o060)


def make_file(path: Path) -> None:
    """Makes an empty file where there is none. Raises OSError."""
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, mode_in(path.parent)))


def open_file(path: Path, mode: Literal["rb", "r+b"] = "rb", buffering: int = -1) -> BinaryIO:
    """Opens a file that is there. Raises OSError, also for a pipe, a device and the like, which
    would be waited for, or never end."""
    file: BinaryIO = open(path, mode, buffering, opener=_without_waiting)  # noqa: SIM115
    if not S_ISREG(os.fstat(file.fileno()).st_mode):
        file.close()
        raise OSError(errno.EINVAL, "it is no regular file")
    return file


def _without_waiting(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_NONBLOCK)


def _group(folder: Path) -> int:
    mode = folder.stat().st_mode
    return 0 if mode & S_IRWXO else mode & S_IRWXG
