"""The record: an SQLite file. All SQL of the project is in this package."""

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
