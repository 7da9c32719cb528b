"""A file beside the record, an export or a log, whose disk may be full: that is told, and whoever
writes to it goes on."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from typing import Any


def open_lossy(path: str, mode: str, failed: Callable[[OSError], None]) -> io.BufferedWriter:
    """A file to write to; one that goes nowhere where it cannot be made. ``failed`` is told of each
    thing that could not be written."""
    try:
        return io.BufferedWriter(_Raw(path, mode, failed))
    except OSError as error:
        failed(error)
        return io.BufferedWriter(io.FileIO(os.devnull, "wb"))


class _Raw(io.FileIO):
    def __init__(self, path: str, mode: str, failed: Callable[[OSError], None]) -> None:
        super().__init__(path, mode)
        self._failed = failed

    def write(self, data: Any, /) -> int:
        try:
            return super().write(data)
        except OSError as error:
            self._failed(error)
            return memoryview(data).nbytes
