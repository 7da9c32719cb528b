"""The versions of a story by time, for Memento (RFC 7089): which one stood when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from newsdiff_crawler.store.engine.database import Database
from newsdiff_crawler.store.rules import is_the_story

_OF_STORY = f"""
    select v.number, v.fetched_at from versions v
     where v.article_id = :article and {is_the_story("v")}
"""  # noqa: S608


@dataclass(frozen=True)
class Memento:
    """A version, and since when it is known to have stood."""

    number: int
    at: str


class Mementos:
    """The versions of an article that are its story, placeholders left out. Of an article that
    readers may see."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def at(self, article_id: int, time: str) -> Memento | None:
        """The version that stood at a time: the newest of those before or at it; the first where
        there is none."""
        names = {"article": article_id, "time": time}
        return self._one("and v.fetched_at <= :time order by v.number desc", names) or self._one(
            "order by v.number", names
        )

    def last(self, article_id: int) -> Memento | None:
        """The newest."""
        return self._one("order by v.number desc", {"article": article_id})

    def around(self, article_id: int, number: int) -> dict[str, Memento]:
        """The first, the one before a version, itself, the one after it, and the last, by these
        names: those that there are."""
        names = {"article": article_id, "number": number}
        found = {
            "first": self._one("order by v.number", names),
            "prev": self._one("and v.number < :number order by v.number desc", names),
            "": self._one("and v.number = :number", names),
            "next": self._one("and v.number > :number order by v.number", names),
            "last": self._one("order by v.number desc", names),
        }
        return {name: memento for name, memento in found.items() if memento}

    def count(self, article_id: int) -> int:
        """How many there are."""
        sql = f"select count(*) from ({_OF_STORY}) as story"  # noqa: S608
        ((count,),) = self._db.execute(sql, {"article": article_id})
        return int(count)

    def parts(self, article_id: int, size: int) -> list[tuple[str, str]]:
        """When the first and the last of each so many were fetched."""
        rows = self._db.execute(
            f"""select min(fetched_at), max(fetched_at) from (
                    select fetched_at, row_number() over (order by number) - 1 as place
                      from ({_OF_STORY}) as story) as placed
                 group by place / :size order by place / :size""",  # noqa: S608
            {"article": article_id, "size": size},
        )
        return [(first, last) for first, last in rows]

    def some(self, article_id: int, start: int, limit: int) -> list[Memento]:
        """From the place ``start`` on, 0 being the first."""
        rows = self._db.execute(
            f"{_OF_STORY} order by v.number limit :limit offset :start",
            {"article": article_id, "start": start, "limit": limit},
        )
        return [Memento(*row) for row in rows]

    def _one(self, condition: str, names: Mapping[str, object]) -> Memento | None:
        row = self._db.execute(f"{_OF_STORY} {condition} limit 1", names).fetchone()
        return Memento(*row) if row else None
