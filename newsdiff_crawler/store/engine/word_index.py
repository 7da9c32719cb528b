"""What makes passages findable in PostgreSQL: their words, in tables beside them.

The words are cut and folded here, as everywhere in the store, so that a search finds what it finds
with SQLite; the server's own parser would keep "nytimes.com/x" as one word and part no Chinese.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from newsdiff_crawler.store.engine.database import LARGEST_ID, SearchIndex
from newsdiff_crawler.store.reading.search_terms import Term, words_of

_LONGEST = 500  # characters of a word that count
_LAST_PLACE = 16_383  # beyond it the server counts no further
_MOST_PLACES = 255  # of a word; beyond it the server counts no further
_LARGEST = 900_000  # bytes; the server takes a megabyte
_TABLES = {False: "passage_words", True: "removal_words"}
_OF_ARTICLE = {
    "passage_words": "select id from passages where article_id = :article",
    "removal_words": """select r.id from removals r join passages p on p.id = r.passage_id
                         where p.article_id = :article""",
}


class WordIndex(SearchIndex):
    """The indexes of one database, which are tables of it."""

    def add(self, passage: int, source: str, kind: str, text: str) -> None:
        self._add("passage_words", passage, source, kind, text)

    def forget(self, passage: int, source: str, kind: str, text: str) -> None:  # noqa: ARG002
        self._forget("passage_words", passage)

    def forget_article(self, article_id: int) -> None:
        for table, ids in _OF_ARTICLE.items():
            sql = f"delete from {table} where id in ({ids})"  # noqa: S608
            self._db.execute(sql, {"article": article_id})

    def change_source(self, article_id: int, source: str) -> None:
        for table, ids in _OF_ARTICLE.items():
            sql = f"update {table} set source = :source where id in ({ids})"  # noqa: S608
            self._db.execute(sql, {"article": article_id, "source": source})

    def index_removal(self, removal: int, source: str, kind: str, text: str) -> None:
        self._add("removal_words", removal, source, kind, text)

    def forget_removal(self, removal: int, source: str, kind: str, text: str) -> None:  # noqa: ARG002
        self._forget("removal_words", removal)
        self._db.execute("delete from removals where id = :id", {"id": removal})

    def scrub(self) -> None:
        """What was deleted goes when the tables are written anew."""

    def tend(self) -> None:
        """The server does so by itself."""

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
        rows = self._db.execute(
            f"""select id from {_TABLES[removed]}
                 where words @@ cast(:query as tsquery) and id >= :first and id < :after
                   {"and source = :source" if source else ""}
                   {"and is_headline = 1" if headlines else ""}
                 order by id desc {"limit :limit" if limit >= 0 else ""}""",  # noqa: S608
            {
                "query": _query(terms),
                "first": first,
                "after": after,
                "source": source,
                "limit": limit,
            },
        )
        return (row[0] for row in rows)

    def _add(self, table: str, row: int, source: str, kind: str, text: str) -> None:
        self._db.execute(
            f"""insert into {table} (id, source, is_headline, words)
                values (:id, :source, :is_headline, cast(:words as tsvector))""",  # noqa: S608
            {
                "id": row,
                "source": source,
                "is_headline": int(kind == "headline"),
                "words": _vector(text),
            },
        )

    def _forget(self, table: str, row: int) -> None:
        self._db.execute(f"delete from {table} where id = :id", {"id": row})  # noqa: S608


def _vector(text: str) -> str:
    """The words of a text and where they stand, as the server writes it."""
    places: dict[str, list[str]] = {}
    size = 0
    for place, word in enumerate(words_of(text), start=1):
        of_word = places.setdefault(word[:_LONGEST], [])
        size += 2 if of_word else len(word.encode()) + 8
        if size > _LARGEST:
            break
        if len(of_word) < _MOST_PLACES:
            of_word.append(str(min(place, _LAST_PLACE)))
    return " ".join(f"{_quoted(word)}:{','.join(of_word)}" for word, of_word in places.items())


def _query(terms: Sequence[Term]) -> str:
    """Terms as the server wants them. Made of quoted words alone, so nothing that a reader types
    is ever syntax."""
    return " & ".join(
        "(" + " <-> ".join(map(_quoted, term.words)) + (":*" if term.is_prefix else "") + ")"
        for term in terms
    )


def _quoted(word: str) -> str:
    return "'" + word[:_LONGEST].replace("\\", "\\\\").replace("'", "''") + "'"
