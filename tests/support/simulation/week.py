"""Goes through a script's week: a crawl each time that something is due.

After each crawl and at the end, what the record promised and holds is compared with what the
newsroom knows.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from newsdiff_crawler.store.engine.opening import server
from tests.support.simulation.crawls import CrawlRunner
from tests.support.simulation.ledger import ExpectedCheck, Ledger
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
from tests.support.simulation.script import WEEK, Script, ScriptedStory, Text

INTERVAL = 10  # minutes from one crawl to the next, where something is due
LONGEST_FEED_WAIT = 60  # minutes
MOST_NOT_MODIFIED = 9  # in a row
_CHECK = re.compile(r"check (\d+), (\S+): (\d+)")


class SeenCheck(NamedTuple):
    """A check of an article as the crawl logged it, what was served, and how it must end."""

    id: int
    address: str
    served: Served
    expected: ExpectedCheck


class Week:
    """One script's week; `live` runs it. Articles go by their ids in the record."""

    def __init__(self, script: Script, crawls: CrawlRunner, folder: Path) -> None:
        self.script = script
        self.served: Counter[str] = Counter()  # answers, by kind
        self.caught: Counter[int] = Counter()  # texts of a story that had to be read, and were
        self.merged_stories: set[int] = set()  # that had two articles for a while
        self.false_since: int | None = None  # the minute when the validators were caught as false
        self.kills = 0  # of crawls
        self._press = Press(script)
        self._kills = sorted(script.kills, key=lambda kill: kill.minute)
        self._run = crawls
        self._record = Record(folder)
        self._ledgers: dict[int, Ledger] = {}
        self._merged: dict[int, int] = {}  # merged articles -> the articles that they are part of
        self._shown: dict[int, Shown] = {}
        self._known: set[int] = set()  # articles that were there before the last crawl
        # For each story: a minute, and when its next check was due then by its articles.
        self._promises: dict[int, list[tuple[int, float | None]]] = {}
        self._put_off: set[tuple[int, int]] = set()  # stories, and when
        self._feed_due: float = 0
        self._quiet_until = 0  # as the server demanded
        self._not_modified: Counter[int] = Counter()  # in a row

    def live(self) -> None:
        """Runs all crawls of the week. Raises AssertionError for the first thing that is wrong."""
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
        log, lived = self._run.crawl(
            {
                "NEWSDIFF_DATA": folder,
                "NEWSDIFF_NOW": moment(minute),
                "DIES_AT": str(dies_at),
                "DATABASE": server(),
            }
        )
        before, self._shown = self._shown, self._record.shown()
        self._known = {*before, *self._merged}
        logged = [groups for line in log for groups in _CHECK.findall(line)]
        logged = logged if lived else logged[: dies_at - 1]
        checks = [self._enter(minute, *groups) for groups in logged]
        self._follow_merges(minute, lived)
        self._judge_manners(minute)
        self._judge_validators(minute, checks)
        self._judge_feed(minute, log)
        checked = {self._now(check.id) for check in checks}
        if lived:
            self._judge_report(log, checks)
        else:
            self._expect_again(minute)
        for id_ in self._shown if lived else checked:
            self._judge_promise(id_, minute, self._due(id_, before, minute), id_ in checked)
        for number in {ledger.number for ledger in self._ledgers.values()}:
            self._promises.setdefault(number, []).append((minute, self._soonest(number)))

    def _dies_at(self, minute: int) -> int:
        """The number of the check that this crawl does not survive; 0 for none. A crawl that makes
        fewer checks lives, and a later one is killed."""
        return next((kill.check for kill in self._kills if kill.minute <= minute), 0)

    def _expect_again(self, minute: int) -> None:
        """What a killed crawl had claimed, or had not reached, must be checked by the next one."""
        self.kills += 1
        self._kills.pop(0)
        for id_, shown in self._shown.items():
            if shown.claimed or (shown.due is not None and shown.due <= minute):
                self._shown[id_] = shown._replace(due=minute + INTERVAL, claimed=False)

    # --- Who is who -----------------------------------------------------------------------------

    def _enter(self, minute: int, logged_id: str, address: str, status: str) -> SeenCheck:
        """Enters a check in the ledger of its article."""
        number, place = story_at(address)
        story, id_ = self.script.stories[number], self._now(int(logged_id))
        self._ledgers.setdefault(id_, Ledger(number, place))
        trouble = story.trouble_at(minute)
        served: Served = trouble or (NOT_MODIFIED if status == "304" else story.text_at(minute))
        present = story.address_at(minute)
        if not trouble and self._is_known_by_its_guid(id_):
            id_ = self._merge_into_known(id_)
            present = self._ledgers[id_].address  # where it was found before, it is asked next
        elif not trouble:
            id_ = self._merge(id_, present)
        expected = self._ledgers[id_].check(minute, served, present)
        self.served[served if isinstance(served, str) else "text"] += 1
        return SeenCheck(int(logged_id), address, served, expected)

    def _merge(self, id_: int, place: int) -> int:
        """The article of a story that is seen at this address. If the story has another article
        there, one of the two is merged into the other."""
        mine = self._ledgers[id_]
        there = (
            other
            for other, ledger in self._ledgers.items()
            if (ledger.number, ledger.address) == (mine.number, place)
        )
        other = next(there, id_)
        if other == id_:
            return id_
        self.merged_stories.add(mine.number)
        successor, merged = (id_, other) if mine.versions else (other, id_)
        self._merged[merged] = successor
        self._ledgers[successor].join(self._ledgers.pop(merged))
        return successor

    def _is_known_by_its_guid(self, id_: int) -> bool:
        """Whether a first text is that of a story that has another article with a text, by what the
        feed calls both."""
        mine = self._ledgers[id_]
        known = [other for other in self._of(mine.number) if other.versions]
        return not mine.versions and bool(known) and mine.number in self._press.renamed

    def _merge_into_known(self, id_: int) -> int:
        mine = self._ledgers.pop(id_)
        (known,) = (
            other for other, ledger in self._ledgers.items() if ledger.number == mine.number
        )
        self.merged_stories.add(mine.number)
        self._merged[id_] = known
        self._ledgers[known].join(mine)
        return known

    def _now(self, id_: int) -> int:
        return self._merged.get(id_, id_)

    def _follow_merges(self, minute: int, lived: bool) -> None:
        """Judges the merges in the record, and follows those that no logged check led to: of an
        article that was never checked, or by a crawl that was killed just after the merge."""
        merged = self._record.merged()
        assert self._merged.items() <= merged.items()
        for id_ in merged.keys() - self._merged.keys():
            if id_ in self._ledgers and merged[id_] in self._ledgers:
                assert not lived, (minute, id_)
                self.merged_stories.add(self._ledgers[id_].number)
                self._ledgers[merged[id_]].join(self._ledgers.pop(id_))
            elif id_ in self._ledgers:
                self._ledgers[merged[id_]] = self._ledgers.pop(id_)
        self._merged = merged
        for id_, shown in self._shown.items():
            ledger = self._ledgers.setdefault(id_, Ledger(*story_at(shown.address)))
            if not lived:
                ledger.move(minute, story_at(shown.address)[1])
        assert self._ledgers.keys() == self._shown.keys()
        self._judge_doubles()

    def _judge_doubles(self) -> None:
        """A story has one article. One that is listed at its new address has another one there,
        until the first is seen to redirect there."""
        places = [(ledger.number, ledger.address) for ledger in self._ledgers.values()]
        assert len(set(places)) == len(places), f"a story has two articles: {places}"
        for number, articles in Counter(number for number, _ in places).items():
            assert articles == 1 or self.script.stories[number].relisted, (number, places)

    def _due(self, id_: int, before: dict[int, Shown], minute: int) -> float | None:
        """When an article, or one that was merged into it, was due before the crawl."""
        parts = [each for each in (*before, *self._merged) if self._now(each) == id_]
        dues = [before[each].due for each in {id_, *parts} & before.keys()]
        is_new = not dues or any(each not in self._known for each in parts)
        return minute if is_new else min((due for due in dues if due is not None), default=None)

    def _soonest(self, number: int) -> float | None:
        """When a story is due to be checked next, by any of its articles."""
        ids = [id_ for id_, ledger in self._ledgers.items() if ledger.number == number]
        dues = [self._shown[id_].due for id_ in ids]
        return min((due for due in dues if due is not None), default=None)

    def _of(self, number: int) -> list[Ledger]:
        return [ledger for ledger in self._ledgers.values() if ledger.number == number]

    def events(self, number: int) -> list[str]:
        """What happened to a story besides its text, in order."""
        return [kind for ledger in self._of(number) for _, kind, _ in ledger.events]

    # --- After each crawl -----------------------------------------------------------------------

    def _judge_promise(self, id_: int, minute: int, due: float | None, checked: bool) -> None:
        """An article is checked when it is due, and only then, unless its host is left alone."""
        after, number = self._shown[id_], self._ledgers[id_].number
        what = f"minute {minute}, story {number}: {after}, and was due at {due}"
        assert checked == (after.checked == minute), what
        assert not after.claimed, what
        hinted = number in self._press.hinted
        if checked:
            assert hinted or (due is not None and due <= minute), f"too early: {what}"
            assert due is None or minute < due + INTERVAL, f"too late: {what}"
        elif due is not None and due <= minute:
            assert after.due == self._record.left_alone_until(), f"forgotten: {what}"
            self._put_off.add((number, minute))
        else:
            assert after.due == due or hinted, f"another promise: {what}"

    def _judge_report(self, log: list[str], checks: list[SeenCheck]) -> None:
        """The run's counts are right. The reason of a check without a text is logged and stored."""
        stories = {story_at(check.address)[0] for check in checks}
        unfinished = {n: served for n, served in self._press.served.items() if n not in stories}
        if unfinished:  # a server that demands a pause gets no request for a redirect's target
            assert set(unfinished.values()) == {"front page"}, unfinished
            assert (self._record.left_alone_until() or 0) > self._press.minute, unfinished
        assert stories <= self._press.served.keys(), (stories, self._press.served)
        outcomes = Counter(check.expected.outcome for check in checks)
        assert self._record.last_run() == outcomes, log
        for check in checks:
            expected = check.expected
            is_missing = (
                expected.outcome == "gone" and self._shown[self._now(check.id)].state != "gone"
            )
            outcome = "not there" if is_missing else expected.outcome
            line = f"valley: {check.address}: {outcome}: {expected.reason}"
            assert not expected.reason or any(each.startswith(line) for each in log), (line, log)
        for id_, expected in {self._now(check.id): check.expected for check in checks}.items():
            assert self._shown[id_].error == (expected.reason or None), id_

    def _judge_feed(self, minute: int, log: list[str]) -> None:
        """The feed is checked when it is due, and only then, unless its host is left alone. What it
        had in place of an answer is logged and stored."""
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
            assert f"valley: feed {FEED}: {error}" in log, (error, log)

    def _judge_manners(self, minute: int) -> None:
        """A server that demands a pause gets no request."""
        assert minute >= self._quiet_until or not self._press.requests, minute
        if "too many requests" in self._press.served.values():
            self._quiet_until = minute + RETRY_AFTER

    def _judge_validators(self, minute: int, checks: list[SeenCheck]) -> None:
        """A whole page is requested now and then, and always once the validators are known as
        false."""
        for check in checks:
            again = check.served == NOT_MODIFIED
            self._not_modified[check.id] = self._not_modified[check.id] + 1 if again else 0
            assert self._not_modified[check.id] <= MOST_NOT_MODIFIED, (minute, check)
        if self.false_since is None:
            self.false_since = minute if self._record.has_false_validators() else None
        else:
            assert not self._press.conditional, minute

    # --- At the end -----------------------------------------------------------------------------

    def _judge_record(self) -> None:
        """The record holds what the stories said when they were checked, and nothing else."""
        assert {ledger.number for ledger in self._ledgers.values()} == self._press.ever_listed
        for id_, ledger in self._ledgers.items():
            shown, number = self._shown[id_], ledger.number
            versions = [(at, blocks_of(number, text)) for at, text in ledger.versions]
            assert self._record.versions(id_) == versions, number
            assert self._record.minor(id_) == ledger.minor(), number
            assert sorted(self._record.events(id_)) == sorted(ledger.events), number
            assert (shown.state, shown.changes) == (ledger.state, ledger.changes()), number
            assert shown.address == address_of(number, ledger.address), number

    def _judge_edits(self, number: int) -> None:
        """Each text was read if it lasted longer than the promised wait and a crawl's interval."""
        story = self.script.stories[number]
        for since, until, text in story.stood():
            shown = [due for at, due in self._promises[number] if at < since]
            if not shown or shown[-1] is None:
                continue  # not discovered yet, or no longer checked
            by = int(max(since, shown[-1])) + INTERVAL
            if by <= until and not self._is_hidden(number, story, since, by):
                read: list[Text | None] = [ledger.read_at(by) for ledger in self._of(number)]
                assert text in read, (number, since)
                self.caught[number] += 1

    def _is_hidden(self, number: int, story: ScriptedStory, since: int, by: int) -> bool:
        """Whether something kept the crawls from seeing a story."""
        troubled = any(story.trouble_at(minute) for minute in range(since, by + 1))
        put_off = any((number, minute) in self._put_off for minute in range(since, by + 1))
        deceived = story.confirms == "falsely" and since <= (self.false_since or WEEK)
        return troubled or put_off or deceived
