"""A page that changed everywhere is not sixty stories that changed.

When far more checks of a source end in a change than is usual for it, that is a redesign until
shown otherwise: its changes are held back from lists and notices. At the end of the crawl it is
seen what most of the changes have in common. What is left of each is the newsroom's, and nothing
left: the page's doing. Where that is not clear, they stay held, and after two days it is the page's
doing. What a redesign set on the pages is remembered, for it goes again.
"""

from __future__ import annotations

import logging
from contextlib import suppress
from datetime import timedelta
from functools import cached_property

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from newsdiff_crawler.budget import CutShort
from newsdiff_crawler.diff import compare, sort_out
from newsdiff_crawler.items import Block
from newsdiff_crawler.run import Run
from newsdiff_crawler.source import Source
from newsdiff_crawler.store.writing.redesigns import RECENT, Checked, Held
from newsdiff_crawler.times import to_iso

logger = logging.getLogger(__name__)

FEWEST_CHECKS = 20
TIMES_THE_USUAL = 5
LEAST_USUAL = 0.05  # of the checks of an article end in a change, where that is not known better

LONGEST_HELD = timedelta(days=2)
MOST_PAGES = 1 / 2  # of the checks of a crawl that end as the page's doing, without a word
# Pages that two parsers read word for word alike: so many, and so many for each that differs.
FEWEST_READ_ALIKE, TIMES_READ_ALIKE = 5, 4


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
        """Tells what the newsroom changed from what the page did, where that is clear. What a
        signal cuts short is the next crawl's: it may be hundreds of versions."""
        with suppress(CutShort):
            self._settle()

    def _settle(self) -> None:
        run = self._run
        if run.id is None or run.is_over:
            return
        name, began = run.source.name, run.store.redesigns.began(run.id)
        self._believe_edits(began)
        told = self._sort_out(began)
        self._give_up()
        held = len(run.store.redesigns.held(name))
        if held:
            self.said = self.said or f"{held} changes are held back: a redesign, or news?"
            return
        self.said = told or self._said_of_boxes(began)

    def _believe_edits(self, began: str) -> None:
        """Where another parser reads most pages word for word as the one before did, it is not to
        blame for the few that differ."""
        run = self._run
        differ = run.store.reassessing.read_otherwise(run.source.name, began)
        alike = run.counts(("read_alike",))["read_alike"]
        if alike < max(FEWEST_READ_ALIKE, len(differ) * TIMES_READ_ALIKE):
            return
        for article_id, number in run.budget.until_over(differ):
            run.store.reassessing.believe(article_id, number)

    def _sort_out(self, began: str) -> str | None:
        """Of what was held back in the last hours: later, other pages are checked, and nothing new
        is known of these. What to say, where it was the page's doing."""
        run, soonest = self._run, to_iso(self._run.now() - RECENT)
        held = [each for each in run.store.redesigns.held(run.source.name) if each.at >= soonest]
        if not held:
            return None
        pages = run.store.redesigns.pages(run.source.name, min(began, *(each.at for each in held)))
        until_over = run.budget.until_over
        texts = {each: self._texts(each) for each in until_over(held)}
        clear = sort_out({each: compare(*texts[each]) for each in until_over(texts)}, pages)
        for each, what in until_over(clear.items()):
            run.store.reassessing.recount(each.article_id, each.number, what.before, what.after)
        self._learn(frozenset[str]().union(*(what.boxes for what in clear.values())))
        own = sum(what.is_own for what in clear.values())
        logger.info("%s: of %d changes held back, %d released", run.source.name, len(held), own)
        return _told(len(clear), own) if own < len(clear) else None

    def _texts(self, held: Held) -> tuple[list[Block], list[Block]]:
        """Without boxes that are known by now, of which each may be on a few of the pages."""
        reassessing = self._run.store.reassessing
        texts = reassessing.texts(held.article_id, held.number)
        return reassessing.without_boxes(self._run.source.name, texts)

    def _learn(self, boxes: frozenset[str]) -> None:
        """What came on many pages goes from them some day."""
        run = self._run
        name, now = run.source.name, run.now()
        for seen in run.store.boilerplate.learn(name, sorted(boxes), now):
            run.store.reassessing.for_boilerplate(name, seen.article_id, seen.number, now)

    def _give_up(self) -> None:
        """That later checks are as usual proves nothing of what was held back. In the end it is the
        page's doing, like far most of what changes everywhere."""
        run, latest = self._run, to_iso(self._run.now() - LONGEST_HELD)
        old = [each for each in run.store.redesigns.held(run.source.name) if each.at <= latest]
        for each in run.budget.until_over(old):
            run.store.reassessing.recount(each.article_id, each.number, [], [])
        if old:
            logger.warning(
                "%s: %d changes that were held back for two days are marked as the page's doing",
                run.source.name,
                len(old),
            )

    def _said_of_boxes(self, began: str) -> str | None:
        """Of pages that were found to be at work one by one, by what is known of the source."""
        run = self._run
        checks = sum(run.counts(("changed", "unchanged")).values())
        marked = run.store.redesigns.marked(run.source.name, began)
        if checks < FEWEST_CHECKS or marked.pages < checks * MOST_PAGES:
            return None
        return _told(marked.pages + marked.stories, marked.stories)

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


def _told(changes: int, own: int) -> str:
    return (
        f"{changes} pages changed at once: a redesign or a new box; {own} of the stories changed "
        "too, all else is marked as the page's doing"
    )
