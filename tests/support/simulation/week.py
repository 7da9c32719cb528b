"""Lives through a script's week: a crawl each time that something is due, and what was promised
and recorded compared with what the newsroom knows, after each of them and at the end."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tests.support.simulation.crawls import Crawls
from tests.support.simulation.ledger import Ledger, Look
from tests.support.simulation.press import (
    FEED,
    NOT_MODIFIED,
    RETRY_AFTER,
    Press,
    Served,
    address_of,
    blocks_of,
)
from tests.support.simulation.record import Record, Shown, moment, story_at
from tests.support.simulation.script import WEEK, Script, Story, Text

INTERVAL = 10  # minutes from one crawl to the next, where something is due
LONGEST_FEED_WAIT = 60  # minutes
MOST_NOT_MODIFIED = 9  # in a row
_LOOK = re.compile(r"check (\d+), (\S+): (\d+)")


class Looked(NamedTuple):
    """A check of a record as the crawl began it, what was served then, and how it is to end."""

    id: int
    address: str
    served: Served
    end: Look


class Week:
    """One script's week, told to the end by `live`. Records are known by their ids."""

    def __init__(self, script: Script, crawls: Crawls, folder: Path) -> None:
        self.script = script
        self.met: Counter[str] = Counter()  # what was served in place of texts
        self.caught: Counter[int] = Counter()  # of a story, texts that stood long enough for it
        self.joined: set[int] = set()  # stories that had two records for a while
        self.lied_since: int | None = None  # the minute when the validators were found to be false
        self.kills = 0  # of crawls
        self._press = Press(script)
        self._kills = sorted(script.kills, key=lambda kill: kill.minute)
        self._run = crawls
        self._record = Record(folder)
        self._ledgers: dict[int, Ledger] = {}
        self._former: dict[int, int] = {}  # records that are part of others
        self._shown: dict[int, Shown] = {}
        # What was due when, of each story, as far as its records say.
        self._promises: dict[int, list[tuple[int, float | None]]] = {}
        self._put_off: set[tuple[int, int]] = set()  # stories, and when
        self._feed_due: float = 0
        self._quiet_until = 0  # as the server asked for
        self._not_modified: Counter[int] = Counter()  # in a row

    def live(self) -> None:
        """All crawls of the week. Raises AssertionError for the first thing that is wrong."""
        self._run.newsroom.routes = self._press
        with self._record:
            for minute in self._crawl_times():
                self._crawl(minute)
            self._judge_record()
        for number in self._promises:
            self._judge_edits(number)

    def _crawl_times(self) -> Iterator[int]:
        """Every tenth minute at which something is due."""
        minute = 0
        while minute <= WEEK:
            yield minute
            dues = [shown.due for shown in self._shown.values()]
            soonest = min(due for due in (self._feed_due, *dues) if due is not None)
            minute = max(minute + INTERVAL, -int(-soonest // INTERVAL) * INTERVAL)

    def _crawl(self, minute: int) -> None:
        self._press.begin(minute)
        folder, dies_at = str(self._record.folder), self._dies_at(minute)
        said, lived = self._run.crawl(
            {"NEWSDIFF_DATA": folder, "NEWSDIFF_NOW": moment(minute), "DIES_AT": str(dies_at)}
        )
        before, self._shown = self._shown, self._record.shown()
        told = [told for line in said for told in _LOOK.findall(line)]
        looks = [self._enter(minute, *look) for look in (told if lived else told[: dies_at - 1])]
        self._follow_former(minute, lived)
        self._judge_manners(minute)
        self._judge_validators(minute, looks)
        self._judge_feed(minute, said)
        looked = {self._now(look.id) for look in looks}
        if lived:
            self._judge_report(said, looks)
        else:
            self._expect_again(minute)
        for id_ in self._shown if lived else looked:
            self._judge_promise(id_, minute, self._due(id_, before, minute), id_ in looked)
        for number in {ledger.number for ledger in self._ledgers.values()}:
            self._promises.setdefault(number, []).append((minute, self._soonest(number)))

    def _dies_at(self, minute: int) -> int:
        """The number of the check that this crawl does not survive; 0 for none. One that makes
        fewer checks lives, and a later one dies."""
        return next((kill.look for kill in self._kills if kill.minute <= minute), 0)

    def _expect_again(self, minute: int) -> None:
        """What a killed crawl had claimed, or had not come to, is to be checked by the next."""
        self.kills += 1
        self._kills.pop(0)
        for id_, shown in self._shown.items():
            if shown.claimed or (shown.due is not None and shown.due <= minute):
                self._shown[id_] = shown._replace(due=minute + INTERVAL, claimed=False)

    # --- Who is who -----------------------------------------------------------------------------

    def _enter(self, minute: int, id_told: str, address: str, status: str) -> Looked:
        """Enters a check in the ledger of the record that it is of."""
        number, place = story_at(address)
        story, id_ = self.script.stories[number], self._now(int(id_told))
        self._ledgers.setdefault(id_, Ledger(number, place))
        trouble = story.trouble_at(minute)
        served: Served = trouble or (NOT_MODIFIED if status == "304" else story.text_at(minute))
        if not trouble:
            id_ = self._meet(id_, story.address_at(minute))
        end = self._ledgers[id_].look(minute, served, story.address_at(minute))
        self.met[served if isinstance(served, str) else "text"] += 1
        return Looked(int(id_told), address, served, end)

    def _meet(self, id_: int, place: int) -> int:
        """The record of a story that is seen to be where another record of it was found: one of
        the two goes."""
        mine = self._ledgers[id_]
        there = (
            other
            for other, ledger in self._ledgers.items()
            if (ledger.number, ledger.address) == (mine.number, place)
        )
        other = next(there, id_)
        if other == id_:
            return id_
        self.joined.add(mine.number)
        kept, went = (id_, other) if mine.versions else (other, id_)
        self._former[went] = kept
        self._ledgers[kept].join(self._ledgers.pop(went))
        return kept

    def _now(self, id_: int) -> int:
        return self._former.get(id_, id_)

    def _follow_former(self, minute: int, lived: bool) -> None:
        """Records that became part of another did so by the rules; one that nobody had checked
        yet may be among those, and knows nothing. A crawl may have died just after that."""
        former = self._record.former()
        assert self._former.items() <= former.items()
        for went in former.keys() - self._former.keys():
            if went in self._ledgers and former[went] in self._ledgers:
                assert not lived, (minute, went)
                self.joined.add(self._ledgers[went].number)
                self._ledgers[former[went]].join(self._ledgers.pop(went))
            elif went in self._ledgers:
                self._ledgers[former[went]] = self._ledgers.pop(went)
        self._former = former
        for id_, shown in self._shown.items():
            ledger = self._ledgers.setdefault(id_, Ledger(*story_at(shown.address)))
            if not lived:
                ledger.move(minute, story_at(shown.address)[1])
        assert self._ledgers.keys() == self._shown.keys()
        self._judge_doubles()

    def _judge_doubles(self) -> None:
        """A story has one record, and one that is listed anew where it moved to another one there,
        until the first is seen to lead there."""
        places = [(ledger.number, ledger.address) for ledger in self._ledgers.values()]
        assert len(set(places)) == len(places), f"a story has two records: {places}"
        for number, records in Counter(number for number, _ in places).items():
            assert records == 1 or self.script.stories[number].relisted, (number, places)

    def _due(self, id_: int, before: dict[int, Shown], minute: int) -> float | None:
        """When a record, or one that it took in, was due before the crawl."""
        parts = [each for each in (*before, *self._former) if self._now(each) == id_]
        dues = [before[each].due for each in {id_, *parts} & before.keys()]
        if not dues:
            return minute
        return min((due for due in dues if due is not None), default=None)

    def _soonest(self, number: int) -> float | None:
        """When a story is due to be checked next, by any record of it."""
        ids = [id_ for id_, ledger in self._ledgers.items() if ledger.number == number]
        dues = [self._shown[id_].due for id_ in ids]
        return min((due for due in dues if due is not None), default=None)

    def _of(self, number: int) -> list[Ledger]:
        return [ledger for ledger in self._ledgers.values() if ledger.number == number]

    def events(self, number: int) -> list[str]:
        """What happened to a story besides its text, in order."""
        return [kind for ledger in self._of(number) for _, kind, _ in ledger.events]

    # --- After each crawl -----------------------------------------------------------------------

    def _judge_promise(self, id_: int, minute: int, due: float | None, looked: bool) -> None:
        """A record is checked when it is due, and only then, unless its host rests."""
        after, number = self._shown[id_], self._ledgers[id_].number
        what = f"minute {minute}, story {number}: {after}, and was due at {due}"
        assert looked == (after.checked == minute), what
        assert not after.claimed, what
        hinted = number in self._press.hinted
        if looked:
            assert hinted or (due is not None and due <= minute), f"too early: {what}"
            assert due is None or minute < due + INTERVAL, f"too late: {what}"
        elif due is not None and due <= minute:
            assert after.due == self._record.left_alone_until(), f"forgotten: {what}"
            self._put_off.add((number, minute))
        else:
            assert after.due == due or hinted, f"another promise: {what}"

    def _judge_report(self, said: list[str], looks: list[Looked]) -> None:
        """The run's figures are right, and of what brought no text the reason is said and kept."""
        stories = {story_at(look.address)[0] for look in looks}
        unfinished = {n: served for n, served in self._press.looks.items() if n not in stories}
        if unfinished:  # a server that asked for a rest is not asked for where a redirect leads
            assert set(unfinished.values()) == {"front page"}, unfinished
            assert self._record.left_alone_until() > self._press.minute, unfinished
        assert stories <= self._press.looks.keys(), (stories, self._press.looks)
        outcomes = Counter(look.end.outcome for look in looks)
        assert self._record.last_run() == outcomes, said
        for look in looks:
            line = f"valley: {look.address}: {look.end.outcome}: {look.end.reason}"
            assert not look.end.reason or line in said, (line, said)
        for id_, end in {self._now(look.id): look.end for look in looks}.items():
            assert self._shown[id_].error == (end.reason or None), id_

    def _judge_feed(self, minute: int, said: list[str]) -> None:
        """The feed is checked when it is due, and only then, unless its host rests; and what
        was there in its place is said and recorded."""
        due, self._feed_due = self._feed_due, self._record.feed_due()
        what = f"minute {minute}, feed due at {due} and then at {self._feed_due}"
        if due > minute:
            assert (self._press.feed_was_asked, self._feed_due) == (False, due), what
        elif self._press.feed_was_asked:
            assert 5 <= self._feed_due - minute <= LONGEST_FEED_WAIT, what
        else:
            assert self._feed_due == self._record.left_alone_until(), what
        error = self._record.feed_error()
        if self._press.feed_trouble:
            assert f"valley: feed {FEED}: {error}" in said, (error, said)

    def _judge_manners(self, minute: int) -> None:
        """A server that asks for a rest is asked for nothing."""
        assert minute >= self._quiet_until or not self._press.requests, minute
        if "too many requests" in self._press.looks.values():
            self._quiet_until = minute + RETRY_AFTER

    def _judge_validators(self, minute: int, looks: list[Looked]) -> None:
        """A server that lies is asked for a whole page now and then, and, once found out, only."""
        for look in looks:
            again = look.served == NOT_MODIFIED
            self._not_modified[look.id] = self._not_modified[look.id] + 1 if again else 0
            assert self._not_modified[look.id] <= MOST_NOT_MODIFIED, (minute, look)
        if self.lied_since is None:
            self.lied_since = minute if self._record.are_false() else None
        else:
            assert not self._press.conditional, minute

    # --- At the end -----------------------------------------------------------------------------

    def _judge_record(self) -> None:
        """The record holds what the stories said when they were checked, and nothing else."""
        assert {ledger.number for ledger in self._ledgers.values()} == self._press.found
        for id_, ledger in self._ledgers.items():
            shown, number = self._shown[id_], ledger.number
            versions = [(at, blocks_of(number, text)) for at, text in ledger.versions]
            assert self._record.versions(id_) == versions, number
            assert self._record.minor(id_) == ledger.minor(), number
            assert sorted(self._record.events(id_)) == sorted(ledger.events), number
            assert (shown.state, shown.changes) == (ledger.state, ledger.changes()), number
            assert shown.address == address_of(number, ledger.address), number

    def _judge_edits(self, number: int) -> None:
        """Each text that stood longer than the gap shown when it began, and a crawl's interval,
        was read in that time."""
        story = self.script.stories[number]
        for since, until, text in story.stood():
            shown = [due for at, due in self._promises[number] if at < since]
            if not shown or shown[-1] is None:
                continue  # not found yet, or not checked any more
            by = int(max(since, shown[-1])) + INTERVAL
            if by <= until and not self._is_hidden(number, story, since, by):
                read: list[Text | None] = [ledger.read_at(by) for ledger in self._of(number)]
                assert text in read, (number, since)
                self.caught[number] += 1

    def _is_hidden(self, number: int, story: Story, since: int, by: int) -> bool:
        """Whether something stood between a story and those who looked."""
        troubled = any(story.trouble_at(minute) for minute in range(since, by + 1))
        put_off = any((number, minute) in self._put_off for minute in range(since, by + 1))
        deceived = story.confirms == "falsely" and since <= (self.lied_since or WEEK)
        return troubled or put_off or deceived
