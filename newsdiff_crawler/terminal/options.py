"""What the options of several commands say: each as `argparse` wants it."""

from __future__ import annotations

import argparse
from datetime import date
from urllib.parse import urlsplit

from newsdiff_crawler.times import period


def at_least_one(text: str) -> int:
    """A number from 1 on."""
    if not text.isdecimal() or not int(text):
        raise argparse.ArgumentTypeError(f"expected a number from 1 on, not {text!r}")
    return int(text)


def seconds(text: str) -> float:
    """A period of time in seconds, for an option."""
    try:
        return period(text).total_seconds()
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def day(text: str) -> date:
    """A day of the calendar."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"expected a day as 2026-11-22, not {text!r}") from None


def web_address(text: str) -> str:
    """The address of a server, without user name or password in it."""
    try:
        parts = urlsplit(text)
        known = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        known = False
    if "@" in text:  # not quoted: a password may be before it
        raise argparse.ArgumentTypeError("expected one without a user or a password in it")
    if not known:
        raise argparse.ArgumentTypeError(f"expected one like http://localhost:6800, not {text!r}")
    return text
