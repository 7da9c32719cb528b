"""A fetched text beside what the record knows of its article."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cached_property

from newsdiff_crawler.diff import (
    Diff,
    changed_blocks,
    compare,
    is_another_text,
    is_one_story,
    shares_subject,
    without,
)
from newsdiff_crawler.items import Block, FetchedPage, LatestState, ParsedPage
from newsdiff_crawler.times import from_iso

# Some papers state the time of the last update as that of publication.
STATED_DATES_APART = timedelta(days=1)


@dataclass(frozen=True)
class Candidate:
    """What may become a version. The two texts are compared once, when that is first needed.
    ``boilerplate``: of the blocks that differ, the texts that are the source's, in many of its
    articles. ``restless``: texts of blocks that are other ones at each look."""

    fetched: FetchedPage
    latest: LatestState
    boilerplate: frozenset[str] = frozenset()
    restless: frozenset[str] = frozenset()

    @property
    def is_first(self) -> bool:
        """Whether the article has no text yet."""
        return not self.latest.number

    @property
    def is_known(self) -> bool:
        """Whether the article had exactly this text: it was seen last, or is in a version."""
        is_seen = self.fetched.content_hash == self.latest.seen_hash
        return is_seen or bool(self.latest.same_text_in)

    @property
    def before(self) -> FetchedPage:
        """The text that it is compared with, as if it had been fetched instead."""
        blocks = self.latest.blocks()
        title = next((block.text for block in blocks if block.kind == "headline"), "")
        body = [block for block in blocks if block.kind not in ("headline", "byline")]
        return replace(self.fetched, page=ParsedPage(title=title, body=body))

    @cached_property
    def diff(self) -> Diff:
        """From the version that it is compared with."""
        return compare(self.latest.blocks(), self.fetched.page.blocks())

    @cached_property
    def story_diff(self) -> Diff:
        """The same without what is the page's."""
        of_page = self.boilerplate | self.restless
        if not of_page:
            return self.diff
        texts = (self.latest.blocks(), self.fetched.page.blocks())
        return compare(*(without(blocks, of_page) for blocks in texts))

    def compare(self) -> None:
        """Compares the two texts now, and what they have in common."""
        _ = self.is_the_story, self.is_another_text and self.is_told_anew

    def changed_blocks(self) -> list[Block]:
        """The blocks that only one of the two texts has."""
        return changed_blocks(self.latest.blocks(), self.fetched.page.blocks())

    def informed(self, boilerplate: frozenset[str], restless: frozenset[str]) -> Candidate:
        """The same, with what is now known of the source and the page. What was compared stays
        compared."""
        known = Candidate(self.fetched, self.latest, boilerplate, restless)
        known.__dict__.update({"diff": self.diff} if "diff" in self.__dict__ else {})
        return known

    @cached_property
    def is_the_story(self) -> bool:
        """Whether it can only be the article's, whatever address it came from."""
        return self.is_known or is_one_story(self.diff)

    @cached_property
    def is_another_text(self) -> bool:
        """Whether the article's address shows another text by now."""
        return not self.is_known and is_another_text(self.diff)

    @cached_property
    def is_told_anew(self) -> bool:
        """Whether another text at the article's address tells of the same: it has names and
        matters in common with the one before, and the page does not state another day on which
        the story was published."""
        known, stated = self.latest.schedule_state.published_at, self.fetched.page.published_at
        if known and stated and abs(known - from_iso(stated)) > STATED_DATES_APART:
            return False
        return shares_subject(self.diff)
