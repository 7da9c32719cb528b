"""What can go wrong with the record."""

from __future__ import annotations


class StoreError(Exception):
    """The record cannot be opened; the message is one line for people."""


class DatabaseError(Exception):
    """The database failed at a statement, in its own words: locked, full, damaged, readonly."""
