"""Scrapy imports all commands before it runs one."""

from __future__ import annotations

import signal
import threading
from types import FrameType

from newsdiff_crawler.exit_status import interrupted

IMPORTING = "<frozen importlib."


def _interrupt(number: int, frame: FrameType | None) -> None:
    """As Python does, but on the spot where a module is being imported, which takes seconds."""
    calling = frame
    while calling:
        if calling.f_code.co_filename.startswith(IMPORTING):
            interrupted()
        calling = calling.f_back
    signal.default_int_handler(number, frame)


if (
    threading.current_thread() is threading.main_thread()
    and signal.getsignal(signal.SIGINT) is signal.default_int_handler
):
    signal.signal(signal.SIGINT, _interrupt)
