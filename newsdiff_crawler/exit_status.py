"""How a command of ours ends, for scripts. docs/commands.md has the same table, and a test compares
them."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from enum import IntEnum
from types import FrameType
from typing import NoReturn


class ExitStatus(IntEnum):
    """What a program that started the command is told."""

    DONE = 0
    NOT_DONE = 1
    NO_SENSE = 2
    NO_RECORD = 3
    NOTHING_READ = 4
    UNWELL = 5
    INTERRUPTED = 130


MEANINGS = {
    ExitStatus.DONE: "it did its work",
    ExitStatus.NOT_DONE: "what was asked for is not there, or could not be done",
    ExitStatus.NO_SENSE: "an argument, an option or a setting makes no sense; nothing was begun",
    ExitStatus.NO_RECORD: "the record is not there, or cannot be read or written; a crawl ends at "
    "the first write that fails, and what it had claimed is due again",
    ExitStatus.NOTHING_READ: "a crawl asked, and could read nothing: no feed and no page",
    ExitStatus.UNWELL: "a crawl did its work, and its source, or one of all, is unwell: "
    "`scrapy sources` says why",
    ExitStatus.INTERRUPTED: "interrupted, by Ctrl-C or SIGTERM; not of `crawl all --every` and "
    "`serve`, which end so: 0",
}


class GivingUp(SystemExit):
    """The end of the program. As text it is the line that was printed."""

    def __init__(self, line: str, status: ExitStatus) -> None:
        super().__init__(line)
        self.code = int(status)


def give_up(problem: object, status: ExitStatus = ExitStatus.NOT_DONE) -> NoReturn:
    """Ends the program with one line on stderr that says why."""
    raise GivingUp(complain(problem), status)


def complain(problem: object) -> str:
    """One line on stderr, which is returned; the program goes on. A server may have written a part
    of it: it does nothing to a terminal."""
    line = f"newsdiff_crawler: {problem}".replace("\n", " ")
    line = "".join(sign if sign.isprintable() else "\ufffd" for sign in line)
    print(line, file=sys.stderr, flush=True)
    return line


def interrupted(*_: object) -> NoReturn:
    """Ends the program on the spot, with one line: from the handler of a signal, or a thread. To be
    killed is safe at any moment; Python's own KeyboardInterrupt is lost where it is raised in what
    nobody waits for (a weak reference's end, a library that tries something)."""
    with suppress(OSError):
        os.write(2, b"newsdiff_crawler: interrupted\n")
    os._exit(ExitStatus.INTERRUPTED)


def at_signals(handler: Callable[[int, FrameType | None], object]) -> None:
    """What Ctrl-C and SIGTERM do from now on."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, handler)
