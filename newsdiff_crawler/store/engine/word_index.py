"""What makes passages findable in PostgreSQL: their words, in tables beside them.

The words are cut and folded here, as everywhere in the store, so that a search finds what it finds
with SQLite; the server's own parser would keep "nytimes.com/x" as one word and part no Chinese.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from newsdiff_crawler.findable import words_of
from newsdiff_crawler.store.engine.database import LARGEST_ID, Entry, SearchIndex
from newsdiff_crawler.store.reading.search_terms import Term

_LONGEST = 500  # characters of a word that count
_LARGEST = 900_000  # bytes; the server takes a megabyte. It counts places by itself no further
_BYTES_PER_WORD = 8  # besides its own
_BYTES_PER_CHARACTER = 4 + _BYTES_PER_WORD  # at most, in a text of words of one sign
_PORTION = 300  # hits, as many as a search ranks
_BLOCK, _LARGE_BLOCK = 8_192, 1_048_576  # ids, as the indexes know them (005)
_WIDEST = 64 * _BLOCK  # ids, of blocks at a time
_GROWTH = 8  # times as many ids at most as the time before
_TABLES = {False: "passage_words", True: "removal_words"}
_OF_ARTICLE = {
    "passage_words": "select id from passages where article_id = :article",
    "removal_words": """select r.id from removals r join passages p on p.id = r.passage_id
                         where p.article_id = :article""",
}


class WordIndex(SearchIndex):
    """The indexes of one database, which are tables of it."""

    def add(self, passages: Sequence[Entry]) -> None:
        self._add("passage_words", passages)

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

    def index_removals(self, removals: Sequence[Entry]) -> None:
        self._add("removal_words", removals)

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
        """A portion at a time, each twice the one before, of the newest blocks of ids, of as many
        more as should have enough: the server finds all rows of a statement before it gives the
        first, and few are asked for. Words of middling frequency it would else find in the whole
        record, or look for them along all passages."""
        table, query = _TABLES[removed], _query(terms)
        of_source = "and array[source] @> array[cast(:source as text)]" if source else ""
        of_headlines = "and array[is_headline] @> array[cast(1 as bigint)]" if headlines else ""
        left = limit if limit >= 0 else LARGEST_ID
        after = min(after, self._newest(table) + 1)
        # Each statement looks up all words with a beginning, which takes as long as many blocks.
        reach = _BLOCK * (_GROWTH if any(term.is_prefix for term in terms) else 1)
        portion = _PORTION
        while left > 0 and after > first:
            block = _BLOCK if reach <= _WIDEST else _LARGE_BLOCK
            oldest, newest = max(after - reach, first) // block, (after - 1) // block
            some = min(portion, left)
            # Not along the primary key: it knows nothing of words.
            rows = self._db.execute(
                f"""select id from {table}
                     where words @@ cast(:query as tsquery)
                       and array[id / {block}] && cast(:blocks as bigint[])
                       and id + 0 >= :first and id + 0 < :after {of_source} {of_headlines}
                     order by id + 0 desc limit :portion""",  # noqa: S608
                {
                    "query": query,
                    "blocks": [*range(oldest, newest + 1)],
                    "first": first,
                    "after": after,
                    "source": source,
                    "portion": some,
                },
            )
            ids = [id_ for (id_,) in rows]
            yield from ids
            left -= len(ids)
            if len(ids) == some:
                after, portion = ids[-1], 2 * portion
            else:
                after, reach = oldest * block, _next_reach(reach, len(ids), some)

    def _newest(self, table: str) -> int:
        ((newest,),) = self._db.execute(f"select coalesce(max(id), 0) from {table}")  # noqa: S608
        return int(newest)

    def _add(self, table: str, entries: Sequence[Entry]) -> None:
        self._db.insert_all(table, [_row(*entry) for entry in entries])

    def _forget(self, table: str, row: int) -> None:
        self._db.execute(f"delete from {table} where id = :id", {"id": row})  # noqa: S608


def _next_reach(reach: int, found: int, wanted: int) -> int:
    """How many ids to look through next, after so many that had too few hits: a few more than
    should have the rest."""
    if not found:
        return _GROWTH * reach
    enough = int(1.25 * reach * (wanted - found) / found)
    return max(_BLOCK, min(enough, _GROWTH * reach))


def _row(row: int, source: str, kind: str, text: str) -> dict[str, object]:
    is_headline = int(kind == "headline")
    return {"id": row, "source": source, "is_headline": is_headline, "words": vector(text)}


def vector(text: str) -> str:
    """The words of a text and where they stand, as the server writes it."""
    words = words_of(text)
    if len(text) > _LARGEST // _BYTES_PER_CHARACTER:
        words = _as_many_as_it_takes(words)
    places: dict[str, list[str]] = {}
    for place, word in enumerate(words, start=1):
        places.setdefault(word, []).append(str(place))
    return " ".join([f"{_quoted(word)}:{','.join(at)}" for word, at in places.items()])


def _as_many_as_it_takes(words: Sequence[str]) -> list[str]:
    known: set[str] = set()
    size = 0
    for number, word in enumerate(words):
        size += 2 if word in known else len(word.encode()) + _BYTES_PER_WORD
        if size > _LARGEST:
            return list(words[:number])
        known.add(word)
    return list(words)


def _query(terms: Sequence[Term]) -> str:
    """Terms as the server wants them. Made of quoted words alone, so nothing that a reader types
    is ever syntax."""
    return " & ".join(
        "(" + " <-> ".join(map(_quoted, term.words)) + (":*" if term.is_prefix else "") + ")"
        for term in terms
    )


def _quoted(word: str) -> str:
    return "'" + word[:_LONGEST].replace("\\", "\\\\").replace("'", "''") + "'"
