"""Files and folders of the record are its user's alone. A data folder that is closed to others and
open to a group, which the operator made so, shares its files with that group: with the site's user.
"""

from __future__ import annotations

import os
from pathlib import Path
from stat import S_IRWXG, S_IRWXO

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


def _group(folder: Path) -> int:
    mode = folder.stat().st_mode
    return 0 if mode & S_IRWXO else mode & S_IRWXG
