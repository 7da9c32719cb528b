"""Articles that a source takes over from one that is no longer there: it was renamed, or its site
was followed by ``scrapy crawl feed`` before it was declared."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable, Sequence
from functools import cached_property

from scrapy.spiderloader import get_spider_loader

from newsdiff_crawler.run import Run
from newsdiff_crawler.store import Feed
from newsdiff_crawler.store.writing.ownership import Owned
from newsdiff_crawler.times import to_iso

logger = logging.getLogger(__name__)


def is_heir(source: str, owner: str, declared: Collection[str]) -> bool:
    """Whether a source takes over the articles of their owner that it lists.

    Not where that is still declared: what two sources list stays with the first. A site that is
    followed by its feed (``scrapy crawl feed``) goes by its host, is declared nowhere, and takes
    over from sources that were declared once, which have no dot in their name; never from another
    such site.

    >>> is_heir("the_paper", "paper", {"the_paper"}), is_heir("news.example", "bbc", {"bbc"})
    (True, False)
    """
    return owner not in declared and (source in declared or ("." in source and "." not in owner))


class Inheritance:
    """What the source of a run takes over."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._source = run.source

    @cached_property
    def _declared(self) -> frozenset[str]:
        """The names of all sources that Scrapy can crawl. Slow, and rarely asked for."""
        return frozenset(get_spider_loader(self._run.crawler.settings).list())

    def of_feeds(self, urls: Sequence[str]) -> None:
        """Takes over all articles of sources that read these feeds, which are this source's now;
        those too that the feeds list no longer."""
        ownership = self._run.store.ownership
        for owner in ownership.readers(urls, self._source.name):
            if self._is_heir(owner):
                ours = [a for a in ownership.all_of(owner) if self._source.is_article(a.url)]
                self._take_over(ours, [owner])

    def of_listed(self, feed: Feed) -> None:
        """Takes over the articles that a feed of this source lists."""
        listed = self._run.store.ownership.listed(feed.id, self._source.name)
        self._take_over(listed, {owned.source for owned in listed})

    def of_page(self, url: str) -> str | None:
        """Takes over the article at a URL. The source that it stays with; None: it is ours, or
        nobody's."""
        owned = self._run.store.ownership.at(url)
        if owned is None or owned.source == self._source.name:
            return None
        self._take_over([owned], [owned.source])
        owned = self._run.store.ownership.at(url)
        return owned.source if owned and owned.source != self._source.name else None

    def _is_heir(self, owner: str) -> bool:
        return is_heir(self._source.name, owner, self._declared)

    def _take_over(self, articles: Iterable[Owned], owners: Collection[str]) -> None:
        ownership, now = self._run.store.ownership, to_iso(self._run.now())
        left = {owner for owner in owners if self._is_heir(owner)}
        left = {owner for owner in left if not ownership.is_at_work(owner)}
        taken = [
            owned.source
            for owned in articles
            if owned.source in left and ownership.hand_over(owned, self._source.name, now)
        ]
        for owner in sorted(left):
            ownership.close(owner, self._source.name, now)
            if number := taken.count(owner):
                what = "article" if number == 1 else "articles"
                logger.info("%s: took over %d %s of %s", self._source.name, number, what, owner)
