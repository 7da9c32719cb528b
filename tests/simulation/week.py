"""Lives through a script's week: a crawl each time that something is due, and what was promised
and recorded compared with what the newsroom knows, after each of them and at the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.simulation.crawls import Crawls
from tests.simulation.ledger import Ledger, Look
from tests.simulation.press import FEED, NOT_MODIFIED, RETRY_AFTER, Press, address_of, blocks_of
from tests.simulation.record import Record, Shown, moment
from tests.simulation.script import WEEK, Script, Story

INTERVAL = 10  # minutes from one crawl to the next, where something is due
LONGEST_FEED_WAIT = 60  # minutes
MOST_NOT_MODIFIED = 9  # in a row


class Week:
    """One script's week, told to the end by `live`."""

    def __init__(self, script: Script, crawls: Crawls, folder: Path) -> None:
        self.script = script
        self.met: Counter[str] = Counter()  # what was served in place of texts
        self.caught: Counter[int] = Counter()  # of a story, texts that stood long enough for it
        self.lied_since: int | None = None  # the minute when the validators were found to be false
        self._press = Press(script)
        self._run = crawls
        self._record = Record(folder)
        self._ledgers: dict[int, Ledger] = {}
        self._shown: dict[int, Shown] = {}
        self._promises: dict[int, list[tuple[int, float | None]]] = {}  # what was due when
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
        for number in self._ledgers:
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
        folder = str(self._record.folder)
        said = self._run.crawl({"NEWSDIFF_DATA": folder, "NEWSDIFF_NOW": moment(minute)})
        before, self._shown = self._shown, self._record.shown()
        self._judge_manners(minute)
        self._judge_validators(minute)
        self._judge_feed(minute, said)
        self._judge_report(before, said, self._enter(minute))
        for number, shown in self._shown.items():
            self._judge_promise(number, minute, before.get(number))
            self._promises.setdefault(number, []).append((minute, shown.due))

    def _enter(self, minute: int) -> dict[int, Look]:
        """Enters what was served in the ledgers; how each look is to end."""
        looks = {}
        for number, served in self._press.looks.items():
            ledger = self._ledgers.setdefault(number, Ledger(number))
            address = self.script.stories[number].address_at(minute)
            looks[number] = ledger.look(minute, served, address)
            self.met[served if isinstance(served, str) else "text"] += 1
        return looks

    def events(self, number: int) -> list[str]:
        """What happened to a story besides its text, in order."""
        return [kind for _, kind, _ in self._ledgers[number].events]

    # --- After each crawl -----------------------------------------------------------------------

    def _judge_promise(self, number: int, minute: int, before: Shown | None) -> None:
        """A story is looked at when it is due, and only then, unless its host rests."""
        after, looked = self._shown[number], number in self._press.looks
        what = f"minute {minute}, story {number}: {before} became {after}"
        assert looked == (after.checked == minute), what
        due = before.due if before else minute
        hinted = number in self._press.hinted
        if looked:
            assert hinted or (due is not None and due <= minute), f"too early: {what}"
            assert due is None or minute < due + INTERVAL, f"too late: {what}"
        elif due is not None and due <= minute:
            assert after.due == self._record.resting_until(), f"forgotten: {what}"
            self._put_off.add((number, minute))
        else:
            assert after.due == due or hinted, f"another promise: {what}"

    def _judge_report(
        self, before: dict[int, Shown], said: list[str], looks: dict[int, Look]
    ) -> None:
        """The run's figures are right, and of what brought no text the reason is said and kept."""
        outcomes = Counter(look.outcome for look in looks.values())
        assert self._record.last_run() == outcomes, said
        for number, look in looks.items():
            known = before.get(number)
            url = known.address if known else address_of(number, 0)
            assert self._shown[number].error == (look.reason or None), number
            line = f"valley: {url}: {look.outcome}: {look.reason}"
            assert not look.reason or line in said, (line, said)

    def _judge_feed(self, minute: int, said: list[str]) -> None:
        """The feed is looked at when it is due, and only then, unless its host rests; and what
        was there in its place is said and recorded."""
        due, self._feed_due = self._feed_due, self._record.feed_due()
        what = f"minute {minute}, feed due at {due} and then at {self._feed_due}"
        if due > minute:
            assert (self._press.feed_was_asked, self._feed_due) == (False, due), what
        elif self._press.feed_was_asked:
            assert 5 <= self._feed_due - minute <= LONGEST_FEED_WAIT, what
        else:
            assert self._feed_due == self._record.resting_until(), what
        error = self._record.feed_error()
        if self._press.feed_trouble:
            assert f"valley: feed {FEED}: {error}" in said, (error, said)

    def _judge_manners(self, minute: int) -> None:
        """A server that asks for a rest is asked for nothing."""
        assert minute >= self._quiet_until or not self._press.requests, minute
        if "too many requests" in self._press.looks.values():
            self._quiet_until = minute + RETRY_AFTER

    def _judge_validators(self, minute: int) -> None:
        """A server that lies is asked for a whole page now and then, and, once found out, only."""
        for number, served in self._press.looks.items():
            again = served == NOT_MODIFIED
            self._not_modified[number] = self._not_modified[number] + 1 if again else 0
            assert self._not_modified[number] <= MOST_NOT_MODIFIED, (minute, number)
        if self.lied_since is None:
            self.lied_since = minute if self._record.lies() else None
        else:
            assert not self._press.conditional, minute

    # --- At the end -----------------------------------------------------------------------------

    def _judge_record(self) -> None:
        """The record holds what the stories said when they were looked at, and nothing else."""
        assert set(self._shown) == self._press.found
        for number, ledger in self._ledgers.items():
            shown = self._shown[number]
            versions = [(at, blocks_of(number, text)) for at, text in ledger.versions]
            assert self._record.versions(shown.id) == versions, number
            assert self._record.minor(shown.id) == ledger.minor(), number
            assert self._record.events(shown.id) == ledger.events, number
            assert (shown.state, shown.changes) == (ledger.state, ledger.changes), number
            assert shown.address == address_of(number, ledger.address), number

    def _judge_edits(self, number: int) -> None:
        """Each text that stood longer than the gap shown when it began, and a crawl's interval,
        was read in that time."""
        story = self.script.stories[number]
        for since, until, text in story.stood():
            shown = [due for at, due in self._promises[number] if at < since]
            if not shown or shown[-1] is None:
                continue  # not found yet, or not looked at any more
            by = int(max(since, shown[-1])) + INTERVAL
            if by <= until and not self._is_hidden(number, story, since, by):
                assert self._ledgers[number].read_at(by) == text, (number, since)
                self.caught[number] += 1

    def _is_hidden(self, number: int, story: Story, since: int, by: int) -> bool:
        """Whether something stood between a story and those who looked."""
        troubled = any(story.trouble_at(minute) for minute in range(since, by + 1))
        put_off = any((number, minute) in self._put_off for minute in range(since, by + 1))
        deceived = story.confirms == "falsely" and since <= (self.lied_since or WEEK)
        return troubled or put_off or deceived
