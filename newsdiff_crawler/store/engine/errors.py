"""What can go wrong with the record."""

from __future__ import annotations


class StoreError(Exception):
    """The record cannot be opened; the message is one line for people."""


class DatabaseError(Exception):
    """The database failed at a statement, in its own words: locked, full, damaged, readonly."""


class RecordFailedError(DatabaseError):
    """It is the record itself that can no longer be used, and not one statement: its disk is full,
    it is read-only, damaged, or no longer where it was opened. The message says which."""
