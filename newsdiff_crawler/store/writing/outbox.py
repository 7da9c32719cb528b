"""The outbox: what people are to be told, made in the transaction that stores it; and the messages
in which it goes out. One process at a time sends them (`Locks.notifying`)."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from newsdiff_crawler.items import NewVersion
from newsdiff_crawler.scheduling.clock import LATEST_OTHER, TOLERANCE
from newsdiff_crawler.store.engine.database import Database
from newsdiff_crawler.store.rules import base_of, counts, not_muted, visible
from newsdiff_crawler.store.writing.queue import article_of
from newsdiff_crawler.times import to_iso

MessageState = Literal["waiting", "refused", "sent", "given up", "withdrawn"]
KEPT = timedelta(days=30)  # what is done with
TOO_LATE = timedelta(days=7)  # for what nobody sent, as while there was no watches.toml
UNCLEAR_WAIT = timedelta(minutes=15)  # until a change that may count is looked at again
# A message that failed so often, in about three hours, goes last and holds up no other: it may be
# its own fault.
OFTEN = 8
# How long a reading of another parser may turn out to be the newsroom's: as its crawl ends.
READ_OTHERWISE = timedelta(hours=1)

# Of a notice n, that can still be taken back.
_OPEN = """n.withdrawn is null and (n.message_id is null or n.message_id in (
               select id from messages where done_at is null))"""
# Of one that is in no message, or in one that was not tried yet.
_UNTRIED = """(n.message_id is null or n.message_id in (
                 select id from messages where done_at is null and attempts = 0))"""
# Of one that may turn out to count.
_UNCLEAR = f"""exists (select 1 from versions v join articles a on a.id = v.article_id
                where v.article_id = n.article_id and v.number = n.number
                  and (v.minor = 'held' or v.minor = 'parser' and n.made_at > :recent)
                  and {visible("a")})"""  # noqa: S608


@dataclass(frozen=True)
class Route:
    """Whom a change is for, and when it is due. ``only_at``: addresses of the article that it must
    be of; none: of any. ``text``: what is told in its place; empty: the change."""

    watch: str
    channel: str
    due_at: str
    only_at: Sequence[str] = ()
    text: str = ""


def _nowhere(_version: NewVersion) -> Sequence[Route]:
    return ()


NO_ROUTES: Callable[[NewVersion], Sequence[Route]] = _nowhere


@dataclass(frozen=True)
class Notice:
    """One thing to tell: what a version of an article changed, or a text."""

    id: int
    article_id: int | None
    number: int | None
    text: str | None
    made_at: str


@dataclass(frozen=True)
class Message:
    """Notices that go out together, by a channel. ``name``: the same however often it is tried."""

    id: int
    name: str
    watch: str
    channel: str
    is_digest: bool
    made_at: str
    attempts: int


class Outbox:
    """The part of the record that people are told."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self.routes = NO_ROUTES  # of a change; set by who knows the watches

    # --- Notices --------------------------------------------------------------------------------

    def note(self, version: NewVersion) -> None:
        """Notes whom to tell of a change that counts, or may turn out to, in the transaction that
        stores it."""
        if not (version.is_change or (version.number > 1 and version.minor == "parser")):
            return
        fetched = version.fetched
        self._db.insert_all(
            "notices",
            [
                _row(route, fetched.fetched_at, fetched.article_id, version.number)
                for route in self.routes(version)
                if self._is_of(fetched.article_id, route)
            ],
        )

    def _is_of(self, article_id: int, route: Route) -> bool:
        owners = (article_of(self._db, url) for url in route.only_at)
        return not route.only_at or article_id in owners

    def tell(self, watch: str, channels: Sequence[str], text: str, now: str) -> None:
        """Notes a text, due at once. To be called in a transaction."""
        routes = [Route(watch, channel, now, text=text) for channel in channels]
        self._db.insert_all("notices", [_row(route, now) for route in routes])

    def sort_out(self, now: datetime) -> int:
        """Withdraws what is not to be told any more: of articles that were taken down, of changes
        that do not count after all, of muted sources, and of changes that were undone. One that is
        held back waits, and so does what another parser read, for a while, with all of the message
        that it is in, once that was tried. What is due later than anything waits, a clock that was
        ahead made so: it is due now. How many notices nobody sent for a week, and are withdrawn."""
        names = {"now": to_iso(now), "later": to_iso(now + UNCLEAR_WAIT)}
        names["recent"] = to_iso(now - READ_OTHERWISE)
        names["late"] = to_iso(now - TOO_LATE)
        names["latest"] = to_iso(now + LATEST_OTHER)
        with self._db.transaction():
            for table, is_open in (
                ("notices", "withdrawn is null"),
                ("messages", "done_at is null"),
            ):
                self._db.execute(
                    f"update {table} set due_at = :now where due_at > :latest and {is_open}",  # noqa: S608
                    names,
                )
            late = self._db.execute(
                """update notices set withdrawn = 'it was too late'
                    where due_at <= :late and withdrawn is null and message_id is null""",
                names,
            ).rowcount
            self._db.execute(
                f"""update notices as n set due_at = :later, message_id = null
                     where n.due_at <= :now and n.withdrawn is null and {_UNTRIED}
                       and {_UNCLEAR}""",  # noqa: S608
                names,
            )
            self._db.execute(
                f"""update messages set due_at = :later
                     where done_at is null and due_at <= :now and id in (
                           select n.message_id from notices n
                            where n.withdrawn is null and {_UNCLEAR})""",  # noqa: S608
                names,
            )
            self._db.execute(
                f"""update notices as n set withdrawn = 'it does not count'
                     where n.due_at <= :now and n.article_id is not null and {_OPEN}
                       and not {_UNCLEAR} and not exists (
                           select 1 from versions v join articles a on a.id = v.article_id
                            where v.article_id = n.article_id and v.number = n.number
                              and {counts("v")} and {visible("a")})""",  # noqa: S608
                names,
            )
            self._db.execute(
                f"""update notices as n set withdrawn = 'of a muted source'
                     where n.due_at <= :now and n.article_id is not null and {_OPEN}
                       and exists (select 1 from versions v
                                    where v.article_id = n.article_id and v.number = n.number
                                      and not ({not_muted("v")}))""",  # noqa: S608
                names,
            )
            self._db.execute(
                f"""update notices as n set withdrawn = 'it was undone'
                     where n.due_at <= :now and n.message_id is null and {_OPEN}
                       and exists (select 1 from versions u join articles a on a.id = u.article_id
                                    where u.article_id = n.article_id and u.number < n.number
                                      and u.content_hash = a.seen_hash)""",  # noqa: S608
                names,
            )
            self._db.execute(
                f"""update notices as n set withdrawn = 'it was undone'
                     where n.due_at <= :now and n.message_id is null and {_OPEN}
                       and exists (select 1 from versions v
                                     join versions u on u.article_id = v.article_id
                                      and u.number = {base_of("v")}
                                     join versions w on w.article_id = v.article_id
                                      and w.number > v.number and w.content_hash = u.content_hash
                                    where v.article_id = n.article_id and v.number = n.number)""",  # noqa: S608
                names,
            )
        return late

    def withdraw(self, watch: str, channel: str, reason: str, now: datetime) -> int:
        """Withdraws all that waits for a watch and a channel: how many notices."""
        names = {"watch": watch, "channel": channel, "reason": reason, "now": to_iso(now)}
        with self._db.transaction():
            withdrawn = self._db.execute(
                f"""update notices as n set withdrawn = :reason
                     where n.watch = :watch and n.channel = :channel and {_OPEN}""",  # noqa: S608
                names,
            ).rowcount
            self._db.execute(
                """update messages set state = 'withdrawn', done_at = :now, due_at = null
                    where watch = :watch and channel = :channel and done_at is null""",
                names,
            )
        return withdrawn

    def waiting(self, watch: str, channel: str, now: datetime) -> list[Notice]:
        """Notices that are due and in no message yet, the oldest first."""
        rows = self._db.execute(
            """select id, article_id, number, text, made_at from notices
                where watch = :watch and channel = :channel and due_at <= :now
                  and message_id is null and withdrawn is null
                order by due_at, id""",
            {"watch": watch, "channel": channel, "now": to_iso(now)},
        )
        return [Notice(*row) for row in rows]

    def to_whom(self) -> list[tuple[str, str]]:
        """Watches and channels for which anything waits, due or not."""
        rows = self._db.execute(
            """select watch, channel from notices where message_id is null and withdrawn is null
               union select watch, channel from messages where done_at is null
               order by watch, channel"""
        )
        return [(watch, channel) for watch, channel in rows]

    def sources_of(self, articles: Sequence[int]) -> list[str]:
        """The source of each of these articles, as often as it is named."""
        found = self._db.execute(
            f"select id, source from articles where {self._db.one_of('id', 'ids')}",  # noqa: S608
            {"ids": self._db.list_value(articles)},
        )
        sources = {row["id"]: str(row["source"]) for row in found}
        return [sources[each] for each in articles if each in sources]

    # --- Messages -------------------------------------------------------------------------------

    def put_together(
        self, watch: str, channel: str, notices: Sequence[Notice], now: datetime, *, digest: bool
    ) -> None:
        """Makes a message of notices. What is in one stays in it, so that it is the same message
        when it is tried again."""
        at = to_iso(now)
        with self._db.transaction():
            row = {"name": uuid.uuid4().hex, "watch": watch, "channel": channel}
            row |= {"made_at": at, "due_at": at}
            message = self._db.insert_returning_id("messages", {**row, "digest": int(digest)})
            self._db.execute(
                f"update notices set message_id = :message where {self._db.one_of('id', 'ids')}",  # noqa: S608
                {"message": message, "ids": self._db.list_value([each.id for each in notices])},
            )

    def due(self, channel: str, now: datetime) -> list[Message]:
        """Messages by a channel that are to be tried now, the one that is longest due first; those
        that failed often last."""
        rows = self._db.execute(
            """select id, name, watch, channel, digest, made_at, attempts from messages
                where channel = :channel and done_at is null and due_at <= :now
                order by attempts >= :often, due_at, id""",
            {"channel": channel, "now": to_iso(now), "often": OFTEN},
        )
        return [
            Message(id_, name, watch, to, bool(digest), made_at, attempts)
            for id_, name, watch, to, digest, made_at, attempts in rows
        ]

    def contents(self, message: Message) -> list[Notice]:
        """What a message tells; nothing, where all of it was withdrawn."""
        rows = self._db.execute(
            """select id, article_id, number, text, made_at from notices
                where message_id = :message and withdrawn is null order by due_at, id""",
            {"message": message.id},
        )
        return [Notice(*row) for row in rows]

    def made_since(
        self, watch: str, channel: str, since: datetime, now: datetime
    ) -> tuple[int, str | None]:
        """How many messages of one notice were made since a moment, and when the last digest. Those
        that a clock made which was ahead are not of this hour or day."""
        ((single, digest),) = self._db.execute(
            """select count(*) filter (where digest = 0), max(case when digest = 1 then made_at end)
                 from messages
                where watch = :watch and channel = :channel
                  and made_at > :since and made_at <= :until""",
            {
                "watch": watch,
                "channel": channel,
                "since": to_iso(since),
                "until": to_iso(now + TOLERANCE),
            },
        )
        return int(single), digest

    def is_down(self, channel: str, now: datetime) -> bool:
        """Whether a channel did not work when it was last tried, and is to be left alone."""
        sql = """select 1 from messages
                  where channel = :channel and done_at is null and state = 'waiting'
                    and attempts > 0 and due_at > :now limit 1"""
        return bool(self._db.execute(sql, {"channel": channel, "now": to_iso(now)}).fetchone())

    def failures(self, channel: str) -> int:
        """How often the message that a channel was tried with most was tried in vain."""
        sql = """select max(attempts) from messages
                  where channel = :channel and done_at is null and state = 'waiting'"""
        ((most,),) = self._db.execute(sql, {"channel": channel})
        return int(most or 0)

    def trying(self, message: Message, until: datetime) -> None:
        """Notes, before it is done, that a message is sent; it is not tried again before a moment.
        Where nothing can be noted, nothing is sent: else it would be sent at each round."""
        row = {"attempts": message.attempts + 1, "due_at": to_iso(until)}
        with self._db.lasting():
            self._db.update("messages", message.id, row)

    def done(
        self,
        message: Message,
        state: MessageState,
        now: datetime,
        said: str = "",
        answer: str = "",
    ) -> None:
        """A message needs nothing more. ``answer``: what the service calls it."""
        row = {"state": state, "done_at": to_iso(now), "due_at": None, "said": said or None}
        with self._db.lasting():
            self._db.update("messages", message.id, {**row, "answer": answer or None})

    def give_up(self, message: Message, made_before: datetime, said: str, now: datetime) -> int:
        """Gives up all else that waits for the channel of a message since before a moment: how many
        messages."""
        return self._db.execute(
            """update messages set state = 'given up', done_at = :now, due_at = null, said = :said
                where channel = :channel and done_at is null and made_at <= :before""",
            {
                "channel": message.channel,
                "before": to_iso(made_before),
                "said": said,
                "now": to_iso(now),
            },
        ).rowcount

    def last_answer(self, message: Message, notices: Sequence[Notice]) -> str:
        """What the service calls the last message of the article that this one is of, by the same
        channel; empty where there is none, or where it is of several articles."""
        articles = {notice.article_id for notice in notices}
        if len(articles) != 1:
            return ""
        row = self._db.execute(
            """select m.answer from notices n join messages m on m.id = n.message_id
                where n.article_id = :article and m.channel = :channel and m.digest = 0
                  and m.state = 'sent' and m.answer is not null
                order by m.id desc limit 1""",
            {"article": next(iter(articles)), "channel": message.channel},
        ).fetchone()
        return str(row[0]) if row else ""

    def try_again(self, message: Message, due: datetime, said: str, *, is_down: bool) -> None:
        """A message did not go out. ``is_down``: the channel does not work, and all that is for it
        waits as long."""
        row = {"state": "waiting" if is_down else "refused", "said": said, "due_at": to_iso(due)}
        with self._db.transaction():
            self._db.update("messages", message.id, row)
            if is_down:
                self._db.execute(
                    """update messages set due_at = :due
                        where channel = :channel and done_at is null and due_at < :due""",
                    {"channel": message.channel, "due": to_iso(due)},
                )

    def forget(self, now: datetime) -> None:
        """Forgets messages and notices that were done with long ago."""
        names = {"before": to_iso(now - KEPT)}
        with self._db.transaction():
            self._db.execute(
                """delete from notices where made_at < :before and (withdrawn is not null
                       or message_id in (select id from messages where done_at < :before))""",
                names,
            )
            self._db.execute("delete from messages where done_at < :before", names)

    # --- Alarms ---------------------------------------------------------------------------------

    def alarm(self, problems: dict[str, str], channels: Sequence[str], now: datetime) -> None:
        """Tells operators what is wrong, by name, when it begins, and when it is over."""
        at = to_iso(now)
        with self._db.transaction():
            rows = self._db.execute("select name, said from alarms")
            known = {row["name"]: row["said"] for row in rows}
            for name in sorted(problems.keys() - known.keys()):
                self._db.insert("alarms", {"name": name, "said": problems[name], "since": at})
                self.tell("alarms", channels, problems[name], at)
            for name in sorted(known.keys() - problems.keys()):
                self._db.execute("delete from alarms where name = :name", {"name": name})
                self.tell("alarms", channels, f"over: {known[name]}", at)


def _row(
    route: Route, at: str, article_id: int | None = None, number: int | None = None
) -> dict[str, Any]:
    row = {"watch": route.watch, "channel": route.channel, "due_at": route.due_at, "made_at": at}
    if route.text:
        return {**row, "article_id": None, "number": None, "text": route.text}
    return {**row, "article_id": article_id, "number": number, "text": None}


def withdraw_article(db: Database, article_id: int) -> None:
    """Withdraws all that waits to be told of an article. To be called in a transaction."""
    db.execute(
        f"""update notices as n set withdrawn = 'it was taken down'
             where n.article_id = :article and {_OPEN}""",  # noqa: S608
        {"article": article_id},
    )
