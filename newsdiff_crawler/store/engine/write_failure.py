"""That crawls cannot write the record, said to those who only read it: the last crawl that failed
left a note beside the record, the next one that can write takes it away."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

NOTE = "not-written"
LEAST_FREE = 1_000_000  # bytes; with fewer, no crawl gets far


def note(folder: Path, reason: str) -> None:
    """Leaves a note, as far as that can be written: on a full disk it may be empty."""
    with suppress(OSError):
        (folder / NOTE).write_text(f"{reason}\n", "utf-8")


def forget(folder: Path) -> None:
    """Takes the note away."""
    with suppress(OSError):
        (folder / NOTE).unlink(missing_ok=True)


def why_not_written(folder: Path) -> str | None:
    """Why crawls cannot write to the record of a folder; None: nothing is known against it."""
    trouble = trouble_of_disk(folder)
    if trouble:
        return trouble
    try:
        return (folder / NOTE).read_text("utf-8").strip() or "the last crawl could not"
    except (OSError, UnicodeError):
        return None


def trouble_of_disk(folder: Path) -> str | None:
    """Why nobody can write to a folder just now; None: its disk has room."""
    try:
        disk = os.statvfs(folder)
    except OSError:
        return None  # who cannot look at the folder finds out soon enough
    if disk.f_flag & os.ST_RDONLY:
        return "its file system is read-only"
    return "the disk is full" if disk.f_bavail * disk.f_frsize < LEAST_FREE else None
