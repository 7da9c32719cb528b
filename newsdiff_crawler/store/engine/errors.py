"""What can go wrong with the record."""

from __future__ import annotations

from pathlib import Path


class StoreError(Exception):
    """The record cannot be opened; the message is one line for people. ``public``: the same for
    readers of the site, who are not told where it is."""

    def __init__(self, message: str, public: str = "") -> None:
        super().__init__(message)
        self.public = public or message


def no_record(folder: Path) -> StoreError:
    """Nobody has made it yet, or the folder is another one than was meant."""
    public = "There is no record yet: the first crawl makes it."
    return StoreError(f"no record in {folder}, made by the first crawl", public)


class DatabaseError(Exception):
    """The database failed at a statement, in its own words: a constraint, say."""


class TooLongError(Exception):
    """What was asked for takes longer than it may. Nothing is wrong with the record."""


class RecordFailedError(DatabaseError):
    """It is the record itself that can no longer be used, and not one statement: its disk is full,
    it is read-only, damaged, or no longer where it was opened. The message says which."""
