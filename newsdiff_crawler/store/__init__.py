"""The record: an SQLite file. All SQL of the project is in this package."""

from newsdiff_crawler.store.agenda import Claim
from newsdiff_crawler.store.connection import StoreError
from newsdiff_crawler.store.feeds import Feed
from newsdiff_crawler.store.moves import ArticleGoneError
from newsdiff_crawler.store.store import Latest, StaleVersionError, Store

__all__ = [
    "ArticleGoneError",
    "Claim",
    "Feed",
    "Latest",
    "StaleVersionError",
    "Store",
    "StoreError",
]
