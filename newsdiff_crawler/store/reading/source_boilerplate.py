"""What a source sets beside its stories, for readers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from newsdiff_crawler.diff import LONGEST_BOILERPLATE, without
from newsdiff_crawler.items import Block
from newsdiff_crawler.store.engine.database import Database
from newsdiff_crawler.store.writing.boilerplate import Boilerplate

MOST_TEXTS = 50  # of one source, in one list


@dataclass(frozen=True)
class BoilerplateText:
    """A text that a source sets beside its stories. ``articles``: how many had it when that was
    last looked at, 50 at most. ``first_at``: the first of these was fetched; ``last_at``: it was
    last noticed in a change."""

    text: str
    articles: int
    first_at: str
    last_at: str


class SourceBoilerplate:
    """What the record knows of boilerplate."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._known = Boilerplate(db)

    def of(self, source: str, limit: int = MOST_TEXTS) -> list[BoilerplateText]:
        """The texts that stand in most articles of a source; no headline of a hidden article."""
        hidden = self._hidden_headlines(source)
        rows = self._db.execute(
            """select text, articles, first_at, last_at from boilerplate
                where source = :source
                order by articles desc, last_at desc, text_key limit :limit""",
            {"source": source, "limit": limit + len(hidden)},
        )
        texts = (BoilerplateText(*row) for row in rows)
        return [each for each in texts if each.text.casefold() not in hidden][:limit]

    def among(self, source: str, blocks: Iterable[Block]) -> frozenset[Block]:
        """Which of these blocks are known as the source's."""
        short = [block for block in blocks if len(block.text) <= LONGEST_BOILERPLATE]
        texts = sorted({block.text for block in short})
        known = self._known.of_source(source, texts) if texts else frozenset()
        return frozenset(short).difference(without(short, known)) if known else frozenset()

    def _hidden_headlines(self, source: str) -> set[str]:
        rows = self._db.execute(
            """select p.text from articles a join passages p on p.article_id = a.id
                where a.state = 'hidden' and a.source = :source and p.kind = 'headline'""",
            {"source": source},
        )
        return {text.casefold() for (text,) in rows}
