"""How the crawls of a source go."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from unittest.mock import patch

import pytest

from newsdiff_crawler.items import LeftOut
from newsdiff_crawler.scheduling.schedule import after_feed_check
from newsdiff_crawler.store import Store
from newsdiff_crawler.store.reading.records import Records
from newsdiff_crawler.store.reading.source_health import BackOffFacts, FeedFacts, Health
from newsdiff_crawler.store.writing.hosts import BackOff
from newsdiff_crawler.times import from_iso
from tests.support.records import add_article, due_feeds, story

NOW = from_iso("2025-04-22T12:00:00Z")
LATER = timedelta(hours=1)


def crawl(
    store: Store,
    hour: int,
    reason: str = "finished",
    unwell: str | None = None,
    checks: int = 7,
    failed: int = 0,
    source: str = "paper",
) -> str:
    """A crawl of five minutes; returns when it ended."""
    run = store.runs.start(source, f"2025-04-22T{hour:02}:00:00Z")
    ended = f"2025-04-22T{hour:02}:05:00Z"
    store.runs.finish(run, ended, reason, {"checks": checks, "failed": failed}, unwell)
    return ended


def test_a_source_that_was_never_crawled_has_no_runs(records: Records) -> None:
    health = records.health.of("paper", NOW)
    assert (health.last_run, health.last_good_run, health.unwell) == (None, None, None)


def test_the_last_run_is_the_last_that_ended(store: Store, records: Records) -> None:
    ended = [crawl(store, 8), crawl(store, 9, reason="shutdown")]
    store.runs.start("paper", "2025-04-22T11:00:00Z")
    run = records.health.of("paper", NOW).last_run
    assert run is not None
    assert (run.finished_at, run.reason) == (ended[-1], "shutdown")
    assert records.health.of("other", NOW).last_run is None


def test_a_good_run_ended_by_itself_and_found_nothing_wrong(store: Store, records: Records) -> None:
    good = crawl(store, 7, failed=1)
    crawl(store, 8, failed=6)
    crawl(store, 9, reason="shutdown")
    crawl(store, 10, unwell="none of 3 feeds could be read")
    run = records.health.of("paper", NOW).last_good_run
    assert run is not None
    assert run.finished_at == good


def test_a_run_with_checks_is_one_that_had_something_to_check(
    store: Store, records: Records
) -> None:
    checked = crawl(store, 8)
    crawl(store, 9, checks=0)
    run = records.health.of("paper", NOW).last_run_with_checks
    assert run is not None
    assert run.finished_at == checked


def test_a_source_is_unwell_since_the_first_run_that_found_it_so(
    store: Store, records: Records
) -> None:
    crawl(store, 6, unwell="an earlier trouble")
    crawl(store, 7)
    since = crawl(store, 8, unwell="none of 3 feeds could be read")
    crawl(store, 9, reason="killed")
    crawl(store, 10, unwell="none of 4 feeds could be read")
    crawl(store, 11, reason="killed")
    health = records.health.of("paper", NOW)
    assert health.unwell == "none of 4 feeds could be read"
    assert health.unwell_since == since


def test_a_source_that_recovered_is_well(store: Store, records: Records) -> None:
    crawl(store, 8, unwell="none of 3 feeds could be read")
    crawl(store, 9)
    health = records.health.of("paper", NOW)
    assert (health.unwell, health.unwell_since) == (None, None)


@pytest.mark.parametrize(("until", "shown"), [(timedelta(hours=1), True), (timedelta(0), False)])
def test_a_host_is_left_alone_until_its_back_off_is_over(
    store: Store, records: Records, until: timedelta, shown: bool
) -> None:
    moment: datetime = NOW + until
    store.hosts.back_off("paper", BackOff("www.paper.example", moment, "HTTP 429", 3))
    back_offs = records.health.of("paper", NOW).back_offs
    expected = [BackOffFacts("www.paper.example", "2025-04-22T13:00:00Z", "HTTP 429", 3)]
    assert back_offs == (expected if shown else [])
    assert records.health.of("other", NOW).back_offs == []


def test_false_validators_are_remembered(store: Store, records: Records) -> None:
    assert records.health.of("paper", NOW).false_validators_since is None
    store.hosts.record_false_validators("paper", "https://paper.example/1", NOW)
    assert records.health.of("paper", NOW).false_validators_since == "2025-04-22T12:00:00Z"


def test_feeds_tell_how_they_answered(store: Store, records: Records) -> None:
    urls = ["https://a.example/rss", "https://b.example/rss"]
    store.feeds.declare("paper", [*urls, "https://c.example/rss"], NOW)
    bad, good, _ = due_feeds(store, "paper", NOW)
    schedule_state = after_feed_check(None, bad.schedule_state, NOW)
    store.feeds.record(replace(bad, error="HTTP 500", schedule_state=schedule_state), NOW)
    store.feeds.record(
        replace(good, schedule_state=after_feed_check(0, good.schedule_state, NOW)), NOW
    )
    store.feeds.declare("paper", urls, NOW)
    assert records.health.feeds("paper") == [
        FeedFacts("https://a.example/rss", "2025-04-22T12:00:00Z", 1, "HTTP 500", 0, 0),
        FeedFacts("https://b.example/rss", "2025-04-22T12:00:00Z", 0, None, 0, 0),
    ]


def test_feeds_tell_what_was_left_out_of_them(store: Store, records: Records) -> None:
    store.feeds.declare("paper", ["https://a.example/rss", "https://b.example/rss"], NOW)
    left_out = [LeftOut({"c.example": 2}, named=("x",), malformed=1), LeftOut(by_rule=3)]
    for feed, left in zip(due_feeds(store, "paper", NOW), left_out, strict=True):
        state = after_feed_check(0, feed.schedule_state, NOW)
        store.feeds.record(replace(feed, listed=4, left_out=left, schedule_state=state), NOW)
    assert [(feed.listed, feed.left_out) for feed in records.health.feeds("paper")] == [
        (4, left) for left in left_out
    ]
    assert records.health.left_out("paper") == sum(left_out, LeftOut())


def test_parsers_are_those_that_read_the_newest_versions(store: Store, records: Records) -> None:
    add_article(store, story("One", "Rain."), story("Two", "Rain."))
    add_article(store, story("Three", "Rain."), url="https://news.example/2")
    store.db.execute("update versions set parser = 'generic/1' where article_id = 2")
    assert records.health.parsers("paper") == [("paper/2026", 2), ("generic/1", 1)]


def test_a_source_is_known_before_its_first_article(store: Store, records: Records) -> None:
    add_article(store, story("One", "Rain."), source="times")
    crawl(store, 8)
    assert records.health.sources() == ["paper", "times"]
    assert records.sources() == ["times"]


def fill(store: Store, sources: list[str]) -> None:
    """Each source with troubles of its own."""
    for number, source in enumerate(sources, start=1):
        crawl(store, 8, source=source, unwell=f"{number} feeds could not be read")
        crawl(store, 9, source=source, unwell=f"{number + 1} feeds could not be read")
        store.hosts.back_off(source, BackOff(f"{source}.example", NOW + LATER, "HTTP 429", number))
        store.hosts.record_false_validators(source, f"https://{source}.example/", NOW)
        store.feeds.declare(source, [f"https://{source}.example/{n}" for n in range(number)], NOW)
        for feed in due_feeds(store, source, NOW):
            state = after_feed_check(0, feed.schedule_state, NOW)
            left_out = LeftOut(by_rule=number)
            store.feeds.record(
                replace(feed, listed=1, left_out=left_out, schedule_state=state), NOW
            )


def test_all_sources_at_once_are_as_each_by_itself(store: Store, records: Records) -> None:
    names = ["ash", "beech", "cedar"]
    fill(store, names)
    later = NOW + timedelta(days=7)
    assert records.health.of_all(later) == [records.health.of(name, later) for name in names]
    assert [health.unwell for health in records.health.of_all(NOW)] == [
        f"{number} feeds could not be read" for number in (2, 3, 4)
    ]
    assert [health.back_offs[0].number for health in records.health.of_all(NOW)] == [1, 2, 3]
    overview = records.health.overview(NOW)
    assert [each.left_out.by_rule for each in overview] == [1, 4, 9]  # so many feeds of so many


def test_many_sources_take_no_more_statements_than_one(store: Store) -> None:
    health = Health(store.db)

    def statements() -> int:
        with patch.object(store.db, "execute", wraps=store.db.execute) as execute:
            health.of_all(NOW)
            health.overview(NOW)
        return execute.call_count

    fill(store, ["ash"])
    of_one = statements()
    fill(store, ["beech", "cedar", "elm"])
    assert statements() == of_one
