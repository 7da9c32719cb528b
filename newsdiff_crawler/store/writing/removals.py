"""What was taken out: which passage went with which version, what stands in its place, and with
which version it came back. Where each passage stood is in the layouts of versions, and follows
from them alone."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping

from newsdiff_crawler.diff import compare, replacements
from newsdiff_crawler.items import Block, takes_out
from newsdiff_crawler.store.engine.database import Database
from newsdiff_crawler.store.reading.texts import blocks_of
from newsdiff_crawler.store.rules import base_of, is_the_story
from newsdiff_crawler.store.writing.boilerplate import Boilerplate


class Removals:
    """The part of the record that knows what is no longer there. Each method is to be called in
    the transaction that changes the versions."""

    def __init__(self, db: Database, boilerplate: Boilerplate) -> None:
        self._db = db
        self._boilerplate = boilerplate

    def add(
        self,
        number: int,
        source: str,
        at: str,
        gone: Mapping[int, Block],
        standing: Mapping[Block, int],
        replaced: Mapping[Block, Block],
    ) -> None:
        """Version `number` has these passages no longer. ``standing``: what it has, and the id of
        each; ``replaced``: which of that stands in the place of what."""
        ordered = dict(sorted(gone.items()))
        instead = {
            passage: standing.get(replaced[block])
            for passage, block in ordered.items()
            if block in replaced
        }
        self._db.search_index.add_removals(number, source, at, ordered, instead)

    def come_back(self, number: int, passages: Collection[int]) -> None:
        """The newest version has these passages, and the one before it did not."""
        if passages:
            self._db.execute(
                f"""update removals set back_in = :number
                     where back_in is null and {self._db.one_of("passage_id", "passages")}""",  # noqa: S608
                {"number": number, "passages": self._db.list_value(sorted(passages))},
            )

    def find(self, article_id: int, number: int, at: str | None = None) -> None:
        """Notes what a stored version took out of the one that it is compared with, by their
        texts. ``at``: when it is noted, if not at the version's own time."""
        row = self._db.execute(
            f"""select v.source, v.fetched_at, v.parser_changed, v.cosmetic, {base_of("v")}
                  from versions v
                 where article_id = :id and number = :number and {is_the_story("v")}""",  # noqa: S608
            {"id": article_id, "number": number},
        ).fetchone()
        if row is None:
            return
        source, fetched_at, parser_changed, cosmetic, base = row
        if base and takes_out(parser_changed=parser_changed, cosmetic=cosmetic):
            before, after = (self._passages(article_id, each) for each in (base, number))
            went = {id_: block for id_, block in before.items() if id_ not in after}
            known = self._boilerplate.of_source(source, sorted({e.text for e in went.values()}))
            gone = {id_: block for id_, block in went.items() if block.text not in known}
            standing = {block: id_ for id_, block in after.items()}
            texts = (blocks_of(self._db, article_id, each) for each in (base, number))
            replaced = replacements(compare(*texts)) if gone else {}
            self.add(number, source, at or fetched_at, gone, standing, replaced)

    def forget(self, article_id: int, number: int, kept: Collection[str] = ()) -> None:
        """A version took out nothing but these texts."""
        rows = self._db.execute(
            """select r.id, v.source, p.kind, p.text from passages p
                 join removals r on r.passage_id = p.id and r.number = :number
                 join versions v on v.article_id = p.article_id and v.number = r.number
                where p.article_id = :id""",
            {"id": article_id, "number": number},
        ).fetchall()
        for row in rows:
            if row["text"] not in kept:
                self._db.search_index.forget_removal(*row)

    def find_returns(self, article_id: int) -> None:
        """Notes anew what of an article came back, and when."""
        sql = f"""select v.number, v.layout from versions v
                   where v.article_id = :id and {is_the_story("v")} order by v.number"""  # noqa: S608
        names = {"id": article_id}
        layouts = [(n, set(json.loads(text))) for n, text in self._db.execute(sql, names)]
        removals = self._db.execute(
            """select r.id, r.passage_id, r.number from passages p
                 join removals r on r.passage_id = p.id where p.article_id = :id""",
            names,
        ).fetchall()
        for id_, passage, number in removals:
            later = (n for n, layout in layouts if n > number and passage in layout)
            self._db.update("removals", id_, {"back_in": next(later, None)})

    def _passages(self, article_id: int, number: int) -> dict[int, Block]:
        rows = self._db.execute(
            "select layout from versions where article_id = :id and number = :number",
            {"id": article_id, "number": number},
        )
        layout = [id_ for (text,) in rows for id_ in json.loads(text)]
        return dict(zip(layout, blocks_of(self._db, article_id, number), strict=True))
