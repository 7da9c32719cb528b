"""Captures of a time between two versions of our own, in which we did not look."""

from __future__ import annotations

from collections.abc import Sequence

from newsdiff_crawler.diff import (
    ChangeSummary,
    changed_blocks,
    compare,
    is_one_story,
    summarise,
    without,
)
from newsdiff_crawler.internet_archive.captures import Span
from newsdiff_crawler.items import Block, ChangeCounts, FetchedPage
from newsdiff_crawler.store import Store
from newsdiff_crawler.store.reading.gaps import Gap, gaps
from newsdiff_crawler.store.reading.records import ArticleFacts
from newsdiff_crawler.store.writing.events import add_event_once
from newsdiff_crawler.times import from_iso


class Between:
    """Of one article."""

    def __init__(self, store: Store, article: ArticleFacts) -> None:
        self._store, self._article = store, article
        self._gaps = gaps(store.db, article.id)
        self._seen: set[tuple[Gap, str]] = set()

    def spans(self) -> list[Span]:
        """When captures may show what we missed."""
        return [(gap.after, gap.before) for gap in self._gaps]

    def gap(self, at: str) -> Gap | None:
        """The one that a time lies in; None: we looked, or did not know the article."""
        return next((each for each in self._gaps if each.after < at < each.before), None)

    def note(self, page: FetchedPage, gap: Gap) -> str:
        """Notes an edit that we missed; or why a text shows none."""
        reason = self._why_not(page, gap)
        if reason:
            return reason
        said = self._changed(gap.older, page).sentence
        is_new = add_event_once(
            self._store.db, self._article.id, page.fetched_at, "captured", f"{page.url} {said}"
        )
        return "" if is_new else "known already"

    def _why_not(self, page: FetchedPage, gap: Gap) -> str:
        known = self._store.latest(self._article.id, page.content_hash)
        if known.same_text_in or page.content_hash == known.seen_hash:
            return "the text of a version of our own"
        if page.page.parser != gap.parser:
            return "read by another parser than the versions beside it"
        for number in (gap.older, gap.newer):
            if not _is_the_story(self._store.blocks(self._article.id, number), page):
                return "another text than the story"
            if self._changed(number, page).counts == ChangeCounts():
                return "no other words than a version beside it"
        if (gap, page.content_hash) in self._seen:
            return "captured once more"
        self._seen.add((gap, page.content_hash))
        return ""

    def _changed(self, number: int, page: FetchedPage) -> ChangeSummary:
        """What is other than in a version, but for what is the source's."""
        ours, theirs = self._store.blocks(self._article.id, number), page.page.blocks()
        known, at = self._store.boilerplate, from_iso(page.fetched_at)
        differing = changed_blocks(ours, theirs)
        of_page = known.among(self._article.source, self._article.id, differing, at)
        return summarise(compare(without(ours, of_page), without(theirs, of_page)))


def _is_the_story(ours: Sequence[Block], page: FetchedPage) -> bool:
    """Not of a page that was cut off, and so has less than half of it."""
    theirs = page.page.blocks()
    sizes = [sum(len(block.text) for block in blocks) for blocks in (ours, theirs)]
    return 2 * sizes[1] >= sizes[0] and is_one_story(compare(ours, theirs))
