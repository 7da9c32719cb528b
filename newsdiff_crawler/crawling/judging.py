"""What a fetched text comes to: a new version, or a check that says why it is none. Pure
functions of the text and of what the record knows of its article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from newsdiff_crawler.crawling.candidate import Candidate
from newsdiff_crawler.diff import replacements, summarise
from newsdiff_crawler.items import (
    TRIED_IN_TURN,
    Block,
    ChangeCounts,
    Check,
    FetchedPage,
    LatestState,
    NewVersion,
    Outcome,
)
from newsdiff_crawler.text import content_hash, words_hash


def judge(candidate: Candidate) -> NewVersion | Check:
    """A text makes a version unless it was seen last, or came back and is known too well (some
    sites flip between two states for days), or has lost too much to be believed at once."""
    fetched, latest = candidate.fetched, candidate.latest
    if fetched.content_hash == latest.seen_hash or is_newest_text(fetched, latest):
        same = as_check(fetched, "unchanged", "same text")
        return replace(same, read_by=(fetched.page.parser, fetched.page.reading))
    reason = came_back(fetched.page.blocks(), latest)
    if reason:
        return as_check(fetched, "unchanged", reason, seen_hash=fetched.content_hash)
    if shrank(fetched.words, latest):
        reason = f"{latest.words} words shrank to {fetched.words}: believed if seen again"
        return as_check(fetched, "failed", reason, unconfirmed=True)
    return new_version(candidate)


def came_back(blocks: Sequence[Block], latest: LatestState) -> str | None:
    """To what a text came back that is not stored once more; None: it is to be stored.

    It is that of two versions, or of the newest one. Or it is the newest one's under a headline,
    a standfirst or both that the article went back to before: two that are shown in turn. Each
    edit then makes one version, whichever of them it is first seen under.
    """
    same = latest.same_text_in
    if len(same) > 1 or latest.base in same:
        return f"to the text of version {same[-1]}"
    newest = latest.blocks()
    came = [block for block in blocks if block.kind in TRIED_IN_TURN and block not in newest]
    if not came or _frame(blocks) != _frame(newest):
        return None
    turns = {latest.passages[id_]: number for id_, number in latest.turns.items()}
    if any(turns.get(block, 0) < 2 for block in came):
        return None
    return "; ".join(f"to the {block.kind} “{block.text}”" for block in came)


def _frame(blocks: Sequence[Block]) -> list[Block | str]:
    """A text with the places of its headline and standfirst, and without their words."""
    return [block.kind if block.kind in TRIED_IN_TURN else block for block in blocks]


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


def new_version(candidate: Candidate) -> NewVersion:
    """The text as the next version, with what it changed."""
    fetched, latest = candidate.fetched, candidate.latest
    blocks = fetched.page.blocks()
    version = NewVersion(
        fetched=fetched,
        latest=latest,
        words_hash=words_hash(block.text for block in blocks),
    )
    if not latest.number:
        return version
    summary = summarise(candidate.story_diff)
    return replace(
        version,
        changes=summary.counts,
        labels=[label.name for label in summary.labels],
        summary=summary.sentence,
        boilerplate=candidate.boilerplate,
        restless=candidate.restless,
        replaced=replacements(candidate.story_diff),
        page_changed=bool(candidate.boilerplate or candidate.restless)
        and summary.counts == ChangeCounts(),
    )


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
        url=fetched.moved_from or fetched.url,  # that was asked
        article_id=fetched.article_id,
        outcome=outcome,
        checked_at=fetched.fetched_at,
        reason=reason,
        unconfirmed=unconfirmed,
        is_trial=fetched.is_trial,
        seen_hash=seen_hash,
        body_hash=fetched.body_hash if is_known else None,
        etag=fetched.etag if is_known else None,
        last_modified=fetched.last_modified if is_known else None,
        exchange=None if is_known else fetched.exchange,
    )
