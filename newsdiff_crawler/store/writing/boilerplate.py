"""What a source sets beside its stories: short blocks that stand in several of its articles."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from newsdiff_crawler.diff import may_be_boilerplate
from newsdiff_crawler.items import Block
from newsdiff_crawler.store.engine.database import Database
from newsdiff_crawler.text import ends_as_sentence, text_hash
from newsdiff_crawler.times import from_iso, to_iso

# Other articles of the source in which a block stands that is the site's ...
OTHER_ARTICLES = 3
# ... and a whole sentence, which reporters too may write three times a year, within this time.
AT_ONCE = timedelta(days=2)
FEWEST_WORDS = 6  # of a sentence
MOST_SEEN = 50  # articles that are looked at for one block
# Versions that a box made so long ago at most are judged anew.
JUDGED_ANEW = timedelta(days=1)


@dataclass(frozen=True)
class Seen:
    """Where a text stands: since which version of which article, fetched when, and whether as its
    headline."""

    article_id: int
    number: int
    at: str
    is_headline: bool = False


class Boilerplate:
    """The part of the record that knows what is a source's and no story's."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def among(
        self, source: str, article_id: int, blocks: Iterable[Block], now: datetime
    ) -> frozenset[str]:
        """Which of these blocks' texts are the source's, by what other articles have."""
        texts = {block.text for block in blocks if may_be_boilerplate(block)}
        known = self._known(source, texts) if texts else set()
        seen = self._seen(source, article_id, texts - known)
        return frozenset(
            known | {text for text, where in seen.items() if _is_the_sources(text, where, now)}
        )

    def of_source(self, source: str, texts: Sequence[str]) -> frozenset[str]:
        """Which of these texts are known as the source's."""
        return frozenset(self._known(source, texts))

    def note(self, source: str, article_id: int, number: int, blocks: Iterable[Block]) -> None:
        """Takes note of blocks that are new to an article with this version. To be called in the
        transaction that stores it."""
        keys = {
            _key(source, block.kind == "headline", block.text)
            for block in blocks
            if block.kind == "headline" or may_be_boilerplate(block)
        }
        where = {"article_id": article_id, "number": number}
        rows = [{"text_key": key, **where} for key in sorted(keys)]
        self._db.insert_all("source_blocks", rows, known_too=True)

    def forget(self, article_id: int) -> None:
        """What was noted of an article whose versions go. To be called in that transaction, before
        they do."""
        blocks = self._db.execute(
            """select distinct v.source, p.kind, p.text from passages p
                 join versions v on v.article_id = p.article_id
                where p.article_id = :id""",
            {"id": article_id},
        ).fetchall()
        self._db.executemany(
            "delete from source_blocks where text_key = :key and article_id = :id",
            [
                {"key": _key(source, kind == "headline", text), "id": article_id}
                for source, kind, text in blocks
            ],
        )

    def forget_text(self, source: str, text: str) -> None:
        """A text that no article of the source has any more is not its boilerplate. To be called
        after `forget`."""
        self._db.execute(
            """delete from boilerplate where source = :source and text_key = :key
                  and not exists (select 1 from source_blocks b where b.text_key = :key)""",
            {"source": source, "key": _key(source, False, text)},
        )

    def learn(self, source: str, texts: Iterable[str], now: datetime) -> list[Seen]:
        """Notes texts as the source's. Where they came with a later version of another article not
        long ago: those versions."""
        recent: dict[tuple[int, int], Seen] = {}
        soonest = to_iso(now - JUDGED_ANEW)
        with self._db.transaction():
            for text, seen in self._seen(source, 0, set(texts)).items():
                self._keep(source, text, seen, to_iso(now))
                recent |= {(each.article_id, each.number): each for each in seen}
        return [each for each in recent.values() if each.number > 1 and each.at >= soonest]

    def _keep(self, source: str, text: str, seen: list[Seen], now: str) -> None:
        self._db.execute(
            """insert into boilerplate (source, text_key, text, articles, first_at, last_at)
               values (:source, :key, :text, :articles, :first, :now)
                   on conflict (source, text_key) do update
                  set articles = case when excluded.articles > boilerplate.articles
                                      then excluded.articles else boilerplate.articles end,
                      last_at = excluded.last_at""",
            {
                "source": source,
                "key": _key(source, False, text),
                "text": text,
                "articles": len({each.article_id for each in seen}),
                "first": min((each.at for each in seen), default=now),
                "now": now,
            },
        )

    def _known(self, source: str, texts: Iterable[str]) -> set[str]:
        keys = {_key(source, False, text): text for text in texts}
        rows = self._db.execute(
            f"""select text_key from boilerplate
                 where source = :source and {self._db.one_of("text_key", "keys")}""",  # noqa: S608
            {"source": source, "keys": self._db.list_value(list(keys))},
        )
        return {keys[key] for (key,) in rows}

    def _seen(self, source: str, article_id: int, texts: set[str]) -> dict[str, list[Seen]]:
        """Where each of these texts stands in other articles than this one."""
        keys = {
            _key(source, is_headline, text): (text, is_headline)
            for text in texts
            for is_headline in (False, True)
        }
        found: dict[str, list[Seen]] = {text: [] for text in sorted(texts)}
        if not keys:
            return found
        rows = self._db.execute(
            f"""select b.text_key, v.article_id, v.number, v.fetched_at
                 from source_blocks b join versions v
                   on v.article_id = b.article_id and v.number = b.number
                where {self._db.one_of("b.text_key", "keys")} and b.article_id <> :id
                order by b.article_id desc limit :most""",  # noqa: S608
            {
                "keys": self._db.list_value(list(keys)),
                "id": article_id,
                "most": MOST_SEEN * len(texts),
            },
        )
        for key, *where in rows:
            text, is_headline = keys[key]
            found[text].append(Seen(where[0], where[1], where[2], is_headline))
        return found


def _is_the_sources(text: str, seen: list[Seen], now: datetime) -> bool:
    if any(each.is_headline for each in seen):
        return True
    if _is_sentence(text):
        seen = [each for each in seen if abs(from_iso(each.at) - now) <= AT_ONCE]
    return len({each.article_id for each in seen}) >= OTHER_ARTICLES


def _is_sentence(text: str) -> bool:
    return ends_as_sentence(text) and len(text.split()) >= FEWEST_WORDS


def _key(source: str, headline: bool, text: str) -> int:
    return text_hash([source, "headline" if headline else "block", text.casefold()])
