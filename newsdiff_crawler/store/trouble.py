"""Whether a source is well, judged by what its last crawls came to and by what is overdue. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from newsdiff_crawler.store.writing.feeds import FeedsOverview
from newsdiff_crawler.store.writing.runs import CheckCounts
from newsdiff_crawler.times import from_iso

FEWEST_JUDGED = 5  # with fewer, a share says nothing
WORST_SHARE = 1 / 3  # of checks that ended failed or blocked
MOST_GONE = 1 / 2  # of the checks of one crawl
FEWEST_ARTICLES = 20  # tracked; a source with fewer may be quiet
LONGEST_QUIET = timedelta(days=3)
FEWEST_PLACEHOLDERS = 3  # checks of one crawl
MOST_ERRORS = 3  # kinds of them that are named
_LEFT_ALONE = re.compile("^left alone until [^ ]+: ")  # as a `BackOff` is told
FEWEST_UNKNOWN, LEAST_UNKNOWN = 3, 1 / 10  # pages of an unknown layout: of one crawl, and of all


@dataclass(frozen=True)
class Limits:
    """``late_hours``: how long due work may wait. ``unwell_percent``: how many sources of a hundred
    may be unwell before all of it is."""

    late_hours: float = 6
    unwell_percent: float = 25

    @property
    def late(self) -> timedelta:
        """How long due work may wait."""
        return timedelta(hours=self.late_hours)


USUAL_LIMITS = Limits()


@dataclass(frozen=True)
class Overdue:
    """What of a source waits for longer than it may, and since when the first of it was due."""

    articles: int = 0
    feeds: int = 0
    since: str | None = None


def trouble(
    counts: Mapping[str, int],
    feeds: FeedsOverview,
    last: CheckCounts,
    min_articles: int,
    tracked: int,
    quiet: timedelta | None,
    clock: str | None = None,
    redesign: str | None = None,
    flood: str | None = None,
    unfit: str | None = None,
) -> str | None:
    """What is wrong with a source, for people; None where nothing is.

    ``counts`` are those of the last crawl for which anything was due. ``feeds``: how all of them
    were when last read, for a crawl asks only for some. ``last``: the last checks, of earlier
    crawls too where this one made fewer than FEWEST_JUDGED: a crawl for which nothing was due
    tells of no recovery.
    ``min_articles``: how many links to articles a healthy source lists. ``tracked``: articles in
    the record. ``quiet``: since when nothing was new or changed; None: never was.
    ``clock``: what was wrong with the machine's clock. ``redesign``: what is held back, and why.
    ``flood``: that more articles are listed than are tracked. ``unfit``: which selector matches
    nothing.
    """
    if feeds.feeds and feeds.failing == feeds.feeds:
        return _unread(feeds)
    if feeds.feeds and feeds.listed is not None and feeds.listed < min_articles:
        left_out = f"; left out: {feeds.left_out}" if str(feeds.left_out) else ""
        return f"its feeds list {feeds.listed} articles, fewer than {min_articles}{left_out}"
    if flood:
        return flood
    if counts["placeholders"] >= FEWEST_PLACEHOLDERS:
        return f"one page stands in the place of {counts['placeholders']} stories"
    if last.checks >= FEWEST_JUDGED and last.refused > last.checks * WORST_SHARE:
        return f"{last.refused} of {last.checks} pages could not be read"
    if counts["gone"] >= FEWEST_JUDGED and counts["gone"] > counts["checks"] * MOST_GONE:
        return f"{counts['gone']} of {counts['checks']} articles are not there"
    if counts["put_off"] and counts["checks"] == counts["failed"] + counts["blocked"]:
        return f"{counts['put_off']} pages were not asked for: their host wants to be left alone"
    if redesign:
        return redesign
    if _is_redesigned(counts):
        return (
            f"{counts['read_generically']} pages have a layout that none of its parsers knows, and "
            "were read by the generic one"
        )
    if unfit:
        return unfit
    if last.checks and tracked >= FEWEST_ARTICLES and quiet and quiet > LONGEST_QUIET:
        return f"nothing was new or changed for {quiet.days} days"
    return clock


def _unread(feeds: FeedsOverview) -> str:
    if feeds.feeds == 1:
        return f"its feed could not be read: {feeds.errors[0][0]}"
    kinds = _kinds(feeds.errors)
    errors = [
        error if times == feeds.feeds else f"{error} ({times})"
        for error, times in kinds[:MOST_ERRORS]
    ]
    more = ", ..." if len(kinds) > MOST_ERRORS else ""
    return f"none of {feeds.feeds} feeds could be read: {', '.join(errors)}{more}"


def _kinds(errors: Sequence[tuple[str, int]]) -> list[tuple[str, int]]:
    """With a feed that was put off goes what its host was left alone for, where that is said too:
    it is one fault."""
    known = {error for error, _ in errors}
    kinds: Counter[str] = Counter()
    for error, times in errors:
        reason = _LEFT_ALONE.sub("", error)
        kinds[reason if reason in known else error] += times
    return kinds.most_common()


def lateness(overdue: Overdue, last_run_at: str | None, now: datetime) -> str | None:
    """What should have been checked long ago, for people; None: nothing. ``last_run_at``: when
    the last crawl ended."""
    if overdue.since is None:
        return None
    counts = ((overdue.articles, "article"), (overdue.feeds, "feed"))
    what = " and ".join(f"{n} {name}{'s' * (n != 1)}" for n, name in counts if n)
    verb = "is" if overdue.articles + overdue.feeds == 1 else "are"
    late = f"{what} {verb} overdue"
    if last_run_at is None:
        return f"no crawl has ended yet: {late}"
    if last_run_at > overdue.since:
        return f"{late}, the first for {_long(now - from_iso(overdue.since))}"
    return f"not crawled for {_long(now - from_iso(last_run_at))}: {late}"


def _long(time: timedelta) -> str:
    hours = round(time / timedelta(hours=1))
    number, unit = (hours, "hour") if hours < 48 else (round(hours / 24), "day")
    return f"{number} {unit}{'s' * (number != 1)}"


def _is_redesigned(counts: Mapping[str, int]) -> bool:
    """Whether pages of an unknown layout are more than an odd one."""
    read = counts["new"] + counts["changed"] + counts["unchanged"]
    unknown = counts["read_generically"]
    return unknown >= FEWEST_UNKNOWN and unknown >= read * LEAST_UNKNOWN
