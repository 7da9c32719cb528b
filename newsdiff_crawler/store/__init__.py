"""The record: an SQLite file, or a database on a server. All SQL of the project is in here."""

from newsdiff_crawler.store.engine.errors import (
    DatabaseError,
    RecordFailedError,
    StoreError,
    TooLongError,
)
from newsdiff_crawler.store.merging.identity import NoSuchArticleError
from newsdiff_crawler.store.writing.feeds import Feed
from newsdiff_crawler.store.writing.queue import Claim
from newsdiff_crawler.store.writing.store import StaleVersionError, Store

__all__ = [
    "Claim",
    "DatabaseError",
    "Feed",
    "NoSuchArticleError",
    "RecordFailedError",
    "StaleVersionError",
    "Store",
    "StoreError",
    "TooLongError",
]
