"""What a fetched text comes to: a new version, or a check that says why it is none. Pure
functions of the text and of what the record knows of its article."""

from __future__ import annotations

from dataclasses import replace

from newsdiff_crawler.diff import compare, summarise
from newsdiff_crawler.items import Check, FetchedPage, LatestState, NewVersion, Outcome
from newsdiff_crawler.text import content_hash, words_hash


def judge(fetched: FetchedPage, latest: LatestState) -> NewVersion | Check:
    """A text makes a version unless it was seen last, or is in two versions already (some sites
    flip between two states for days), or has lost too much to be believed at once."""
    if fetched.content_hash == latest.seen_hash or is_newest_text(fetched, latest):
        return as_check(fetched, "unchanged", "same text")
    if len(latest.same_text_in) > 1:
        reason = f"to the text of version {latest.same_text_in[-1]}"
        return as_check(fetched, "unchanged", reason, seen_hash=fetched.content_hash)
    if shrank(fetched.words, latest):
        reason = f"{latest.words} words shrank to {fetched.words}: believed if seen again"
        return as_check(fetched, "failed", reason, unconfirmed=True)
    return new_version(fetched, latest)


def is_newest_text(fetched: FetchedPage, latest: LatestState) -> bool:
    """Whether a text is that of the newest version, which was normalised, and hashed, by the rules
    of its time."""
    if latest.same_text_in or not latest.layout:
        return False
    return fetched.content_hash == content_hash(block.text for block in latest.blocks())


def shrank(words: int, latest: LatestState) -> bool:
    """Whether a text lost more than half of its words, and was whole when it was last seen.

    Pages cut off on the way and bodies that a parser lost look like that; true ones stay so.
    """
    return words * 2 < latest.words and not latest.unconfirmed


def new_version(fetched: FetchedPage, latest: LatestState) -> NewVersion:
    """The text as the next version, with what it changed."""
    blocks = fetched.page.blocks()
    version = NewVersion(
        fetched=fetched,
        latest=latest,
        words_hash=words_hash(block.text for block in blocks),
    )
    if not latest.number:
        return version
    summary = summarise(compare(latest.blocks(), blocks))
    labels = [label.name for label in summary.labels]
    return replace(version, changes=summary.counts, labels=labels, summary=summary.sentence)


def as_check(
    fetched: FetchedPage,
    outcome: Outcome,
    reason: str,
    *,
    seen_hash: str | None = None,
    unconfirmed: bool = False,
) -> Check:
    """The check that a fetched text amounts to when it is not stored. Its validators are kept
    where it is the text that the record has."""
    is_known = outcome == "unchanged"
    return Check(
        source=fetched.source,
        url=fetched.url,
        article_id=fetched.article_id,
        outcome=outcome,
        checked_at=fetched.fetched_at,
        reason=reason,
        unconfirmed=unconfirmed,
        seen_hash=seen_hash,
        body_hash=fetched.body_hash if is_known else None,
        etag=fetched.etag if is_known else None,
        last_modified=fetched.last_modified if is_known else None,
    )
