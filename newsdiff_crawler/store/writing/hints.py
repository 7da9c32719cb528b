"""Hints: what feeds say has moved, and how often it had."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from newsdiff_crawler.items import Outcome
from newsdiff_crawler.scheduling.schedule import hinted
from newsdiff_crawler.store.engine.database import Database
from newsdiff_crawler.store.rules import not_hidden
from newsdiff_crawler.times import from_iso, to_iso


def hint(db: Database, feed: int, is_followed: bool, url: str, now: datetime) -> None:
    """Takes note that a feed's entry for this URL moved: its article is due by `hinted`.

    The hint of a feed that is not followed is only measured. A claimed article keeps its lease;
    as the check of it may have begun too early, another one will follow.
    """
    # Written before it is read: claims and checks, which take no turns on a server, wait then.
    article = db.execute(
        f"""update articles set hinted_by = coalesce(hinted_by, :feed)
             where id = (select article_id from article_urls where url = :url)
               and {not_hidden("articles")}
         returning id, next_check_at, last_checked_at, failures, claimed_by is not null""",  # noqa: S608
        {"url": url, "feed": feed},
    ).fetchone()
    if article is None or not is_followed:
        return
    article_id, next_check_at, last_checked_at, failures, is_claimed = article
    if is_claimed:
        db.update("articles", article_id, {"hinted_while_claimed": 1})
        return
    due = hinted(_moment(next_check_at), _moment(last_checked_at), failures, now)
    db.update("articles", article_id, {"next_check_at": to_iso(due) if due else None})


def note_listed_anew(db: Database, urls: Sequence[str], was_read: bool, now: datetime) -> None:
    """Articles that are not checked any more and that a feed lists anew are due: those that were
    gone may be back. Retired ones too, where the feed was read before (``was_read``): an old
    sitemap that is read for the first time says nothing new of them."""
    db.execute(
        f"""update articles set next_check_at = :now
             where next_check_at is null and claimed_by is null
               and (state = 'gone' or (state = 'retired' and :was_read = 1))
               and id in (select article_id from article_urls
                           where {db.one_of("url", "urls")})""",  # noqa: S608
        {"urls": db.list_value(urls), "was_read": int(was_read), "now": to_iso(now)},
    )


def record_hint_result(db: Database, article_id: int, outcome: Outcome, now: datetime) -> None:
    """Counts whether a hint was right, by a check that is recorded already. "changed" is a real
    change. A check that failed says nothing of the hint, nor does one that had begun before it
    and brought nothing."""
    ((feed, hinted_while_claimed, next_check_at, failures),) = db.execute(
        """select hinted_by, hinted_while_claimed, next_check_at, failures from articles
            where id = :id""",
        {"id": article_id},
    )
    if hinted_while_claimed:
        due = hinted(_moment(next_check_at), now, failures, now)
        db.execute(
            "update articles set next_check_at = :due, hinted_while_claimed = 0 where id = :id",
            {"due": to_iso(due) if due else None, "id": article_id},
        )
    if outcome in ("gone", "blocked", "failed") or (
        hinted_while_claimed and outcome == "unchanged"
    ):
        return
    db.execute("update articles set hinted_by = null where id = :id", {"id": article_id})
    if outcome != "new":
        db.execute(
            "update feeds set hints = hints + 1, hints_right = hints_right + :right where id = :id",
            {"right": int(outcome == "changed"), "id": feed},
        )


def _moment(text: str | None) -> datetime | None:
    return from_iso(text) if text else None
