"""What the record teaches the schedule: baseline rates per section, and the price of a check."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlite_utils import Database

from newsdiff_crawler.scheduling.edit_rate import BASELINE_RATE
from newsdiff_crawler.scheduling.price import price_for_checks
from newsdiff_crawler.scheduling.schedule import PRICE
from newsdiff_crawler.store import Store
from newsdiff_crawler.store.engine.connection import open_database
from newsdiff_crawler.store.schema.migrations import migrations
from newsdiff_crawler.times import from_iso, to_iso
from tests.support.records import FIRST_SEEN, add_article, story

NOW = from_iso(FIRST_SEEN)
DAY = timedelta(days=1)
NEWS, WIRE = "https://paper.example/news/{}", "https://paper.example/wire/{}"


def add_articles(store: Store, url: str, number: int, versions: int) -> None:
    """Articles that were first seen at NOW, and checked until a day later."""
    texts = [story("Title", f"It happened {part} times.") for part in range(versions)]
    for part in range(number):
        add_article(store, *texts, url=url.format(part))
    store.db.execute("update articles set last_checked_at = :at", {"at": to_iso(NOW + DAY)})


def looked(store: Store, day: int, checks: int) -> None:
    """A run of that day that checked so many articles."""
    run = store.runs.start("paper", to_iso(NOW + day * DAY))
    counts = {"checks": checks}
    store.runs.finish(run, to_iso(NOW + day * DAY), "finished", counts, None)


def test_without_a_record_nothing_is_special(store: Store) -> None:
    assert store.tuning.baseline_rate("paper", NEWS) == BASELINE_RATE
    assert store.tuning.price() == PRICE


def test_sections_get_rates_of_their_own(store: Store) -> None:
    add_articles(store, NEWS, 12, versions=4)
    add_articles(store, WIRE, 12, versions=1)
    store.tuning.tune(NOW + DAY, 24, 0)
    news, wire = (store.tuning.baseline_rate("paper", url) for url in (NEWS, WIRE))
    other = store.tuning.baseline_rate("paper", "https://paper.example/sport/1")
    assert news > other > wire
    assert store.tuning.baseline_rate("gazette", "https://gazette.example/1") > BASELINE_RATE


def test_a_schedule_state_has_its_sections_rate_and_the_price(store: Store) -> None:
    add_articles(store, NEWS, 12, versions=4)
    store.tuning.tune(NOW + DAY, 24, 0)
    schedule_state = store.schedule_state(1)
    assert schedule_state.baseline_rate == store.tuning.baseline_rate("paper", NEWS) > BASELINE_RATE
    assert schedule_state.price == store.tuning.price() != PRICE


def test_what_is_not_the_articles_doing_teaches_nothing(store: Store) -> None:
    add_articles(store, NEWS, 12, versions=4)
    for change in ("failures = 3", f"first_seen_at = '{to_iso(NOW - 60 * DAY)}'"):
        store.db.execute(f"update articles set {change}")
        store.db.execute("delete from tunings")
        store.tuning.tune(NOW + DAY, 24, 0)
        assert store.tuning.baseline_rate("paper", NEWS) == BASELINE_RATE


def test_tuning_happens_once_a_day(store: Store) -> None:
    store.tuning.tune(NOW, 24, 0)
    store.tuning.tune(NOW + timedelta(hours=9), 48, 0)
    assert [row["day"] for row in store.db.query("select day from tunings")] == ["2025-04-22"]
    first = store.tuning.price()
    store.tuning.tune(NOW + DAY, 48, 0)
    assert store.tuning.price() == pytest.approx(first / 4, rel=0.3)


def test_the_price_makes_the_checks_per_article_that_were_asked_for(store: Store) -> None:
    store.tuning.tune(NOW, 50, 0)
    assert store.tuning.price() == price_for_checks(50, BASELINE_RATE)


def test_a_capacity_is_kept_by_the_price_of_the_days_before(store: Store) -> None:
    store.tuning.tune(NOW, 24, 100)
    before = store.tuning.price()
    looked(store, 0, 2400)
    looked(store, 0, 2400)
    store.tuning.tune(NOW + DAY, 24, 100)
    assert store.tuning.price() == pytest.approx(4 * before)
    looked(store, 1, 2400)
    store.tuning.tune(NOW + 2 * DAY, 24, 100)
    assert store.tuning.price() == pytest.approx(4 * before)


def test_the_day_that_is_not_over_does_not_count(store: Store) -> None:
    store.tuning.tune(NOW, 24, 100)
    looked(store, 1, 9999)
    store.tuning.tune(NOW + DAY, 24, 100)
    assert store.tuning.price() == price_for_checks(24, BASELINE_RATE)


def test_an_older_record_learns_when_its_articles_last_really_changed(tmp_path: Path) -> None:
    path = tmp_path / "newsdiff.db"
    db = Database(path)
    migrations.apply(db, stop_before="m010_schedule")
    db.table("articles").insert({"id": 1, "source": "paper", "url": "u", "first_seen_at": "t0"})
    rows = [
        {"article_id": 1, "number": number, "fetched_at": f"t{number}"}
        | {"cosmetic": cosmetic, "parser_changed": parser_changed}
        for number, cosmetic, parser_changed in [(1, 0, 0), (2, 0, 0), (3, 1, 0), (4, 0, 1)]
    ]
    db.table("versions").insert_all(rows)
    db.close()
    upgraded = open_database(tmp_path)
    found = list(upgraded.query("select last_real_change_at from articles"))
    upgraded.close()
    assert found == [{"last_real_change_at": "t2"}]
