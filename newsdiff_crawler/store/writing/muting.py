"""Sources that are out of lists and notices for a while, since too much of what they changed turned
out to be the page's doing: readers would learn of boxes, and not of news."""

from __future__ import annotations

from datetime import datetime, timedelta

from newsdiff_crawler.store.engine.database import Database
from newsdiff_crawler.times import to_iso

JUDGED = 50  # changes, the last ones; with fewer, a share says nothing
MOST_SHARE = 1 / 5  # of them that are the page's doing
RECENT = timedelta(days=7)  # a redesign that is over mutes nobody for longer


class Muting:
    """The part of the record that knows which sources are muted."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def judge(self, source: str, now: datetime) -> str | None:
        """Mutes a source, or ends that, by its last changes. Returns why it is muted, for people;
        None: it is not."""
        changes, of_the_page = self._last_changes(source, to_iso(now - RECENT))
        is_muted = changes == JUDGED and of_the_page > changes * MOST_SHARE
        since, before = (to_iso(now), "is null") if is_muted else (None, "is not null")
        with self._db.transaction():
            self._db.execute(
                f"""update sources set muted_at = :since
                     where source = :source and muted_at {before}""",  # noqa: S608
                {"source": source, "since": since},
            )
        if not is_muted:
            return None
        return (
            f"muted: {of_the_page} of its last {changes} changes were the page's doing; lists and "
            "notices leave it out until it is well again"
        )

    def _last_changes(self, source: str, since: str) -> tuple[int, int]:
        """How many there are of the newsroom's and of the page's, and how many are the page's."""
        ((changes, of_the_page),) = self._db.execute(
            """select count(*), count(case when page_changed > 0 then 1 end) from (
                    select page_changed from versions
                     where source = :source and number > 1 and fetched_at >= :since
                       and (minor is null or page_changed > 0)
                     order by fetched_at desc limit :judged) as last""",
            {"source": source, "since": since, "judged": JUDGED},
        )
        return changes, of_the_page
