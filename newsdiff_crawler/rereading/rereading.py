"""The record, read anew article by article."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from newsdiff_crawler.crawling.placeholders import is_not_as_listed, is_placeholder
from newsdiff_crawler.items import Block, FetchedPage
from newsdiff_crawler.rereading.reading import ReadPage
from newsdiff_crawler.rereading.replay import Replay, Replayed, as_it_was
from newsdiff_crawler.store import Store
from newsdiff_crawler.store.engine.scratch import NewScratch
from newsdiff_crawler.store.reading.kept_pages import history
from newsdiff_crawler.times import from_iso


class Rereading:
    """Of a record. ``reader_of``: reads pages of a source, by its name."""

    def __init__(
        self, store: Store, scratch: NewScratch, reader_of: Callable[[str], ReadPage]
    ) -> None:
        self._store = store
        self._scratch = scratch
        self._reader_of = reader_of

    def replay(self, article_id: int, since: str = "") -> Replayed | None:
        """What an article comes to; None where it is no more. Nothing is written."""
        kept = history(self._store.db, article_id)
        if kept is None:
            return None
        read_page = self._reader_of(kept.source)
        same = as_it_was(kept, read_page, since)
        if same:
            return same
        with self._scratch() as db:
            scratch = Store(db, Path())
            known, may_be_found = self._boilerplate, self._may_be_found
            return Replay(kept, read_page, since, scratch, known, may_be_found).run()

    def apply(self, again: Replayed, at: str) -> None:
        """Makes the record say it. Raises OvertakenError."""
        kept = again.history
        self._store.rewriting.exchange(
            kept.article_id, kept.version_count, kept.newest_hash, again.versions, at
        )

    def _boilerplate(self, fetched: FetchedPage, blocks: list[Block]) -> frozenset[str]:
        at = from_iso(fetched.fetched_at)
        known = self._store.boilerplate
        return known.among(fetched.source, fetched.article_id, blocks, at)

    def _may_be_found(self, fetched: FetchedPage, has_text: bool) -> bool:
        """Not what was read then, and found to be no story, nor what was erased."""
        texts = self._store.other_texts
        if texts.sighting(fetched).looks or self._store.erasures.has_text(fetched):
            return False
        if has_text:
            return True
        listed_as = texts.listed_as(fetched.url)
        if is_not_as_listed(fetched, listed_as):
            return False
        return not is_placeholder(fetched, listed_as, texts.twins(fetched), is_first=True)
