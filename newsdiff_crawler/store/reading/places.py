"""Where a story is found: its addresses, those that are only said to be its, and other texts that
were shown there. What belongs to a hidden article is on no list."""

from __future__ import annotations

from dataclasses import dataclass

from newsdiff_crawler.store.engine.database import Database
from newsdiff_crawler.store.rules import title_of

MOST_ADDRESSES = 100  # of one article, in one list

MOST_TEXTS = 100
LONGEST_TEXT = 1_000_000_000  # characters: all there can be

_OF_HIDDEN = "select 1 from articles h where h.state = 'hidden' and h.id"


@dataclass(frozen=True)
class StoryAddress:
    """A URL that led to an article. ``answered_at``: when it first answered with the story itself;
    null: it was listed, or led to another address."""

    url: str
    answered_at: str | None


@dataclass(frozen=True)
class StatedAddress:
    """A URL that is said to be an article's and has not shown its story. ``how``: who says so:
    ``canonical`` (its page), ``redirect``, ``guid`` (a feed lists both under one name), ``former``
    (it was its address). ``refused_at``: when it was tried in vain, and ``reason``: what it
    answered then; null: it was not tried."""

    url: str
    how: str
    stated_at: str
    refused_at: str | None
    reason: str | None


@dataclass(frozen=True)
class OtherText:
    """A text that stood at an article's address and is not held to be its story: a wall, a notice,
    another story. ``looks``: checks that brought it. ``text``: a block on each line. ``reason``:
    why it is not the story, as the last check said."""

    url: str
    first_at: str
    last_at: str
    looks: int
    title: str
    text: str
    words: int
    reason: str


class Places:
    """Where the stories of articles are."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def addresses(self, article_id: int) -> list[StoryAddress]:
        """Those that led to an article, the ones that answered last first."""
        rows = self._db.execute(
            """select url, answered_at from article_urls where article_id = :id
                order by answered_at is null, answered_at desc, url limit :most""",
            {"id": article_id, "most": MOST_ADDRESSES},
        )
        return [StoryAddress(*row) for row in rows]

    def stated(self, article_id: int) -> list[StatedAddress]:
        """Those that are only said to be an article's, in the order in which they were."""
        rows = self._db.execute(
            f"""select url, how, stated_at, refused_at, reason from stated_urls s
                where article_id = :id and not exists (
                      {_OF_HIDDEN} in (select article_id from article_urls where url = s.url))
                order by stated_at, url limit :most""",  # noqa: S608
            {"id": article_id, "most": MOST_ADDRESSES},
        )
        return [StatedAddress(*row) for row in rows]

    def other_texts(self, article_id: int, longest: int = LONGEST_TEXT) -> list[OtherText]:
        """What else an article's addresses showed, the latest first; of each text the beginning."""
        rows = self._db.execute(
            f"""select url, first_at, last_at, looks, coalesce({title_of("o")}, ''),
                       coalesce(substr(text, 1, :longest), ''),
                       coalesce(words, 0), coalesce(reason, '')
                  from other_texts o
                 where article_id = :id and not exists (
                       {_OF_HIDDEN} in (
                           select article_id from versions where text_key = o.text_key))
                 order by last_at desc, id desc limit :most""",  # noqa: S608
            {"id": article_id, "longest": longest, "most": MOST_TEXTS},
        )
        return [OtherText(*row) for row in rows]
