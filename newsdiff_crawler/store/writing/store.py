"""Writing the record. Every method that writes is one short transaction."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from newsdiff_crawler.evidence import Said
from newsdiff_crawler.items import TRIED_IN_TURN, Block, Check, LatestState, NewVersion, Outcome
from newsdiff_crawler.scheduling.schedule import ScheduleState
from newsdiff_crawler.store.engine.database import Database, Entry, Row
from newsdiff_crawler.store.engine.errors import no_record
from newsdiff_crawler.store.engine.locks import Locks
from newsdiff_crawler.store.engine.opening import is_made, open_record
from newsdiff_crawler.store.merging.identity import Identities, NoSuchArticleError
from newsdiff_crawler.store.reading.texts import blocks_of
from newsdiff_crawler.store.rules import is_the_story, not_hidden
from newsdiff_crawler.store.writing.addresses import Addresses
from newsdiff_crawler.store.writing.boilerplate import Boilerplate
from newsdiff_crawler.store.writing.chain import hashes, link
from newsdiff_crawler.store.writing.clock import Clock
from newsdiff_crawler.store.writing.copies import Copies
from newsdiff_crawler.store.writing.erasing import Erasures
from newsdiff_crawler.store.writing.events import add_event
from newsdiff_crawler.store.writing.feeds import Feeds
from newsdiff_crawler.store.writing.hints import record_hint_result
from newsdiff_crawler.store.writing.hosts import Hosts
from newsdiff_crawler.store.writing.looks import texts_of_last_looks
from newsdiff_crawler.store.writing.muting import Muting
from newsdiff_crawler.store.writing.other_texts import OtherTexts
from newsdiff_crawler.store.writing.outbox import Outbox
from newsdiff_crawler.store.writing.ownership import Ownership
from newsdiff_crawler.store.writing.queue import CheckQueue
from newsdiff_crawler.store.writing.reassessing import Reassessing
from newsdiff_crawler.store.writing.redesigns import Redesigns
from newsdiff_crawler.store.writing.removals import Removals
from newsdiff_crawler.store.writing.rewriting import Rewriting
from newsdiff_crawler.store.writing.roots import Roots
from newsdiff_crawler.store.writing.runs import Runs
from newsdiff_crawler.store.writing.selectors import Selectors
from newsdiff_crawler.store.writing.snapshots import Snapshots
from newsdiff_crawler.store.writing.sources import Sources
from newsdiff_crawler.store.writing.taking_back import TakingBack
from newsdiff_crawler.store.writing.tuning import (
    SCHEDULE_COLUMNS,
    Tuning,
    schedule_state_row,
)
from newsdiff_crawler.times import from_iso, to_iso


class StaleVersionError(Exception):
    """Another crawl stored a version of the article in the meantime, or it was taken down."""


class Store:
    """The record, open for writing by one process. Raises StoreError where it cannot be opened."""

    def __init__(self, db: Database, folder: Path) -> None:
        self.db = db
        self.locks = Locks(folder, db.shared_lock)
        self.clock = Clock(db)
        self.tuning = Tuning(db)
        self.queue = CheckQueue(db)
        self.feeds = Feeds(db)
        self.hosts = Hosts(db)
        self.identities = Identities(db)
        self.addresses = Addresses(db)
        self.other_texts = OtherTexts(db)
        self.boilerplate = Boilerplate(db)
        self.selectors = Selectors(db)
        self.removals = Removals(db, self.boilerplate)
        self.taking_back = TakingBack(db, self.boilerplate, self.removals)
        self.reassessing = Reassessing(db, self.boilerplate, self.removals)
        self.rewriting = Rewriting(db, self.boilerplate, self.removals)
        self.redesigns = Redesigns(db)
        self.snapshots = Snapshots(db)
        self.erasures = Erasures(db)
        self.ownership = Ownership(db)
        self.outbox = Outbox(db)
        self.copies = Copies(db)
        self.runs = Runs(db, self.locks)
        self.sources = Sources(db)
        self.muting = Muting(db)
        self.roots = Roots(db)

    @classmethod
    def open(cls, folder: str | Path) -> Store:
        """Opens or makes the record in a data folder."""
        return cls(open_record(Path(folder)), Path(folder))

    @classmethod
    def open_made(cls, folder: str | Path) -> Store:
        """Opens the record in a data folder. Raises StoreError where there is none yet: who mistook
        the folder is told so."""
        if not is_made(Path(folder)):
            raise no_record(Path(folder))
        return cls.open(folder)

    def close(self) -> None:
        self.db.close()

    # --- What the record holds ------------------------------------------------------------------

    def latest(self, article_id: int, content_hash: str) -> LatestState:
        """What is known of an article, for a text with this hash to be judged. Raises
        NoSuchArticleError."""
        row = self._one(
            f"""select seen_hash, unconfirmed, version_count, coalesce(v.number, 0), v.words_hash,
                       articles.parser, articles.reading, coalesce(v.words, 0),
                       coalesce(v.layout, '[]'), articles.source, url, {SCHEDULE_COLUMNS}
                  from articles left join versions v
                    on v.article_id = articles.id and v.number = coalesce(
                       (select max(u.number) from versions u
                         where u.article_id = articles.id and {is_the_story("u")}), version_count)
                 where articles.id = :id""",  # noqa: S608
            {"id": article_id},
        )
        seen_hash, unconfirmed, number, base, words_hash, parser, reading, words, layout = row[:9]
        source, url, *state = row[9:]
        schedule_state = self.tuning.schedule_state(source, url, state)
        known = LatestState(
            schedule_state=schedule_state,
            url=url,
            number=number,
            base=base,
            seen_hash=seen_hash,
            words_hash=words_hash,
            parser=parser,
            reading=reading,
            words=words,
            unconfirmed=bool(unconfirmed),
        )
        if content_hash == seen_hash or not number:
            return known
        return self._with_texts(known, article_id, content_hash, json.loads(layout))

    def _with_texts(
        self, known: LatestState, article_id: int, content_hash: str, layout: list[int]
    ) -> LatestState:
        """Raises NoSuchArticleError where another crawl took the passages away meanwhile."""
        passages = self._passages(article_id)
        if not passages.keys() >= set(layout):
            raise NoSuchArticleError(f"no article {article_id}")
        return replace(
            known,
            layout=tuple(layout),
            same_text_in=self._versions_with(article_id, content_hash),
            passages=passages,
            turns=self._turns(article_id, passages) if known.number > 2 else {},
        )

    def _versions_with(self, article_id: int, content_hash: str) -> tuple[int, ...]:
        rows = self.db.execute(
            """select number from versions
                where article_id = :id and content_hash = :content_hash order by number""",
            {"id": article_id, "content_hash": content_hash},
        )
        return tuple(number for (number,) in rows)

    def _turns(self, article_id: int, passages: Mapping[int, Block]) -> Counter[int]:
        """How often each headline and standfirst came, one version after the other."""
        sql = "select layout from versions where article_id = :id order by number"
        heads = {id_ for id_, block in passages.items() if block.kind in TRIED_IN_TURN}
        turns: Counter[int] = Counter()
        before: set[int] = set()
        for (layout,) in self.db.execute(sql, {"id": article_id}):
            these = heads.intersection(json.loads(layout))
            turns.update(these - before)
            before = these
        return turns

    def _passages(self, article_id: int) -> dict[int, Block]:
        rows = self.db.execute(
            "select id, kind, text from passages where article_id = :id", {"id": article_id}
        )
        return {id_: Block(kind, text) for id_, kind, text in rows}

    def schedule_state(self, article_id: int) -> ScheduleState:
        """How matters stand with an article. Raises NoSuchArticleError."""
        source, url, *row = self._one(
            f"select source, url, {SCHEDULE_COLUMNS} from articles where id = :id",  # noqa: S608
            {"id": article_id},
        )
        return self.tuning.schedule_state(source, url, row)

    def blocks(self, article_id: int, number: int) -> list[Block]:
        """The text of a version, in reading order."""
        return blocks_of(self.db, article_id, number)

    def texts_of_last_looks(self, article_id: int, most: int) -> list[list[Block]]:
        """What an article said at so many looks, the last of which brought another text; see
        `looks`."""
        return texts_of_last_looks(self.db, article_id, most)

    # --- What a check found --------------------------------------------------------------------

    def record_check(self, check: Check, schedule_state: ScheduleState) -> None:
        """Records a check that brought no new version, and when the next one is due. Raises
        NoSuchArticleError, and records nothing, where the article is part of another one by now."""
        row = schedule_state_row(schedule_state, check.checked_at) | {
            "unconfirmed": int(check.unconfirmed),
            "last_error": None if check.outcome == "unchanged" else check.reason,
        }
        if check.etag or check.last_modified:
            row |= {"etag": check.etag, "last_modified": check.last_modified}
        if check.seen_hash:
            row["seen_hash"] = check.seen_hash
        if check.read_by:
            row["parser"], row["reading"] = check.read_by
        if check.outcome == "unchanged":
            row["not_modified"] = check.not_modified
        if check.body_hash:
            row["body_hash"] = check.body_hash
        if not (check.snapshot or check.other_text or schedule_state.event or check.seen_hash):
            with self.db.one_statement():  # most checks
                if self._update(check.article_id, check.outcome, row, only="hinted_by is null"):
                    return
        with self.db.transaction():
            if not self._record(check.article_id, check.outcome, row):
                return
            if check.snapshot:
                self.snapshots.add(check.snapshot, check.article_id, check.outcome, check.reason)
            if check.other_text:
                self.other_texts.keep(check.other_text, check.reason)
            if schedule_state.event:
                add_event(self.db, check.article_id, check.checked_at, *schedule_state.event)
            if check.seen_hash:
                at, detail = check.checked_at, check.reason
                add_event(self.db, check.article_id, at, "reverted again", detail)

    def add_version(self, version: NewVersion, schedule_state: ScheduleState) -> None:
        """Stores a new version, and when the next check is due.

        Raises StaleVersionError, and stores nothing, where its number is not the next one any
        more, or the article is hidden; NoSuchArticleError where it is part of another one by now.
        """
        with self.db.transaction():
            version, previous = self._of_article(version)
            fetched = version.fetched
            layout = self._lay_out(version)
            outcome: Outcome = "changed" if version.is_change else "unchanged"
            outcome = outcome if version.number > 1 else "new"
            row = _version_row(version, layout)
            row |= self._kept(version, outcome) | _hashes(version, row, previous)
            self.db.insert("versions", row)
            if version.number > 1:
                self._note_last_seen(fetched.article_id, version.number - 1)
                if previous is None:  # it is of before there were hashes
                    link(self.db, fetched.article_id)
            self._add_labels(version)
            if version.takes_text_out:
                self._add_removals(version, layout)
            self.removals.come_back(version.number, _returned(version, layout))
            row = _article_row(version, schedule_state)
            self._record(fetched.article_id, outcome, row, counted=int(version.is_change))
            if version.number == 1:
                self.addresses.answered(fetched.article_id, fetched.url, fetched.fetched_at)
            self.other_texts.forget(fetched.article_id, fetched.text_key)
            if fetched.stated_url and fetched.stated_url != version.latest.url:
                at = fetched.fetched_at
                self.addresses.state(fetched.article_id, fetched.stated_url, "canonical", at)
            if schedule_state.event:
                add_event(self.db, fetched.article_id, fetched.fetched_at, *schedule_state.event)
            self.outbox.note(version)
            self.copies.offer(version)

    def _note_last_seen(self, article_id: int, number: int) -> None:
        """Of what was the newest version until now."""
        self.db.execute(
            """update versions
                  set confirmed_at = (select confirmed_at from articles where id = :id)
                where article_id = :id and number = :number""",
            {"id": article_id, "number": number},
        )

    def _of_article(self, version: NewVersion) -> tuple[NewVersion, str | None]:
        """The version as its article's source has it, and the hash of the one before. Raises
        StaleVersionError."""
        fetched = version.fetched
        number, state, source, previous = self._one(
            """select version_count, a.state, a.source, v.version_hash
                 from articles a left join versions v
                   on v.article_id = a.id and v.number = version_count
                where a.id = :id""",
            {"id": fetched.article_id},
        )
        if number != version.latest.number or state == "hidden":
            raise StaleVersionError(fetched.url)
        if source == fetched.source:
            return version, previous
        return replace(version, fetched=replace(fetched, source=source)), previous

    def _kept(self, version: NewVersion, outcome: Outcome) -> dict[str, int]:
        """Where the archive keeps what held it."""
        if version.snapshot is None:
            return {}
        snapshot = self.snapshots.add(version.snapshot, version.fetched.article_id, outcome)
        return {"snapshot": snapshot}

    def _lay_out(self, version: NewVersion) -> list[int]:
        """Stores the passages that are new to the article; ids of all, in reading order."""
        ids = {block: id_ for id_, block in version.latest.passages.items()}
        fetched, blocks = version.fetched, version.fetched.page.blocks()
        new = [block for block in dict.fromkeys(blocks) if block not in ids]
        ids |= zip(new, self._add_passages(version, new), strict=True)
        layout = [ids[block] for block in blocks]
        self.boilerplate.note(fetched.source, fetched.article_id, version.number, new)
        if version.number > 1:
            self.db.execute(
                f"""update passages set last_version = :number
                     where {self.db.one_of("id", "layout")}""",  # noqa: S608
                {"number": version.number, "layout": self.db.list_value(layout)},
            )
        return layout

    def _add_passages(self, version: NewVersion, blocks: Sequence[Block]) -> list[int]:
        fetched, number = version.fetched, version.number
        span = {"first_version": number, "last_version": number}
        rows = [
            {"article_id": fetched.article_id, "kind": block.kind, "text": block.text, **span}
            for block in blocks
        ]
        ids = self.db.insert_all_returning_ids("passages", rows)
        self.db.search_index.add(
            [
                Entry(id_, fetched.source, block.kind, block.text)
                for id_, block in zip(ids, blocks, strict=True)
            ]
        )
        return ids

    def _add_removals(self, version: NewVersion, layout: list[int]) -> None:
        """Of the passages that the version before had and this one has not."""
        fetched, latest = version.fetched, version.latest
        went = {id_: latest.passages[id_] for id_ in set(latest.layout).difference(layout)}
        gone = {id_: each for id_, each in went.items() if each.text not in version.boilerplate}
        standing = dict(zip(fetched.page.blocks(), layout, strict=True))
        # Searches take the rows of that index for being in the order of time.
        at = fetched.noted_at or fetched.fetched_at
        self.removals.add(version.number, fetched.source, at, gone, standing, version.replaced)

    def _add_labels(self, version: NewVersion) -> None:
        fetched = version.fetched
        row = {
            "fetched_at": fetched.fetched_at,
            "article_id": fetched.article_id,
            "number": version.number,
            "source": fetched.source,
        }
        self.db.insert_all("change_labels", [{**row, "label": label} for label in version.labels])

    # --- Pieces ---------------------------------------------------------------------------------

    def _one(self, sql: str, values: dict[str, Any]) -> tuple[Any, ...]:
        row = self.db.execute(sql, values).fetchone()
        if row is None:
            raise NoSuchArticleError(f"no article {values['id']}")
        return tuple(row)

    def _record(
        self, article_id: int, outcome: Outcome, row: dict[str, Any], counted: int = 0
    ) -> bool:
        """Records a check, whose outcome is "changed" where the change is ``counted``, and whether
        a feed was right that hinted at it. A hidden article stays as it is. Whether it was
        recorded. Raises NoSuchArticleError."""
        hinted = self._update(article_id, outcome, row, counted)
        if hinted and hinted[0][0]:
            record_hint_result(self.db, article_id, outcome, from_iso(row["last_checked_at"]))
        if not hinted:
            self._one("select 1 from articles where id = :id", {"id": article_id})
        return bool(hinted)

    def _update(
        self,
        article_id: int,
        outcome: Outcome,
        row: dict[str, Any],
        counted: int = 0,
        only: str = "true",
    ) -> list[Row]:
        """Whether the article was hinted at; none where it is hidden, gone, or is not what ``only``
        says."""
        assignments = ", ".join(f"{column} = :{column}" for column in row)
        if outcome == "unchanged" and "confirmed_at" not in row:
            seen = ":seen_hash" if "seen_hash" in row else "seen_hash"
            assignments += f", {_confirmed(seen)}"
        return self.db.execute(
            f"""update articles set {assignments}, change_count = change_count + :counted
                 where id = :id and {not_hidden("articles")} and {only}
             returning hinted_by is not null""",  # noqa: S608
            {**row, "id": article_id, "counted": counted},
        ).fetchall()


def _confirmed(seen: str) -> str:
    """SQL: a check that saw the text with this hash confirms the newest version where it is its,
    and not that of one that came back."""
    return f"""confirmed_at = coalesce((
                   select :last_checked_at from versions v
                    where v.article_id = articles.id and v.number = version_count
                      and v.content_hash = {seen}), confirmed_at)"""  # noqa: S608


def _returned(version: NewVersion, layout: list[int]) -> set[int]:
    """The passages of a layout that the article had before, and its newest text did not."""
    return set(layout).intersection(version.latest.passages).difference(version.latest.layout)


def _version_row(version: NewVersion, layout: list[int]) -> dict[str, Any]:
    fetched, page = version.fetched, version.fetched.page
    row: dict[str, Any] = {
        "article_id": fetched.article_id,
        "source": fetched.source,
        "number": version.number,
        "fetched_url": fetched.url,
        "fetched_at": fetched.fetched_at,
        "title": page.title,
        "authors": json.dumps(page.authors, ensure_ascii=False),
        "published_at": page.published_at,
        "modified_at": page.modified_at,
        "content_hash": fetched.content_hash,
        "words_hash": version.words_hash,
        "text_key": fetched.text_key,
        "layout": json.dumps(layout, separators=(",", ":")),
        "parser": page.parser,
        "cosmetic": int(version.cosmetic),
        "parser_changed": int(version.parser_changed),
        "page_changed": int(version.page_changed),
        "reverts_to": version.reverts_to,
        "compared_with": version.compared_with,
        "labels": json.dumps([*version.labels]),
        "summary": version.summary,
        "words": fetched.words,
        "captured": int(fetched.noted_at is not None),
    }
    return row | (vars(version.changes) if version.changes else {})


def _hashes(
    version: NewVersion, row: dict[str, Any], previous: str | None
) -> dict[str, str | None]:
    """Of a version and its row; ``previous``: the hash of the one before."""
    response = version.snapshot.body_sha256 if version.snapshot else None
    said = Said(
        url=row["fetched_url"],
        fetched_at=row["fetched_at"],
        title=row["title"],
        authors=row["authors"],
        published_at=row["published_at"],
        modified_at=row["modified_at"],
    )
    return hashes(previous, response, version.fetched.page.blocks(), said)


def _article_row(version: NewVersion, schedule_state: ScheduleState) -> dict[str, Any]:
    fetched, page = version.fetched, version.fetched.page
    changed_at = schedule_state.changed_at
    return schedule_state_row(schedule_state, fetched.fetched_at) | {
        "title": page.title,
        "published_at": page.published_at,
        "last_changed_at": fetched.fetched_at,
        "last_real_change_at": to_iso(changed_at) if changed_at else None,
        "version_count": version.number,
        "parser": page.parser,
        "reading": page.reading,
        "seen_hash": fetched.content_hash,
        "unconfirmed": 0,
        "last_error": None,
        "not_modified": 0,
        "body_hash": fetched.body_hash,
        "etag": fetched.etag,
        "last_modified": fetched.last_modified,
        "confirmed_at": fetched.fetched_at,
    }
