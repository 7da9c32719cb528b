"""Versions that are judged anew, once more is known of the source: boilerplate, a redesign."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime

from newsdiff_crawler.diff import LOOKS, changed_blocks, compare, summarise, without
from newsdiff_crawler.items import HEAD, Block, ChangeCounts
from newsdiff_crawler.store.engine.database import Database
from newsdiff_crawler.store.reading.texts import blocks_of
from newsdiff_crawler.store.writing.boilerplate import Boilerplate
from newsdiff_crawler.store.writing.counting import count_changes_anew
from newsdiff_crawler.store.writing.removals import Removals


class Reassessing:
    """The part of the record that corrects what it said of changes."""

    def __init__(self, db: Database, boilerplate: Boilerplate, removals: Removals) -> None:
        self._db = db
        self._boilerplate = boilerplate
        self._removals = removals

    def texts(self, article_id: int, number: int) -> tuple[list[Block], list[Block]]:
        """A version's text and, before it, that of the version which it is compared with."""
        (base,) = self._db.execute(
            """select coalesce(compared_with, number - 1) from versions
                where article_id = :id and number = :number""",
            {"id": article_id, "number": number},
        ).fetchone() or (0,)
        return tuple(blocks_of(self._db, article_id, each) for each in (base, number))  # type: ignore[return-value]

    def for_boilerplate(self, source: str, article_id: int, number: int, now: datetime) -> None:
        """Counts what a version changed without what is the source's by now; where that was all,
        it is the page's doing. A version that does not count stays as it is."""
        minor, words = self._db.execute(
            """select minor, words_added + words_removed from versions
                where article_id = :id and number = :number""",
            {"id": article_id, "number": number},
        ).fetchone() or ("gone", 0)
        if minor is not None:
            return
        before, after = self.texts(article_id, number)
        changed = changed_blocks(before, after)
        known = self._boilerplate.among(source, article_id, changed, now)
        old, new = without(before, known), without(after, known)
        counts = summarise(compare(old, new)).counts
        if known and counts.words_added + counts.words_removed <= words:  # else a redesign's is out
            self.recount(article_id, number, old, new)

    def for_restless(self, article_id: int, number: int, texts: frozenset[str]) -> None:
        """Counts what the versions before this one changed without blocks that are found to be
        other ones at each look. Those that do not count stay as they are."""
        rows = self._db.execute(
            """select number from versions
                where article_id = :id and number between :first and :last and minor is null""",
            {"id": article_id, "first": max(2, number - LOOKS + 1), "last": number - 1},
        ).fetchall()
        for (earlier,) in rows:
            before, after = self.texts(article_id, earlier)
            self.recount(article_id, earlier, without(before, texts), without(after, texts))

    def for_boxes(
        self, source: str, article_id: int, number: int, texts: tuple[list[Block], list[Block]]
    ) -> bool:
        """Counts what a version changed (`texts`) without boxes; whether something is left."""
        old, new = self.without_boxes(source, texts)
        is_as_it_was = (len(old), len(new)) == tuple(map(len, texts))
        return is_as_it_was or self.recount(article_id, number, old, new)

    def without_boxes(
        self, source: str, texts: tuple[list[Block], list[Block]]
    ) -> tuple[list[Block], list[Block]]:
        """Two versions' texts without boxes that the source is known to set on its pages, however
        long, and without what such a box repeats of the story."""
        before, after = texts
        changed = [each for each in changed_blocks(before, after) if each.kind not in HEAD]
        known = self._boilerplate.of_source(source, sorted({block.text for block in changed}))
        if not known:
            return texts
        stays = {block.text for block in before} & {block.text for block in after}
        boxes = {block for block in changed if block.text in known | stays}
        old, new = ([each for each in blocks if each not in boxes] for blocks in (before, after))
        return old, new

    def read_otherwise(self, source: str, since: str) -> list[tuple[int, int]]:
        """Versions fetched since then, article and number, that are minor for another parser read
        the one before."""
        rows = self._db.execute(
            """select article_id, number from versions
                where source = :source and fetched_at >= :since and minor = 'parser'
                order by article_id, number""",
            {"source": source, "since": since},
        )
        return [(article_id, number) for article_id, number in rows]

    def believe(self, article_id: int, number: int) -> None:
        """The newsroom changed it, though another parser read the version before."""
        names = {"id": article_id, "number": number}
        with self._db.transaction():
            self._db.execute(
                """update versions set parser_changed = 0
                    where article_id = :id and number = :number""",
                names,
            )
            self._removals.forget(article_id, number)
            self._removals.find(article_id, number)
            self._removals.find_returns(article_id)
            count_changes_anew(self._db, article_id)

    def recount(
        self, article_id: int, number: int, before: Sequence[Block], after: Sequence[Block]
    ) -> bool:
        """Writes down what a version changed by what is left of both texts, and whether that is
        anything; nothing: it is the page's doing. It is no longer held back."""
        summary = summarise(compare(before, after))
        is_nothing = summary.counts == ChangeCounts()
        columns = {
            "page_changed": int(is_nothing),
            "held": 0,
            "labels": json.dumps([label.name for label in summary.labels]),
            "summary": summary.sentence,
            **vars(summary.counts),
        }
        assignments = ", ".join(f"{column} = :{column}" for column in columns)
        with self._db.transaction():
            self._db.execute(
                f"""update versions set {assignments}
                     where article_id = :id and number = :number""",  # noqa: S608
                {**columns, "id": article_id, "number": number},
            )
            # What is the page's was not taken out by the newspaper.
            taken_out = {block.text for block in before} - {block.text for block in after}
            self._removals.forget(article_id, number, taken_out)
            count_changes_anew(self._db, article_id)
        return not is_nothing
