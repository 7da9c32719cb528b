"""Standard output that is full or that nobody reads any more: one line at most, and a status."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from functools import cached_property
from pathlib import Path
from typing import Any

from newsdiff_crawler.exit_status import ExitStatus, give_up


class Printing:
    """A command whose output may go anywhere. To stand before Scrapy's class among the bases."""

    def __init_subclass__(cls, **given: Any) -> None:
        super().__init_subclass__(**given)
        if "run" in vars(cls) or Printing in cls.__bases__:
            cls.run = printing()(cls.run)  # type: ignore[attr-defined]


@contextmanager
def printing() -> Iterator[None]:
    """What is printed is written when the block ends. Where it cannot be, the program ends with
    status 1 and one line, or without a word once who reads it had enough, as `head` has. Where it
    is closed from the beginning (`>&-`) nobody wants it, and nothing is said."""
    if sys.stdout is None:
        with Path(os.devnull).open("w", encoding="utf-8") as nowhere, redirect_stdout(nowhere):
            yield
        return
    output = _Output(sys.stdout)
    try:
        with redirect_stdout(output):
            try:
                yield
            finally:
                output.flush()
    except _OutputError as failed:
        # Python would try once more to write what is left.
        os.dup2(os.open(os.devnull, os.O_WRONLY), output.fileno())
        if isinstance(failed.error, BrokenPipeError):
            raise SystemExit(int(ExitStatus.NOT_DONE)) from None
        give_up(f"standard output: {failed.error.strerror or failed.error}")


class _OutputError(Exception):
    """Of the output, and not of a file that a command writes. It is no OSError, for commands to
    take it for one of their own."""

    def __init__(self, error: OSError) -> None:
        super().__init__(error)
        self.error = error


class _Output:
    """A stream with errors of its own; everything else is the stream's."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    @cached_property
    def buffer(self) -> _Output:
        """For bytes."""
        return _Output(self._stream.buffer)

    def write(self, written: Any) -> int:
        try:
            return int(self._stream.write(written))
        except OSError as error:
            raise _OutputError(error) from None

    def flush(self) -> None:
        try:
            self._stream.flush()
        except OSError as error:
            raise _OutputError(error) from None
