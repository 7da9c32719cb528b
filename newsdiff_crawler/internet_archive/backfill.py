"""Captures of an article's page, read by the same parsers and turned away by the same guards.

What is of before we knew the article becomes its first versions. What is of a time between two of
our own, in which we did not look, is an event, an edit that we missed: our versions keep their
numbers, and all that is bound to them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from newsdiff_crawler.budget import Budget, OverBudget
from newsdiff_crawler.crawling.candidate import Candidate
from newsdiff_crawler.crawling.judging import judge
from newsdiff_crawler.diff import compare, is_one_story
from newsdiff_crawler.internet_archive.between import Between
from newsdiff_crawler.internet_archive.captures import Capture
from newsdiff_crawler.items import Block, FetchedPage, NewVersion, Outcome
from newsdiff_crawler.parsing import Page, Parser, Refusal, read
from newsdiff_crawler.parsing.length import LengthBounds
from newsdiff_crawler.scheduling.schedule import after_check
from newsdiff_crawler.store import Store
from newsdiff_crawler.store.merging.earlier import NotInFrontError, in_front_of
from newsdiff_crawler.store.reading.records import ArticleFacts
from newsdiff_crawler.text import content_hash
from newsdiff_crawler.times import from_iso, to_iso


@dataclass
class Backfilled:
    """What came of an article's captures: so many versions, and why the others made none."""

    versions: int = 0
    missed: int = 0  # edits between versions of our own
    left_out: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True)
class Reading:
    """How the pages of a source are read."""

    parsers: Sequence[type[Parser]]
    budget: Budget
    bounds: LengthBounds


def backfill(
    store: Store,
    article: ArticleFacts,
    captures: Iterable[Capture | str],
    reading: Reading,
    now: datetime,
) -> Backfilled:
    """Puts what earlier captures say in front of what the article has, and notes what later ones
    say in between. Raises DatabaseError."""
    done = Backfilled()
    first, between = store.blocks(article.id, 1), Between(store, article)
    pages = []
    for capture in captures:
        if isinstance(capture, str):
            done.left_out[capture] += 1
            continue
        gap = between.gap(capture.at)
        page = _read(capture, article, reading, now, gap.parser if gap else "")
        reason = page if isinstance(page, str) else ""
        if isinstance(page, FetchedPage):
            reason = between.note(page, gap) if gap else _why_not(page, first)
        if reason:
            done.left_out[reason] += 1
        elif gap:
            done.missed += 1
        elif isinstance(page, FetchedPage):
            pages.append(page)
    _drop_known(pages, first, done)
    if pages:
        _store(store, article, pages, now, done)
    return done


def _read(
    capture: Capture, article: ArticleFacts, reading: Reading, now: datetime, prefer: str
) -> FetchedPage | str:
    """What a capture says, or why it is no article."""
    try:
        page = reading.budget.spend_on(
            lambda: read(
                Page(
                    capture.body,
                    article.url,
                    asked_url=article.url,
                    content_type=capture.content_type,
                ),
                reading.parsers,
                prefer,
                bounds=reading.bounds,
            )
        )
    except (OverBudget, Refusal) as refusal:
        return str(refusal)
    except Exception:  # a page of somebody else's
        return "the parser failed"
    return FetchedPage(
        page=page,
        source=article.source,
        article_id=article.id,
        url=capture.url,
        fetched_at=capture.at,
        noted_at=to_iso(now),
    )


def _why_not(page: FetchedPage, first: Sequence[Block]) -> str:
    return "" if is_one_story(compare(page.page.blocks(), first)) else "another text than the story"


def _drop_known(pages: list[FetchedPage], first: Sequence[Block], done: Backfilled) -> None:
    """The last ones that say what our own first version says: that one stays ours."""
    known = content_hash(block.text for block in first)
    while pages and pages[-1].content_hash == known:
        pages.pop()
        done.left_out["the text of our own first version"] += 1


def _store(
    store: Store,
    article: ArticleFacts,
    pages: Sequence[FetchedPage],
    now: datetime,
    done: Backfilled,
) -> None:
    versions, left_out = 0, Counter[str]()
    try:
        with in_front_of(store, article.id, pages[0].url, now) as earlier:
            for page in pages:
                reason = _add(store, page, earlier)
                versions += not reason
                left_out.update([reason] if reason else [])
    except NotInFrontError:
        done.left_out["not before our own first version"] += len(pages)
        return
    done.versions += versions
    done.left_out += left_out


def _add(store: Store, page: FetchedPage, article_id: int) -> str:
    """Stores a text as the next version; or why it is none."""
    fetched = replace(page, article_id=article_id)
    judged = judge(Candidate(fetched, store.latest(article_id, fetched.content_hash)))
    if not isinstance(judged, NewVersion):
        return judged.reason
    outcome: Outcome = "changed" if judged.is_change else "unchanged"
    outcome = outcome if judged.number > 1 else "new"
    at = from_iso(fetched.fetched_at)
    store.add_version(judged, after_check(outcome, judged.latest.schedule_state, at))
    return ""
