"""A page that changed everywhere is not sixty stories that changed.

When far more checks of a source end in a change than is usual for it, that is a redesign until
shown otherwise: its changes are held back from lists and notices. At the end of the crawl it is
seen what most of the changes have in common. What is left of each is the newsroom's, and nothing
left: the page's doing. Where that is not clear, they stay held.
"""

from __future__ import annotations

import logging
from functools import cached_property

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from newsdiff_crawler.diff import compare, sort_out
from newsdiff_crawler.run import Run
from newsdiff_crawler.source import Source
from newsdiff_crawler.store.writing.redesigns import Checked, Held

logger = logging.getLogger(__name__)

FEWEST_CHECKS = 20
TIMES_THE_USUAL = 5
LEAST_USUAL = 0.05  # of the checks of an article end in a change, where that is not known better


class RedesignWatch:
    """An extension of a source's crawl."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self.said: str | None = None  # what was noticed, for people

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RedesignWatch:
        """Scrapy's way to make an extension; none for a spider that is no source."""
        if not isinstance(crawler.spider, Source):
            raise NotConfigured
        watch = cls(crawler)
        crawler.signals.connect(watch.settle, signals.spider_closed)
        return watch

    @classmethod
    def of(cls, crawler: Crawler) -> RedesignWatch | None:
        """The watch of a crawl."""
        return crawler.get_extension(cls)

    def hold(self, article_id: int, number: int) -> None:
        """After a change that counts: holds it and those before it back, if there are too many."""
        if self.said:
            self._run.store.redesigns.hold_one(Held(article_id, number))
            return
        run, checked = self._run, self._checked()
        far_more = checked.checks * min(1.0, self._usual * TIMES_THE_USUAL)
        if checked.checks < FEWEST_CHECKS or checked.changes < far_more:
            return
        self.said = (
            f"{checked.changes} of {checked.checks} pages changed, which is far more than usual: "
            "held back until it is clear whether the site or its stories changed"
        )
        run.store.redesigns.hold(run.source.name, checked.since)

    def settle(self) -> None:
        """Tells what the newsroom changed from what the page did, where that is clear."""
        run = self._run
        if run.id is None:
            return
        held = run.store.redesigns.held(run.source.name)
        if not held:
            return
        texts = {each: run.store.reassessing.texts(each.article_id, each.number) for each in held}
        sorted_out = sort_out({each: compare(*both) for each, both in texts.items()})
        if sorted_out is None:
            self._settle_unclear(held)
            return
        for each, what in sorted_out.items():
            run.store.reassessing.recount(each.article_id, each.number, what.before, what.after)
        own = sum(what.is_own for what in sorted_out.values())
        told = (
            f"{len(held)} pages changed at once: a redesign or a new box; {own} of the stories "
            "changed too, all else is marked as the page's doing"
        )
        self.said = told if own < len(held) else None
        logger.info("%s: of %d changes held back, %d released", run.source.name, len(held), own)

    def _settle_unclear(self, held: list[Held]) -> None:
        """Once the checks are as usual again, changes that were not everywhere are released."""
        run, checked = self._run, self._checked()
        if self.said is None and checked.checks >= FEWEST_CHECKS:
            for each in held:
                run.store.redesigns.release(each)
            logger.info("%s: %d changes held back were released", run.source.name, len(held))
            return
        self.said = self.said or f"{len(held)} changes are held back: a redesign, or news?"

    @property
    def _run(self) -> Run:
        run = Run.of(self._crawler)
        assert run
        return run

    @cached_property
    def _usual(self) -> float:
        """The share of checks that end in a change."""
        usual = self._run.store.redesigns.usual(self._run.source.name, self._run.now())
        known = usual.changes / usual.checks if usual.checks >= FEWEST_CHECKS else 0.0
        return max(known, LEAST_USUAL)

    @cached_property
    def _recent(self) -> Checked:
        """What the crawls of the last hours before this one came to."""
        return self._run.store.redesigns.recent(self._run.source.name, self._run.now())

    def _checked(self) -> Checked:
        """Of this crawl, and of those of the last hours."""
        run = self._run
        counts = run.counts(("changed", "unchanged", "changes"))
        recent = self._recent
        return Checked(
            recent.checks + counts["changed"] + counts["unchanged"],
            recent.changes + counts["changes"],
            recent.since,
        )
