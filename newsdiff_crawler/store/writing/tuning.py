"""What the schedule learns from the record once a day: baseline rates, and a check's price."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from newsdiff_crawler.scheduling.edit_rate import BASELINE_RATE, Lesson, Rates, learn, rate_of
from newsdiff_crawler.scheduling.price import price_for_capacity, price_for_checks
from newsdiff_crawler.scheduling.schedule import PRICE, ScheduleState, watched
from newsdiff_crawler.store.engine.database import Database
from newsdiff_crawler.times import from_iso, to_iso
from newsdiff_crawler.urls import section_of

LEARNED_FROM = timedelta(days=30)
MOST_LESSONS = 20_000  # the newest articles; more take seconds, and teach nothing new
MEASURED_DAYS = 7

# The columns of articles that `schedule_state_of` reads.
SCHEDULE_COLUMNS = """articles.state, articles.wait, articles.failures, articles.absent_since,
              articles.first_seen_at, articles.published_at, articles.change_count,
              articles.last_real_change_at"""


class Tuning:
    """The part of the record that the schedule's own figures are kept in."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def baseline_rate(self, source: str, url: str) -> float:
        """The baseline rate of a URL's section, in changes per hour of a fresh article."""
        return rate_of(self._rates, source, section_of(url))

    @cached_property
    def _rates(self) -> Rates:
        sql = "select source, section, rate from baseline_rates"
        return {(source, section): rate for source, section, rate in self._db.execute(sql)}

    def price(self) -> float:
        """Of a check, as last tuned."""
        return self._price

    @cached_property
    def _price(self) -> float:
        sql = "select price from tunings order by day desc limit 1"
        row = self._db.execute(sql).fetchone()
        return float(row[0]) if row else PRICE

    def schedule_state(self, source: str, url: str, row: Any) -> ScheduleState:
        """How matters stand with an article by its SCHEDULE_COLUMNS, with the rate of its
        section and the price of a check."""
        return schedule_state_of(row, self.baseline_rate(source, url), self.price())

    def _forget(self) -> None:
        """What is read once for all checks of a crawl: anew for each, it took 25 microseconds."""
        for name in ("_rates", "_price"):
            self.__dict__.pop(name, None)

    def tune(self, now: datetime, checks_per_article: float, checks_per_hour: float) -> None:
        """Learns the rates and sets the price anew, unless that was done today.

        ``checks_per_hour``: of all crawls together; 0 for no such limit, and the price at which
        an average article gets `checks_per_article`.
        """
        today, tomorrow = (to_iso(now + timedelta(days=days))[:10] for days in (0, 1))
        # Of a day that is still far, when the clock was ahead; what was learned then is wrong.
        false = "delete from tunings where day > :tomorrow"
        was_ahead = self._db.execute(false, {"tomorrow": tomorrow}).rowcount > 0
        tuned = "select 1 from tunings where day >= :today"
        if not was_ahead and self._db.execute(tuned, {"today": today}).fetchone():
            return
        rates = learn(self._lessons(now))
        days = self._days_before(today)
        if checks_per_hour and days:
            price = price_for_capacity(days, checks_per_hour)
        else:
            price = price_for_checks(checks_per_article, rate_of(rates, "", ""))
        rows = [
            {"source": source, "section": section, "rate": rate}
            for (source, section), rate in rates.items()
        ]
        with self._db.transaction():
            self._db.execute("delete from baseline_rates")
            self._db.insert_all("baseline_rates", rows)
            self._db.execute(
                """insert into tunings (day, price) values (:day, :price)
                       on conflict (day) do update set price = excluded.price""",
                {"day": today, "price": price},
            )
        self._forget()

    def _lessons(self, now: datetime) -> Iterator[Lesson]:
        """What recent articles tell. Those that failed are left out: they were not watched."""
        rows = self._db.execute(
            f"""select source, url, last_checked_at, {SCHEDULE_COLUMNS} from articles
                 where version_count > 0 and failures = 0 and first_seen_at >= :since
                 order by first_seen_at desc limit :most""",  # noqa: S608
            {"since": to_iso(now - LEARNED_FROM), "most": MOST_LESSONS},
        )
        for source, url, last_checked_at, *row in rows:
            seen = watched(schedule_state_of(row), from_iso(last_checked_at))
            yield Lesson(source, section_of(url), seen.changes, seen.exposure)

    def _days_before(self, today: str) -> list[tuple[float, int]]:
        """Price and checks of each of the last days that are over, the last one first."""
        rows = self._db.execute(
            """select t.price, sum(r.checks) as checks
                 from tunings t join runs r on substr(r.started_at, 1, 10) = t.day
                where t.day < :today group by t.day having sum(r.checks) > 0
                order by t.day desc limit :most""",
            {"today": today, "most": MEASURED_DAYS},
        )
        return [(float(price), int(checks)) for price, checks in rows]


def schedule_state_of(
    row: Any, baseline_rate: float = BASELINE_RATE, price: float = PRICE
) -> ScheduleState:
    """How matters stand with an article by its SCHEDULE_COLUMNS."""
    state, wait, failures, *times, changes, changed_at = row
    absent_since, first_seen_at, published_at = map(_moment, times)
    return ScheduleState(
        state=state,
        wait=timedelta(seconds=wait),
        failures=failures,
        absent_since=absent_since,
        first_seen_at=first_seen_at,
        published_at=published_at,
        changes=changes,
        changed_at=_moment(changed_at),
        baseline_rate=baseline_rate,
        price=price,
    )


def schedule_state_row(schedule_state: ScheduleState, now: str) -> dict[str, Any]:
    """The columns of articles that a check of `now` sets."""
    return {
        "state": schedule_state.state,
        "wait": int(schedule_state.wait.total_seconds()),
        "failures": schedule_state.failures,
        "absent_since": _iso(schedule_state.absent_since),
        "next_check_at": _iso(schedule_state.next_check_at),
        "last_checked_at": now,
        "claimed_by": None,
    }


def _moment(text: str | None) -> datetime | None:
    return from_iso(text) if text else None


def _iso(moment: datetime | None) -> str | None:
    return to_iso(moment) if moment else None
