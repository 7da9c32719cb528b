"""What makes passages findable: an index of all of them, and one of those that were taken out.

Both are SQLite's FTS5, and filled by the transaction that stores a version. Words are cut and
folded here, as everywhere in the store: SQLite's own rules leave the accents of Greek and Cyrillic
letters, and part no Thai. Who searches the tables by those rules, as Datasette does, finds words
that they fold otherwise in a column of their own, as they were written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from newsdiff_crawler.findable import WORD, words_of
from newsdiff_crawler.store.engine.database import LARGEST_ID, Entry, SearchIndex
from newsdiff_crawler.store.reading.search_terms import Term, expression, parse_query

_COLUMNS = {True: "headline", False: "text"}
# Letters that SQLite folds otherwise than we do: ß, and all that are not Latin.
_BY_OTHER_RULES = re.compile("[ßẞ\u0370-\u1dff\u1f00-\U0003ffff]")
_PAGES = 500  # of an index that are written at once, at most
# What an article's rows of each index were given: as its versions say, which stored them.
_INDEXED = {
    "passages_fts": """
        select p.id, v.source, p.kind, p.text from passages p
          join versions v on v.article_id = p.article_id and v.number = p.first_version
         where p.article_id = :article
    """,
    "removals_fts": """
        select r.id, v.source, p.kind, p.text from passages p
          join removals r on r.passage_id = p.id
          join versions v on v.article_id = p.article_id and v.number = r.number
         where p.article_id = :article
    """,
}


class FTS5Index(SearchIndex):
    """The indexes of one database, which are tables of it."""

    def add(self, passages: Sequence[Entry]) -> None:
        for entry in passages:
            self._add("passages_fts", *entry)

    def forget(self, passage: int, source: str, kind: str, text: str) -> None:
        self._forget("passages_fts", passage, source, kind, text)

    def forget_article(self, article_id: int) -> None:
        for index, rows in _INDEXED.items():
            for row in self._db.execute(rows, {"article": article_id}).fetchall():
                self._forget(index, *row)

    def change_source(self, article_id: int, source: str) -> None:
        for index, rows in _INDEXED.items():
            indexed = self._db.execute(rows, {"article": article_id}).fetchall()
            for row, before, kind, text in indexed:
                self._forget(index, row, before, kind, text)
                self._add(index, row, source, kind, text)

    def index_removals(self, removals: Sequence[Entry]) -> None:
        for entry in removals:
            self._add("removals_fts", *entry)

    def forget_removal(self, removal: int, source: str, kind: str, text: str) -> None:
        self._forget("removals_fts", removal, source, kind, text)
        self._db.execute("delete from removals where id = :id", {"id": removal})

    def scrub(self) -> None:
        for index in _INDEXED:
            self._db.execute(f"insert into {index} ({index}) values ('optimize')", {})  # noqa: S608

    def tend(self) -> None:
        for index in _INDEXED:
            sql = f"insert into {index} ({index}, rank) values ('merge', :pages)"  # noqa: S608
            self._db.execute(sql, {"pages": _PAGES})

    def hits(
        self,
        terms: Sequence[Term],
        source: str = "",
        headlines: bool = False,
        removed: bool = False,
        first: int = 0,
        after: int = LARGEST_ID,
        limit: int = -1,
    ) -> Iterator[int]:
        index = "removals_fts" if removed else "passages_fts"
        # No bm25, which would read every place of every word in the whole index: 300 ms for two
        # common words in a million versions.
        rows = self._db.execute(
            f"""select rowid from {index}
                 where {index} match :match and rowid >= :first and rowid < :after
                 order by rowid desc limit :limit""",  # noqa: S608
            {
                "match": _match(terms, source, headlines),
                "first": first,
                "after": after,
                "limit": limit,
            },
        )
        return (row[0] for row in rows)

    def _forget(self, index: str, row: int, source: str, kind: str, text: str) -> None:
        """An index without content must be given exactly what it was given before."""
        column = _COLUMNS[kind == "headline"]
        self._db.execute(
            f"""insert into {index} ({index}, rowid, source, {column}, written)
                values ('delete', :row, :source, :words, :written)""",  # noqa: S608
            {"row": row, "source": source, **_as_indexed(text)},
        )

    def _add(self, index: str, row: int, source: str, kind: str, text: str) -> None:
        column = _COLUMNS[kind == "headline"]
        self._db.execute(
            f"""insert into {index} (rowid, source, {column}, written)
                values (:row, :source, :words, :written)""",  # noqa: S608
            {"row": row, "source": source, **_as_indexed(text)},
        )


def _as_indexed(text: str) -> dict[str, str]:
    """What is indexed of a text."""
    words = words_of(text)
    written = ""
    if _BY_OTHER_RULES.search(text):
        as_folded = set(words)
        found = (word.lower() for word in WORD.findall(text) if _BY_OTHER_RULES.search(word))
        written = " ".join(word for word in found if word not in as_folded)
    return {"words": " ".join(words), "written": written}


def _match(terms: Sequence[Term], source: str, headlines: bool) -> str:
    """A search in FTS5's words."""
    columns = "headline" if headlines else "{headline text}"
    match = f"{columns} : ({expression(list(terms))})"
    of_source = parse_query(f'"{source}"')
    return f"{match} AND source : {expression(of_source)}" if of_source else match
